"""What a receipt states, as data. Amounts in µgCO2e, times in Unix seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_URL = 500  # more would make a QR code too fine to be read from paper
_HASH = re.compile(r"0x[0-9a-f]{64}", re.ASCII)
_ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)
_URL_TEXT = re.compile(r"[!-~]+", re.ASCII)


class ReceiptInvalid(ValueError):
    """A receipt that cannot be issued: `field` says where, `expected` what is right."""

    def __init__(self, field: str, found: object, expected: str) -> None:
        self.field = field
        self.expected = expected
        super().__init__(f"{field}: found {str(found)[:120]!r}, expected {expected}")


@dataclass(frozen=True)
class Payment:
    """What was paid, in the smallest units of a token; `fee_units` is the part beyond the credits' price.

    `price_usd_per_tonne` is a decimal as the market wrote it; `transaction` is empty for a payment off chain.
    """

    price_usd_per_tonne: str
    token: str
    token_decimals: int
    amount_units: int
    fee_units: int
    transaction: str


@dataclass(frozen=True)
class CoveredPart:
    """What the certificate gave to an attestation, and what that attestation states as its high bound."""

    attestation: str
    allocated_ug: int
    high_ug: int


@dataclass(frozen=True)
class Receipt:
    """One retirement with the certificate that is evidence of it.

    `origin` tells a retirement made on a chain ("chain 8453, transaction 0x…, index 0"), empty otherwise.
    `signers` are the council members whose signatures the certificate was minted with; none for a retirement
    that an adapter made in the minting transaction, None where that transaction does not show them. `reason`
    is empty where the chain alone is read, `explorer_url` where the chain has no explorer. `payment` is None
    where nothing was paid through us, or where that is not for the reader to know.
    """

    certificate: str
    contract: str
    holder: str
    chain_id: int
    chain_name: str
    block: int
    transaction: str
    minted_at: int
    amount_ug: int
    registry: str
    project: str
    project_name: str
    vintage: int
    serials: str
    origin: str
    labels: tuple[str, ...]
    retired_at: int
    beneficiary: str
    reason: str
    evidence_sha256: str
    evidence_url: str
    signers: tuple[str, ...] | None
    coverage: tuple[CoveredPart, ...]
    explorer_url: str
    verify_url: str
    payment: Payment | None = None

    def __post_init__(self) -> None:
        for field in ("certificate", "transaction"):
            _match(_HASH, field, getattr(self, field), "0x and 64 hex digits in lower case")
        for field in ("contract", "holder"):
            _match(_ACCOUNT, field, getattr(self, field), "0x and 40 hex digits")
        _check_url("verify_url", self.verify_url)
        if self.explorer_url:
            _check_url("explorer_url", self.explorer_url)
        for field in ("beneficiary", "registry", "project"):
            if not getattr(self, field).strip():
                raise ReceiptInvalid(field, "", "a text")
        allocated_ug = sum(part.allocated_ug for part in self.coverage)
        if not 1 <= self.amount_ug < 2**72 or allocated_ug > self.amount_ug:
            expected = "at least 1, and no less than what is allocated of it"
            raise ReceiptInvalid("amount_ug", self.amount_ug, expected)
        if self.payment is not None and not 0 <= self.payment.fee_units <= self.payment.amount_units:
            raise ReceiptInvalid("payment.fee_units", self.payment.fee_units, "0 to the amount paid")


def _match(pattern: re.Pattern[str], field: str, value: str, expected: str) -> None:
    if not pattern.fullmatch(value):
        raise ReceiptInvalid(field, value, expected)


def _check_url(field: str, value: str) -> None:
    """Only what a camera may open: a web address without credentials, in plain ASCII."""
    expected = f"an http or https address of at most {LONGEST_URL} ASCII characters, without a user name"
    if not _URL_TEXT.fullmatch(value) or len(value) > LONGEST_URL:
        raise ReceiptInvalid(field, value, expected)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ReceiptInvalid(field, value, expected)
