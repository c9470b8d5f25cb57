"""The sandbox's projects and listings. All invented: no registry knows them, and every name says so."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

CHAIN_ID = 84532  # Base Sepolia: a test network, so no reader can mistake these for real retirements
LABEL = "SANDBOX fixture, not a real project"


@dataclass(frozen=True)
class Listing:
    """One offer: amounts in tonnes, price in USDC per tonne with fees."""

    project: str
    name: str
    country: str
    category: str
    methodology: str
    vintage: int
    price_usdc: Decimal
    supply_tonnes: Decimal
    minimum_tonnes: Decimal
    ex_ante: bool = False

    @property
    def listing_id(self) -> str:
        """Stable 32-byte id derived from what is offered."""
        return "0x" + hashlib.sha256(f"sandbox listing {self.project} {self.vintage}".encode()).hexdigest()

    @property
    def source_id(self) -> str:
        """Id of the price source as quotes name it."""
        return f"listing-{CHAIN_ID}-{self.listing_id}"

    @property
    def token_address(self) -> str:
        """Address of the invented credit token."""
        return "0x" + hashlib.sha256(f"sandbox token {self.project}".encode()).hexdigest()[:40]


LISTINGS: tuple[Listing, ...] = (
    Listing(
        "ICR-9001",
        f"Hilltop wind ({LABEL})",
        "Chile",
        "Renewable Energy",
        "SANDBOX-WIND",
        2022,
        Decimal("3.25"),
        Decimal("4000"),
        Decimal("0.001"),
    ),
    Listing(
        "ICR-9002",
        f"Estuary mangroves ({LABEL})",
        "Indonesia",
        "Blue Carbon",
        "SANDBOX-MANGROVE",
        2023,
        Decimal("18.40"),
        Decimal("1250.5"),
        Decimal("0.001"),
    ),
    Listing(
        "ICR-9003",
        f"Rice-husk biochar ({LABEL})",
        "Vietnam",
        "Biochar",
        "SANDBOX-BIOCHAR",
        2024,
        Decimal("146.7"),
        Decimal("320"),
        Decimal("1"),
    ),
    Listing(
        "ICR-9004",
        f"Reforestation forward ({LABEL})",
        "Kenya",
        "Forestry",
        "SANDBOX-FOREST",
        2026,
        Decimal("11.05"),
        Decimal("900"),
        Decimal("0.001"),
        ex_ante=True,
    ),
)


def listing_of(source_id: str) -> Listing | None:
    """Find the listing a source id names."""
    return next((listing for listing in LISTINGS if listing.source_id == source_id), None)
