"""What a signature may ask for: an account that is signed in, or a program with one of its keys."""

from __future__ import annotations

from greenledger.api.deps import AccountDep

EstimatorDep = AccountDep
SubmitterDep = AccountDep
RecorderDep = AccountDep
