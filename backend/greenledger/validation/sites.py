"""Places by the words that sources use: a country, a US state, or a region of a cloud provider."""

from __future__ import annotations

import re

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.workload import Place

PROVIDERS = {
    "aws": "aws",
    "amazon": "aws",
    "gcp": "gcp",
    "google": "gcp",
    "azure": "azure",
    "microsoft": "azure",
}
COUNTRIES = {
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "the united states": "US",
    "america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "south korea": "KR",
    "korea": "KR",
    "russia": "RU",
    "czechia": "CZ",
    "uae": "AE",
    "taiwan": "TW",
    "vietnam": "VN",
    "turkey": "TR",
    "holland": "NL",
}
_SEGMENTS = re.compile(r"[,/;()\[\]]|\s-\s|\sand\s")
_WORDS = re.compile(r"[a-z0-9-]+")


def _names(factors: FactorSet, prefix: str) -> dict[str, str]:
    """Label in lower case to code."""
    return {factors.label(prefix + code).lower(): code for code in factors.names(prefix)}


def _region(words: list[str], factors: FactorSet) -> Place | None:
    """A region of a provider, or the one country that all regions so abbreviated lie in."""
    providers = {PROVIDERS[word] for word in words if word in PROVIDERS}
    regions = [name.split("/") for name in factors.names("grid/region/")]
    named = {
        (provider, region)
        for provider, region in regions
        if region in words and (not providers or provider in providers)
    }
    if len(named) == 1:
        provider, region = named.pop()
        return Place(provider=provider, region=region)
    prefixes = tuple(f"{word}-" for word in words if "-" in word)
    if not prefixes or not providers:
        return None
    places = {
        factors.label(f"grid/region/{provider}/{region}/place")[:2]
        for provider, region in regions
        if provider in providers and region.startswith(prefixes)
    }
    return Place(country=places.pop()) if len(places) == 1 else None


def _country(segment: str, factors: FactorSet) -> str | None:
    code = COUNTRIES.get(segment) or _names(factors, "grid/country/").get(segment)
    if code is None and len(segment) == 2:
        code = segment.upper()
    return code if code is not None and factors.has(f"grid/country/{code}") else None


def _mentioned(text: str, names: dict[str, str]) -> list[str]:
    """Codes whose name stands in the text among other words, as in `average of the US grid`."""
    return [code for name, code in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def place_of(text: str, factors: FactorSet, *, state: bool = False) -> Place | None:
    """The place that a text names, or None. `state`: the text is said to be of a US state."""
    lowered = text.lower().strip()
    words = _WORDS.findall(lowered)
    joined = "".join(word for word in words if word not in PROVIDERS)  # Azure writes westus as West US
    region = _region([*words, joined], factors)
    if region is not None:
        return region
    segments = [segment.strip() for segment in _SEGMENTS.split(lowered) if segment.strip()]
    states = _names(factors, "grid/state/US-")
    countries = [code for segment in segments if (code := _country(segment, factors))]
    if not countries and not any(segment in states for segment in segments):
        countries = _mentioned(lowered, _names(factors, "grid/country/") | COUNTRIES | {"us": "US"})
    if not countries:
        segments.extend(name for name in states if _mentioned(lowered, {name: name}))
    if state or not countries or "US" in countries:
        for segment in segments:
            short = segment.removeprefix("us-").upper()
            by_code = short if (state or "US" in countries or segment.startswith("us-")) else ""
            code = states.get(segment) or (by_code if by_code != "US" else "")
            if code and factors.has(f"grid/state/US-{code}"):
                return Place(country="US", state=code)
    return Place(country=countries[0]) if countries else None
