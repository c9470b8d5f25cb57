"""Portfolios that an account at CNaught sells. No endpoint lists them, so the operator states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from greenledger.offsets.terms import ITEM

DEFAULT = "default"  # the account's own portfolio, which orders name by leaving the id out
PREFIX = "cnaught:"


@dataclass(frozen=True)
class Portfolio:
    """One portfolio of one project and vintage, so that what is ordered is what a certificate will say.

    `project` is spelled as in the registry's serial numbers, "VCS-191". Optional fields that the operator
    does not state are not told.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")  # a misspelt setting is refused

    id: str
    name: str
    registry: str
    project: str
    vintage: int
    country: str = ""
    kind: str | None = None
    methodology: str | None = None
    removal: bool | None = None
    ex_ante: bool = False

    def __post_init__(self) -> None:
        if not ITEM.fullmatch(self.id):
            raise ValueError(f"id: expected {ITEM.pattern}, or {DEFAULT} for the account's own portfolio")
        if not self.project or not 1990 <= self.vintage <= 9999:
            raise ValueError("project and vintage: expected an id at the registry and a year")

    @property
    def source_id(self) -> str:
        """How offers name it."""
        return PREFIX + self.id
