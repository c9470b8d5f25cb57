"""What the resource of an export says: which service it was, and where the model ran."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.telemetry import names
from greenledger.telemetry.attributes import Attributes, first_text, is_code, read_attributes

LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Resource:
    """`source` names the service and its instance by a hash. `place` was said to be the model's; `host` is
    the cloud region of the process that reports, if the catalogue knows it."""

    source: str
    place: Mapping[str, str] | None
    host: Mapping[str, str] | None
    host_unknown: bool  # a region is stated, and is not in the catalogue

    def place_of(self, *, serving: bool) -> Mapping[str, str] | None:
        """Where the model ran. The region of a process that called the model somewhere else says nothing of
        that, so `host` counts only for the process that served it."""
        return self.place or (self.host if serving else None)


def read_resource(message: Any, factors: FactorSet) -> Resource:
    """Reads an OTLP Resource message."""
    attributes = read_attributes(message.attributes, names.RESOURCE_NAMES)
    place = {
        # What is no code goes on as an empty one, so that the model refuses the field and repeats no text.
        member: text if is_code(text, LONGEST_CODE) else ""
        for name, member in names.PLACE.items()
        if (text := first_text(attributes, (name,))) is not None
    }
    provider = first_text(attributes, (names.CLOUD_PROVIDER,))
    region = first_text(attributes, (names.CLOUD_REGION,))
    host = _host(provider, region, factors)
    return Resource(_source(attributes), place or None, host, bool(provider and region) and host is None)


def _source(attributes: Attributes) -> str:
    parts = [first_text(attributes, (name,)) for name in names.SERVICE]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _host(provider: str | None, region: str | None, factors: FactorSet) -> dict[str, str] | None:
    if provider is None or region is None:
        return None
    where = f"{provider.lower()}/{region.lower()}"
    if not factors.has(f"grid/region/{where}"):
        return None
    return {"provider": provider.lower(), "region": region.lower()}
