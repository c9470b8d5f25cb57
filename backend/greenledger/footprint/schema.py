"""The JSON Schema of a workload, made from the table that parsing reads.

It says all that JSON Schema can say: what passes parsing passes it, and what it refuses, parsing refuses.
Sums, order in time and names in another case than the catalogue's are left to parsing.
"""

from __future__ import annotations

from collections.abc import Mapping

from greenledger.footprint.decimal_pattern import decimal_pattern
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.parsing import SECTIONS
from greenledger.footprint.rules import RULES, Choice, Code, Hash, Many, One, Rule, Text, Whole
from greenledger.footprint.schema_rules import BETWEEN
from greenledger.footprint.workload import WORKLOAD_VERSION, Workload

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, object]

# No control character, and at least one that is no space.
_PRINTABLE = "^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]*$"


def _known(section: str, factors: FactorSet) -> tuple[str, ...]:
    """The catalogue's names in a section, as `canonical` writes them."""
    if section in SECTIONS:
        return factors.names(*SECTIONS[section])
    regions = factors.names("grid/region/")
    return {
        "countries": factors.names("grid/country/"),
        "states": factors.names("grid/state/US-"),
        "providers": tuple(sorted({region.split("/")[0] for region in regions})),
        "regions": tuple(sorted({region.split("/")[1] for region in regions})),
    }[section]


def _name(rule: Code, factors: FactorSet) -> Schema:
    known = sorted(set(_known(rule.section, factors)))
    # Parsing takes names in any case; a name in another one is not judged here.
    unusual = "^[ -~]*[a-z][ -~]*$" if known and known[0].isupper() else "^[ -~]*[A-Z][ -~]*$"
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": rule.longest,
        "anyOf": [{"enum": known}, {"pattern": unusual}],
    }


def _whole(rule: Whole) -> Schema:
    return {
        "anyOf": [
            {"type": "integer", "minimum": rule.low, "maximum": rule.high},
            {"type": "string", "pattern": decimal_pattern(rule.low, rule.high)},
        ]
    }


def _of(rule: Rule, factors: FactorSet) -> Schema:
    match rule:
        case Whole():
            return _whole(rule)
        case Text():
            return {"type": "string", "minLength": 1, "maxLength": rule.longest, "pattern": _PRINTABLE}
        case Choice():
            return {"enum": list(rule.words)}
        case Hash():
            return {"type": "string", "pattern": "^0[xX][0-9a-fA-F]{64}$"}
        case Code():
            return _name(rule, factors)
        case One():
            return {"$ref": f"#/$defs/{rule.record.__name__}"}
        case Many():
            items = {"$ref": f"#/$defs/{rule.record.__name__}"}
            return {"type": "array", "minItems": 1, "maxItems": rule.most, "items": items}


def _record(record: type, rules: Mapping[str, Rule], factors: FactorSet) -> Schema:
    return {
        "type": "object",
        "properties": {
            name: {"description": rule.about} | _of(rule, factors) for name, rule in rules.items()
        },
        "required": [name for name, rule in rules.items() if rule.required],
        "additionalProperties": False,
        **BETWEEN.get(record, {}),
    }


def workload_schema(factors: FactorSet) -> Schema:
    """JSON Schema (2020-12) of what `parse_workload` takes under a factor set.

    Numbers are integers or decimal strings; fractions that happen to be whole, as 1.0, pass here and not
    there. Text is meant in Unicode normal form C.
    """
    definitions = {record: _record(record, rules, factors) for record, rules in RULES.items()}
    whole = definitions.pop(Workload)
    return {
        "$schema": DIALECT,
        "$id": f"urn:greenledger:workload:{WORKLOAD_VERSION}:{factors.set_id}",
        "title": "Workload",
        "description": f"One piece of AI work as its owner states it; names are those of {factors.set_id}.",
        **whole,
        "$defs": {record.__name__: schema for record, schema in definitions.items()},
    }
