"""Reading where the work ran: a country, a US state, or a region of a cloud provider."""

from __future__ import annotations

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import Reader, nearest
from greenledger.footprint.workload import FIELDS, Place


def _near(word: str, known: tuple[str, ...]) -> str:
    return nearest(word, [name.lower() for name in known])


def _country(child: Reader, factors: FactorSet) -> Place | None:
    stated = child.code("country", 2, required=True)
    if stated is None:
        return None
    country = stated.upper()
    if not factors.has(f"grid/country/{country}"):
        near = _near(country, factors.names("grid/country/"))
        child.fail("country", f"{country!r} is not known", f"an ISO 3166 two-letter code, {near}")
        return None
    if not child.has("state"):
        return Place(country=country)
    if country != "US":
        child.fail("state", f"given for {country}", "no state, as only US states have factors of their own")
        return None
    return _state(child, factors)


def _state(child: Reader, factors: FactorSet) -> Place | None:
    stated = child.code("state", 2)
    if stated is None:
        return None
    state = stated.upper()
    if not factors.has(f"grid/state/US-{state}"):
        near = _near(state, factors.names("grid/state/US-"))
        child.fail("state", f"{state!r} is not known", f"a two-letter US state, {near}")
        return None
    return Place(country="US", state=state)


def _region(child: Reader, factors: FactorSet) -> Place | None:
    provider = child.code("provider", 20, required=True)
    region = child.code("region", 60, required=True)
    if provider is None or region is None:
        return None
    provider, region = provider.lower(), region.lower()
    if factors.has(f"grid/region/{provider}/{region}"):
        return Place(provider=provider, region=region)
    known = factors.names("grid/region/")
    providers = sorted({name.split("/")[0] for name in known})
    if provider not in providers:
        child.fail("provider", f"{provider!r} is not known", f"one of {', '.join(providers)}")
        return None
    regions = tuple(name.split("/")[1] for name in known if name.startswith(f"{provider}/"))
    child.fail("region", f"{region!r} is not known at {provider}", nearest(region, regions))
    return None


def read_place(reader: Reader, factors: FactorSet) -> Place | None:
    """The place at `reader`, or None if absent or after errors, which are in the reader.

    An unknown region is refused: it never falls back to a country in silence.
    """
    child = reader.child("place")
    if child is None:
        return None
    child.only(FIELDS[Place])
    by_country = child.has("country") or child.has("state")
    by_region = child.has("provider") or child.has("region")
    if by_country and by_region:
        child.fail(
            "provider",
            "given together with country or state",
            "either country (and US state), or provider and region",
        )
        return None
    return _region(child, factors) if by_region else _country(child, factors)
