"""Why a contract refused, in words."""

from __future__ import annotations

from web3.exceptions import ContractCustomError, ContractLogicError


def reason_of(error: ContractLogicError) -> str:
    """The contract's own text, a Panic's meaning, or the selector of an error that only its ABI explains."""
    if isinstance(error, ContractCustomError):
        data = error.data if isinstance(error.data, str) else ""
        return f"custom error {data[:10] or 'without data'}"
    text = error.message or "no reason given"
    return text.removeprefix("execution reverted: ")
