"""The rules between fields in the words of JSON Schema: `consistency` and `places` say the same in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from greenledger.footprint.consistency import POWER_FIELDS, SITE_FIELDS, TASK_FIELDS, TOKEN_FIELDS
from greenledger.footprint.workload import Phase, Place, Workload

Schema = dict[str, object]


def _has(*names: str) -> Schema:
    return {"required": list(names)}


def _any_of(names: Iterable[str]) -> Schema:
    return {"anyOf": [_has(name) for name in names]}


def _none_of(names: Iterable[str]) -> Schema:
    return {"not": _any_of(names)}


def _is(name: str, *values: str) -> Schema:
    return {"properties": {name: {"enum": list(values)}}, "required": [name]}


_METERED = {"measured_uwh": ["measurement_scope"], "measurement_scope": ["measured_uwh"]}
_FACILITY: Schema = {"if": _is("measurement_scope", "facility"), "then": _none_of(["pue_ppm"])}

_TRAINING: Schema = {
    "if": _is("kind", "training", "fine-tuning"),
    "then": {
        "allOf": [_none_of([*TOKEN_FIELDS, *TASK_FIELDS, "requests"]), _any_of(["phases", "measured_uwh"])]
    },
}
_MODEL: Schema = {
    "oneOf": [_has("model"), _has("active_params")],
    "dependentRequired": {"total_params": ["active_params"]},
    "allOf": [_any_of(["output_tokens", "input_tokens"])],
}
_REQUESTS: Schema = {
    "if": _none_of(["measured_uwh"]),
    "then": {"allOf": [_has("requests"), _none_of(["pue_ppm"])]},
}
_INFERENCE: Schema = {
    "if": _is("kind", "inference"),
    "then": {
        "if": _has("phases"),
        "then": _none_of([*TOKEN_FIELDS, *TASK_FIELDS]),
        "else": {
            "if": _any_of(TASK_FIELDS),
            "then": {"allOf": [_has(*TASK_FIELDS), _none_of(TOKEN_FIELDS)]},
            "else": {"if": _any_of(TOKEN_FIELDS), "then": _MODEL, "else": _REQUESTS},
        },
    },
}
_ONE_METER: Schema = {
    "if": _has("measured_uwh"),
    "then": {"properties": {"phases": {"items": _none_of([*SITE_FIELDS, "measured_uwh"])}}},
}

_METERED_PHASE: Schema = {
    "allOf": [_none_of(POWER_FIELDS)],
    "dependentRequired": {"hardware": ["device_seconds"], "device_seconds": ["hardware"]},
}
_MODELLED_PHASE: Schema = {
    "required": ["hardware"],
    "if": _any_of(["tokens", "params"]),
    "then": {"allOf": [_has("tokens", "params"), _none_of(["device_seconds"])]},
    "else": {"allOf": [_has("device_seconds"), _none_of(["mfu_ppm"])]},
    "dependentRequired": {"power_mw": ["power_scope"], "power_scope": ["power_mw"]},
}

BETWEEN: Mapping[type, Schema] = {
    Workload: {
        "dependentRequired": _METERED,
        "allOf": [_FACILITY, _TRAINING, _INFERENCE, _ONE_METER],
    },
    Phase: {
        "dependentRequired": _METERED | {"embodied_mg": ["hardware"]},
        "allOf": [
            _FACILITY,
            {"if": _has("measured_uwh"), "then": _METERED_PHASE, "else": _MODELLED_PHASE},
        ],
    },
    Place: {
        "oneOf": [
            {"required": ["country"], "allOf": [_none_of(["provider", "region"])]},
            {"required": ["provider", "region"], "allOf": [_none_of(["country", "state"])]},
        ],
        "allOf": [
            {"if": _has("state"), "then": {"properties": {"country": {"enum": ["US", "us", "Us", "uS"]}}}}
        ],
    },
}
"""What holds between the fields of a record, to be merged into its schema."""
