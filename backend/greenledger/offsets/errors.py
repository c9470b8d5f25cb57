"""How asking a marketplace can end other than well."""

from __future__ import annotations

from greenledger.offsets.amounts import amount_text


class MarketError(Exception):
    """Base of everything a market port raises."""


class MarketUnavailable(MarketError):
    """No usable answer: down, too slow, too busy or garbage. What was asked may or may not have happened."""

    def __init__(self, problem: str, retry_after_s: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after_s = retry_after_s


class MarketRefused(MarketError):
    """The market understood and said no; the text is the market's own reason, `status` the HTTP status.

    `code` is the market's own name for the reason, empty if it gives none.
    """

    def __init__(self, reason: str, status: int, code: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.code = code


class UnknownSource(MarketError):
    """No offer has this source id."""


class AmountNotOffered(MarketError):
    """The amount is not one that the offer allows: bounds and step in µgCO2e."""

    def __init__(self, minimum_ug: int, available_ug: int, step_ug: int = 1) -> None:
        self.minimum_ug = minimum_ug
        self.available_ug = available_ug
        self.step_ug = step_ug
        super().__init__(f"expected {self.expected}")

    @property
    def expected(self) -> str:
        """What would be right, for people: "a multiple of 1 g, from 1 kg to 4,000 t"."""
        step = f"a multiple of {amount_text(self.step_ug)}, from " if self.step_ug > 1 else ""
        return f"{step}{amount_text(self.minimum_ug)} to {amount_text(self.available_ug)} of CO2e"


class ProofNotFound(MarketError):
    """The market knows no retirement by this reference."""


class ProofUnusable(MarketError):
    """The market's proof lacks something a certificate needs; the text names the field."""


class CoSigningFailed(Exception):
    """The council did not give enough signatures; the text says why, node by node."""
