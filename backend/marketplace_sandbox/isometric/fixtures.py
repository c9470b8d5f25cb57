"""The sandbox registry's organisations and credit batches. All invented, and every name says so."""

from dataclasses import dataclass

from marketplace_sandbox.fixtures import LABEL

OWNER = "org_SANDBOX0000000001"
BENEFICIARIES = {
    OWNER: f"Sandbox buyer ({LABEL})",
    "org_SANDBOX0000000002": "Test team",
    "org_SANDBOX0000000003": "BLOOM team",
}


@dataclass(frozen=True)
class Issued:
    """Credits as they were issued: serial numbers count kilograms from `first` on."""

    supplier: str
    project: str
    book: str
    year: int
    country: str
    kg: int
    first: int
    ccp: bool

    @property
    def id(self) -> str:
        """Stable id of the first batch."""
        return f"ctb_SANDBOX{self.year}{self.first:05d}"


ISSUED: tuple[Issued, ...] = (
    Issued(
        "spl_SANDBOX000000001",
        "prj_SANDBOX000000001",
        "ISO-1-BIOOIL-USA-SBX1-2024",
        2024,
        "USA",
        40_000,
        1,
        True,
    ),
    Issued(
        "spl_SANDBOX000000002",
        "prj_SANDBOX000000002",
        "ISO-1-EWEATH-GBR-SBX2-2025",
        2025,
        "GBR",
        9_500,
        501,
        False,
    ),
)
