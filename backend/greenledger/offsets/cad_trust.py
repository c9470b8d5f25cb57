"""Retirements in the unit fields of the Climate Action Data Trust, as CSV and JSON.

Fields and choices as the Trust's node checks them (https://github.com/Chia-Network/cadt): the unit table of
data model 2.0 (`unit-v2.validations.js`, October 2025) and of 1.0 (`units.validations.js`). The keys that
join a unit to its issuance are given out by the registry's own node, so they are left out.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from greenledger.chain.events import Event
from greenledger.chain.records import Certificate
from greenledger.evidence.words import word_bytes
from greenledger.offsets.amounts import ug_to_tonnes
from greenledger.offsets.serials.reading import SerialsNotUnderstood, read_serials
from greenledger.offsets.serials.serial_range import total_ug

NOT_TOLD = "Not Determined"
_FORMULA_SIGNS = (*"=+-@|%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Model(StrEnum):
    """Versions of the Trust's data model."""

    V1 = "1.0"
    V2 = "2.0"


class Adjustment(StrEnum):
    """What is known of a corresponding adjustment by the host country."""

    UNKNOWN = "unknown"
    NOT_REQUIRED = "not_required"
    COMMITTED = "committed"
    COMPLETED = "completed"


@dataclass(frozen=True)
class RetirementRecord:
    """A retirement as it is exported. Amount in µgCO2e, time in Unix seconds; empty text: not known.

    `unit_type` is one of the Trust's choices such as "Removal - technical".
    """

    certificate: str
    registry: str
    project: str
    vintage: int
    amount_ug: int
    beneficiary: str
    account: str
    serials: str
    retired_at: int
    reason: str = ""
    owner: str = ""
    owner_country: str = ""
    unit_type: str = NOT_TOLD
    link: str = ""
    marketplace: str = ""
    marketplace_link: str = ""
    marketplace_id: str = ""
    labels: tuple[str, ...] = ()
    adjustment: Adjustment = Adjustment.UNKNOWN


def record_of(identity: str, certificate: Certificate) -> RetirementRecord:
    """The record of a certificate on chain; what the chain does not hold stays empty, for `replace` to fill.

    Raises ValueError for a void certificate: the council took it back.
    """
    if certificate.voided:
        raise ValueError(f"certificate {identity}: found a void one, expected one that stands")
    return RetirementRecord(
        certificate=identity,
        registry=certificate.registry,
        project=certificate.project,
        vintage=certificate.vintage,
        amount_ug=certificate.amount_ug,
        beneficiary=certificate.beneficiary,
        account=certificate.holder,
        serials=certificate.serials,
        retired_at=certificate.retired_at,
    )


def record_of_minting(minting: Event, holder: str) -> RetirementRecord:
    """The record of a certificate from its CertificateMinted and who holds it now; see `record_of`."""
    retirement = minting.arguments["retirement"]
    key = word_bytes(retirement["registry"]).rstrip(b"\0").decode("ascii", "replace")
    return RetirementRecord(
        certificate=minting.subject,
        registry=key,
        project=retirement["project"],
        vintage=int(retirement["vintage"]),
        amount_ug=int(retirement["amount_ug"]),
        beneficiary=retirement["beneficiary"],
        account=holder,
        serials=retirement["serials"],
        retired_at=int(retirement["retired_at"]),
    )


@dataclass(frozen=True)
class _Unit:
    """One block of serials of a record, which is one row."""

    record: RetirementRecord
    serials: str
    start: str
    end: str

    @property
    def reason(self) -> str:
        return self.record.reason or f"Retired on behalf of {self.record.beneficiary}"

    @property
    def count(self) -> str:
        return format(ug_to_tonnes(self.record.amount_ug), "f")


Column = Callable[[_Unit], str]
_DECLARATIONS = {
    Adjustment.UNKNOWN: ("Unknown", "Not Started"),
    Adjustment.NOT_REQUIRED: ("Not Required", "Not Applicable"),
    Adjustment.COMMITTED: ("Committed", "Pending"),
    Adjustment.COMPLETED: ("Committed", "Completed"),
}
_V2: dict[str, Column] = {
    "unitSerialId": lambda unit: unit.serials,
    "unitStartBlock": lambda unit: unit.start,
    "unitEndBlock": lambda unit: unit.end,
    "unitCount": lambda unit: unit.count,
    "unitType": lambda unit: unit.record.unit_type,
    "unitVintageYear": lambda unit: str(unit.record.vintage),
    "unitStatus": lambda unit: "Retired",
    "unitStatusReason": lambda unit: unit.reason,
    "unitStatusDate": lambda unit: _day(unit.record.retired_at),
    "unitRetirementDetail": lambda unit: (
        f"{unit.record.registry} {unit.record.project}; certificate {unit.record.certificate}"
    ),
    "unitRetirementBeneficiary": lambda unit: unit.record.beneficiary,
    "unitRetirementBeneficiaryId": lambda unit: unit.record.account,
    "unitLink": lambda unit: unit.record.link,
    "unitMetric": lambda unit: "tCO2e",
    "unitCurrentOwner": lambda unit: unit.record.owner,
    "unitItmosReferenceId": lambda unit: "",
    "marketplace": lambda unit: unit.record.marketplace,
    "marketplaceLink": lambda unit: unit.record.marketplace_link,
    "marketplaceIdentifier": lambda unit: unit.record.marketplace_id,
}
_V1: dict[str, Column] = {
    "unitOwner": lambda unit: unit.record.owner,
    "countryJurisdictionOfOwner": lambda unit: unit.record.owner_country or "Not Specified",
    "inCountryJurisdictionOfOwner": lambda unit: "",
    "unitBlockStart": lambda unit: unit.start,
    "unitBlockEnd": lambda unit: unit.end,
    "unitCount": lambda unit: unit.count,
    "vintageYear": lambda unit: str(unit.record.vintage),
    "unitType": lambda unit: unit.record.unit_type,
    "marketplace": lambda unit: unit.record.marketplace,
    "marketplaceLink": lambda unit: unit.record.marketplace_link,
    "marketplaceIdentifier": lambda unit: unit.record.marketplace_id,
    "unitTags": lambda unit: ", ".join(unit.record.labels),
    "unitStatus": lambda unit: "Retired",
    "unitStatusReason": lambda unit: unit.reason,
    "unitRegistryLink": lambda unit: unit.record.link,
    "correspondingAdjustmentDeclaration": lambda unit: _DECLARATIONS[unit.record.adjustment][0],
    "correspondingAdjustmentStatus": lambda unit: _DECLARATIONS[unit.record.adjustment][1],
}
COLUMNS: dict[Model, dict[str, Column]] = {Model.V1: _V1, Model.V2: _V2}


def unit_rows(records: Iterable[RetirementRecord], model: Model = Model.V2) -> tuple[dict[str, str], ...]:
    """One row for each block of serials, by time of retirement; `unitCount` is exact tonnes.

    A retirement without readable serials (one made on a chain) is one row with its reference as block.
    Model 1.0 takes whole tonnes only, so its node refuses rows of less.
    """
    ordered = sorted(records, key=lambda record: (record.retired_at, record.certificate))
    columns = COLUMNS[model]
    return tuple(
        {name: column(unit) for name, column in columns.items()}
        for record in ordered
        for unit in _units(record)
    )


def as_json(records: Iterable[RetirementRecord], model: Model = Model.V2) -> bytes:
    """The rows as a JSON array in UTF-8, texts exactly as they are."""
    return (
        json.dumps(unit_rows(records, model), ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"
    )


def as_csv(records: Iterable[RetirementRecord], model: Model = Model.V2) -> bytes:
    """The rows as CSV (RFC 4180, UTF-8, every cell quoted), harmless to spreadsheets.

    A cell that a spreadsheet could take for a formula gets an apostrophe in front; what is no visible
    character becomes a space.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS[model])
    for row in unit_rows(records, model):
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode(errors="replace")


def _units(record: RetirementRecord) -> Sequence[_Unit]:
    whole = _Unit(record, record.serials, record.serials, record.serials)
    try:
        ranges = read_serials(record.serials)
    except SerialsNotUnderstood:
        return [whole]
    if total_ug(ranges) == record.amount_ug:
        return [
            _Unit(replace(record, amount_ug=one.quantity_ug()), one.text, str(one.first), str(one.last))
            for one in ranges
        ]
    if len(ranges) == 1 and record.amount_ug < total_ug(ranges):  # a part of a block that several share
        return [_Unit(record, ranges[0].text, str(ranges[0].first), str(ranges[0].last))]
    return [whole]


def _day(unix_s: int) -> str:
    return datetime.fromtimestamp(unix_s, UTC).date().isoformat()


def _cell(value: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in value)
    # Also where spaces stand before the sign, and where it is written at full width.
    return f"'{plain}" if plain.lstrip()[:1] in _FORMULA_SIGNS else plain
