"""What the operator states about its own account at the Isometric registry, in order to retire from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from pydantic import ConfigDict

_ORGANISATION = re.compile(r"org_[A-Za-z0-9]{8,33}")
DEFAULT_PURPOSE = "public_environmental_claims"


@dataclass(frozen=True)
class Account:
    """The organisation whose credits are retired, and what a tonne of them costs a buyer.

    The registry keeps no prices. It retires for organisations it knows only, and to make one known takes a
    domain or an e-mail address: `beneficiaries` has the ids of those that may be named, by exact name.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")  # a misspelt setting is refused

    organisation: str
    usd_per_tonne: Decimal
    beneficiaries: Mapping[str, str] = field(default_factory=dict)
    purpose: str = DEFAULT_PURPOSE

    def __post_init__(self) -> None:
        if not _ORGANISATION.fullmatch(self.organisation):
            raise ValueError("organisation: expected org_ and an id")
        if not self.usd_per_tonne.is_finite() or self.usd_per_tonne <= 0:
            raise ValueError("usd_per_tonne: expected a price above 0")
