"""How each registry writes its serial numbers.

Patterns meet text that `reading` has brought into one spelling: upper case, `-` for every dash, `~` for "to".
A book leaves out what a registry may add to a serial later, or what some spellings leave out: if the same
serial could have two books, it could back two certificates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from greenledger.offsets.serials.serial_range import UG_PER_KG, UG_PER_TONNE, SerialRange

_DIGITS = r"\d{1,39}"  # no serial has more: they are below 2^128
_SPAN = rf"(?P<first>{_DIGITS})[-~](?P<last>{_DIGITS})"
_YEAR = r"(?P<vintage>\d{4})"
_DAY = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{4}"
_UUID = r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}"


@dataclass(frozen=True)
class Format:
    """One registry's spelling: what a text of it begins with, what the whole looks like, what it means."""

    registry: str
    begins: re.Pattern[str]
    whole: re.Pattern[str]
    expected: str
    build: Callable[[re.Match[str]], SerialRange]  # raises ValueError for what only looks like one


def _verra(match: re.Match[str]) -> SerialRange:
    part = match.groupdict()
    scope = f"{_whole(part['scope'])}-" if part["scope"] else ""
    batch, body, project = (_whole(part[name]) for name in ("batch", "body", "project"))
    issuer, period = f"{part['operator']}-{part['country']}", f"{part['begin']}-{part['end']}"
    # The sectoral scope is the project's and may be left out; the last digit says that there is a further
    # certification, which may be granted after the issuance. Neither tells two blocks apart.
    return SerialRange(
        registry="vcs",
        book=f"{batch}-VCS-VCU-{body}-{issuer}-{project}-{period}",
        first=int(part["first"]),
        last=int(part["last"]),
        project=f"VCS-{project}",
        vintage_first=_day(part["begin"]).year,
        vintage=_day(part["end"]).year,
        unit_ug=UG_PER_TONNE,
        form=(
            f"{batch}-{{first}}-{{last}}-VCS-VCU-{part['body']}-{issuer}-{scope}{project}-{period}"
            f"-{part['further']}"
        ),
    )


def _day(text: str) -> date:
    """A day written DDMMYYYY; raises ValueError for one that no calendar has."""
    return date(int(text[4:]), int(text[2:4]), int(text[:2]))


def _gold_standard(match: re.Match[str]) -> SerialRange:
    return _prefixed("gs", match, between="-", project=match["project"])


def _isometric(match: re.Match[str]) -> SerialRange:
    return _prefixed("isometric", match, between="-", project=match["project"], unit_ug=UG_PER_KG)


def _acr(match: re.Match[str]) -> SerialRange:
    return _prefixed("acr", match, between=" to ", project=f"ACR-{_whole(match['project'])}")


def _car(match: re.Match[str]) -> SerialRange:
    return _prefixed("car", match, between=" to ", project=f"CAR-{_whole(match['project'])}")


def _prefixed(
    registry: str, match: re.Match[str], between: str, project: str, unit_ug: int = UG_PER_TONNE
) -> SerialRange:
    """Registries that write the book first and the numbers last."""
    book = "-".join(_whole(part) for part in match["book"].split("-"))
    year = int(match["vintage"])
    return SerialRange(
        registry=registry,
        book=book,
        first=int(match["first"]),
        last=int(match["last"]),
        project=project,
        vintage_first=year,
        vintage=year,
        unit_ug=unit_ug,
        form=f"{book}-{{first}}{between}{{last}}",
    )


def _puro(match: re.Match[str]) -> SerialRange:
    part = match.groupdict()
    issuance = part["issuance"].lower() if part["issuance"] else None
    where = f"PURO_PR_{part['credit']}_{part['country']}_{part['facility']}_{part['vintage']}_"
    head = (where if part["credit"] else "") + (f"{issuance}_" if issuance else "")
    facility = part["gsrn_first"]
    numbers = f"{facility}{{first:012d}}-{facility}{{last:012d}}" if facility else "{first}-{last}"
    first = int(part["old_first"] or part["first"])
    last = int(part["old_last"] or part["last"] or first)
    year = int(part["vintage"]) if part["vintage"] else None
    return SerialRange(
        registry="puro",
        # Serials of the old numbering are unique within the facility's number, others within their issuance.
        book=f"PURO_{facility or issuance}",
        first=first,
        last=last,
        project=f"PURO-{part['facility']}" if part["facility"] else None,
        vintage_first=year,
        vintage=year,
        unit_ug=UG_PER_TONNE,
        form=head + numbers,
    )


def _whole(part: str) -> str:
    """A number without leading zeros; anything else as it is."""
    return part.lstrip("0") or "0" if part.isdigit() else part


def _compiled(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.ASCII)


FORMATS: tuple[Format, ...] = (
    Format(  # https://help.cloverly.com/knowledge/registry-serial-number-ranges, Verra
        "vcs",
        _compiled(r"\d+-\d+[-~]\d+-(VCS-)?VCU\b"),
        _compiled(
            rf"(?P<batch>{_DIGITS})-{_SPAN}-(?:VCS-)?VCU-(?P<body>{_DIGITS})-",
            r"(?P<operator>[A-Z]{3})-(?P<country>[A-Z]{2})-",
            r"(?:(?P<scope>\d{1,2})-)?(?P<project>\d{1,6})-",
            rf"(?P<begin>{_DAY})-(?P<end>{_DAY})-(?P<further>[01])",
        ),
        "batch-first-last-VCS-VCU-body-VER-country-scope-project-DDMMYYYY-DDMMYYYY-0 or 1",
        _verra,
    ),
    Format(
        "gs",
        _compiled(r"GS\d*-"),
        _compiled(
            rf"(?P<book>GS\d-{_DIGITS}-[A-Z]{{2}}-(?P<project>GS{_DIGITS})-{_DIGITS}-{_YEAR}-{_DIGITS})-",
            _SPAN,
        ),
        "GS1-1-country-GSproject-type-year-issuance-first-last",
        _gold_standard,
    ),
    Format(  # https://docs.api.puro.earth/mypuro/concepts/certificates, and both older spellings
        "puro",
        _compiled(rf"PURO\b|PURO_|{_UUID}_|\d{{30}}\b"),
        _compiled(
            r"(?:PURO_PR_(?P<credit>CORC[0-9A-Z+_]*?)_(?P<country>[A-Z]{2})_(?P<facility>[0-9A-Z]{6})_",
            rf"{_YEAR}_(?={_UUID}_))?(?:(?P<issuance>{_UUID})_)?",
            r"(?:(?P<gsrn_first>\d{18})(?P<old_first>\d{12})(?:[-~](?P=gsrn_first)(?P<old_last>\d{12}))?",
            r"|(?<=_)(?P<first>\d{1,17})(?:[-~](?P<last>\d{1,17}))?)",
        ),
        "PURO_PR_type_country_facility_year_issuance_first-last, issuance_first-last or 30-digit numbers",
        _puro,
    ),
    Format(  # https://docs.isometric.com/registry/credit-batch; batches are split by the kilogram
        "isometric",
        _compiled(r"ISO-"),
        _compiled(rf"(?P<book>ISO-{_DIGITS}-[0-9A-Z]+-[A-Z]{{3}}-(?P<project>[0-9A-Z]+)-{_YEAR})-", _SPAN),
        "ISO-1-kind-country-project-year-first-last",
        _isometric,
    ),
    Format(
        "acr",
        _compiled(r"ACR-"),
        _compiled(rf"(?P<book>ACR-[A-Z]{{2}}-(?P<project>{_DIGITS})-{_YEAR}-{_DIGITS})-", _SPAN),
        "ACR-country-project-year-batch-first to last",
        _acr,
    ),
    Format(  # http://www.climateactionreserve.org/how/projects/serial-number-guide/
        "car",
        _compiled(r"CAR-"),
        _compiled(
            rf"(?P<book>CAR-(?:1|ROC)-[A-Z]{{2}}-(?P<project>{_DIGITS})-{_DIGITS}-{_DIGITS}-[A-Z]{{1,4}}-",
            rf"{_YEAR}-{_DIGITS})-",
            _SPAN,
        ),
        "CAR-1-country-project-type-developer-state-year-batch-first to last",
        _car,
    ),
)
