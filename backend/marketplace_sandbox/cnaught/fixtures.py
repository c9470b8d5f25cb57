"""Portfolios of the sandbox. All invented: no registry knows the projects, and every name says so."""

from dataclasses import dataclass

from marketplace_sandbox.fixtures import LABEL


@dataclass(frozen=True)
class CreditProject:
    """A project at a registry; `serials` is how that registry prints a range of its serial numbers."""

    id: str
    name: str
    type: str
    registry_name: str
    registry_id: str
    methodology: str
    location: str
    serials: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class PortfolioFixture:
    """What can be ordered under one id: price in cents per tonne, supply in kilograms, the projects in it."""

    id: str
    cents_per_tonne: int
    supply_kg: int
    projects: tuple[CreditProject, ...]


WIND = CreditProject(
    id="sbxprjwind01",
    name=f"Plateau wind ({LABEL})",
    type="Renewable energy",
    registry_name="Verra",
    registry_id="VCS-999901",
    methodology="SANDBOX-WIND",
    location="Chile",
    serials="99990-{first}-{last}-VCS-VCU-999-VER-CL-1-999901-01012022-31122022-0",
)
STOVES = CreditProject(
    id="sbxprjstove1",
    name=f"Village stoves ({LABEL})",
    type="Cookstoves",
    registry_name="Gold Standard",
    registry_id="GS999902",
    methodology="SANDBOX-STOVES",
    location="Kenya",
    serials="GS1-1-KE-GS999902-16-2023-99902-{first}-{last}",
    labels=("CCP",),
)
BIOCHAR = CreditProject(
    id="sbxprjchar01",
    name=f"Sawmill biochar ({LABEL})",
    type="Biochar",
    registry_name="Puro.earth",
    registry_id="999903",
    methodology="SANDBOX-BIOCHAR",
    location="Finland",
    serials="PURO_PR_CORC200+_FI_999903_2024_99990300-0000-4000-8000-000000000000_{first}-{last}",
)
DEFAULT_ID = "sbxwind00001"  # what an order without portfolio_id gets

PORTFOLIOS: dict[str, PortfolioFixture] = {
    portfolio.id: portfolio
    for portfolio in (
        PortfolioFixture(DEFAULT_ID, 410, 5_000_000, (WIND,)),
        PortfolioFixture("sbxstoves001", 1_275, 800_000, (STOVES,)),
        PortfolioFixture("sbxbiochar01", 16_990, 120_000, (BIOCHAR,)),
        PortfolioFixture("sbxmixed0001", 3_300, 400_000, (WIND, BIOCHAR)),
    )
}
