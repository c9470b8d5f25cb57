"""Retirement reports for the tests, signed by the council's own keys."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import Any

from deployed import Deployed

from greenledger.council.signer import CouncilSigner
from greenledger.evidence.typed_data import (
    NO_ACCOUNT,
    ZERO,
    Retirement,
    RetirementReport,
    Source,
    retirement_domain,
    retirement_report_id,
)

DAY_S = 86_400


def report(holder: str, **changes: Any) -> RetirementReport:
    """A report that can be minted once; `changes` are fields of the retirement."""
    retirement = Retirement(
        registry=b"icr".ljust(32, b"\0"),
        project="ICR-9001",
        vintage=2022,
        amount_ug=2 * 10**12,
        beneficiary="Société Générique & fils",
        serials="ICR-9001-2022-1-2000",
        retired_at=int(time.time()) - DAY_S,
        evidence=secrets.token_bytes(32),
        valid_until=int(time.time()) + DAY_S,
    )
    source = Source(2, secrets.token_bytes(32), 84532, 0)
    return RetirementReport(holder, NO_ACCOUNT, ZERO, replace(retirement, **changes), source)


def certificate_id(signed: RetirementReport, deployed: Deployed) -> int:
    domain = retirement_domain(deployed.deployment.chain_id, deployed.deployment.credits)
    return int.from_bytes(retirement_report_id(signed, domain))


def signatures(signed: RetirementReport, deployed: Deployed) -> list[bytes]:
    """Two of three, ascending by signer."""
    digest = certificate_id(signed, deployed).to_bytes(32)
    signers = sorted(
        (CouncilSigner(key) for key in deployed.council_keys[:2]), key=lambda s: int(s.address, 16)
    )
    return [signer.sign(digest) for signer in signers]
