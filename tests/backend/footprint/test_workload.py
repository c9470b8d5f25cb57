"""Reading workloads: what is refused, where it says the problem is, and the one canonical form."""

from __future__ import annotations

import difflib
from typing import Any

import pytest

from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import Kind

PHASE: dict[str, Any] = {"hardware": "h100-sxm-80gb", "device_seconds": "3600"}
TRAINING: dict[str, Any] = {
    "kind": "training",
    "start": 1_700_000_000,
    "end": 1_700_003_600,
    "phases": [PHASE],
}
TOKENS: dict[str, Any] = {
    "kind": "inference",
    "start": 1_700_000_000,
    "end": 1_700_003_600,
    "model": "llama-3.1-8b",
    "output_tokens": 100,
}
CONTRACT = {"energy_uwh": 1, "grid_mg_per_kwh": 0, "evidence": "0x" + "ab" * 32}


def refused(workload: object) -> dict[str, tuple[str, str]]:
    with pytest.raises(InvalidWorkload) as caught:
        parse_workload(workload)
    return {error.field: (error.problem, error.expected) for error in caught.value.errors}


def without(workload: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in workload.items() if name not in names}


@pytest.mark.parametrize("value", [[], "x", 1, None, True])
def test_workload__that_is_not_an_object__is_refused(value: object) -> None:
    assert "" in refused(value)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "train"}, "kind"),
        ({"start": True}, "start"),
        ({"start": 1.7e9}, "start"),
        ({"start": float("nan")}, "start"),
        ({"start": "1_700_000_000"}, "start"),
        ({"start": " 1700000000"}, "start"),
        ({"start": "01700000000"}, "start"),
        ({"start": "\u0661\u0667" + "\u0660" * 8}, "start"),
        ({"start": "9" * 100}, "start"),
        ({"start": -1}, "start"),
        ({"start": None}, "start"),
        ({"end": 1_700_000_000}, "end"),
        ({"end": 1_600_000_000}, "end"),
        ({"end": 2_100_000_000}, "end"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": 5}, "name"),
        ({"pue_ppm": "999999"}, "pue_ppm"),
        ({"pue_ppm": "1.2"}, "pue_ppm"),
        ({"grid_mg_per_kwh": "2000001"}, "grid_mg_per_kwh"),
        ({"phases": []}, "phases"),
        ({"phases": {}}, "phases"),
        ({"phases": [PHASE] * 65}, "phases"),
        ({"phases": [3]}, "phases[0]"),
        ({"phases": [without(PHASE, "hardware")]}, "phases[0].hardware"),
        ({"phases": [without(PHASE, "device_seconds")]}, "phases[0].device_seconds"),
        ({"phases": [{**PHASE, "device_seconds": "0"}]}, "phases[0].device_seconds"),
        ({"phases": [{**PHASE, "device_seconds": "-3600"}]}, "phases[0].device_seconds"),
        ({"phases": [{**PHASE, "device_seconds": 31_000_000_000_000}]}, "phases"),
        ({"phases": [{**PHASE, "power_mw": 400_000}]}, "phases[0].power_scope"),
        ({"phases": [{**PHASE, "power_scope": "device"}]}, "phases[0].power_scope"),
        ({"phases": [{**PHASE, "power_mw": 1, "power_scope": "rack"}]}, "phases[0].power_scope"),
        ({"phases": [{**PHASE, "power_mw": 20_000_001, "power_scope": "system"}]}, "phases[0].power_mw"),
        ({"phases": [{**PHASE, "utilisation_ppm": 1_000_001}]}, "phases[0].utilisation_ppm"),
        ({"phases": [{**PHASE, "hardware": "tpu-v4", "utilisation_ppm": 1}]}, "phases[0].utilisation_ppm"),
        ({"phases": [{**PHASE, "watts": 400}]}, "phases[0].watts"),
        ({"measured_uwh": "1"}, "measurement_scope"),
        ({"measurement_scope": "node"}, "measurement_scope"),
        ({"measured_uwh": 1, "measurement_scope": "facility", "pue_ppm": 1_100_000}, "pue_ppm"),
        ({"place": "FR"}, "place"),
        ({"place": {}}, "place.country"),
        ({"place": {"country": "France"}}, "place.country"),
        ({"place": {"country": "FR", "provider": "aws", "region": "eu-west-3"}}, "place.provider"),
        ({"place": {"country": "FR", "state": "CA"}}, "place.state"),
        ({"place": {"country": "US", "state": "XX"}}, "place.state"),
        ({"place": {"state": "CA"}}, "place.country"),
        ({"place": {"provider": "aws"}}, "place.region"),
        ({"place": {"region": "us-east-1"}}, "place.provider"),
        ({"place": {"provider": "ovh", "region": "gra"}}, "place.provider"),
        ({"place": {"country": "FR", "lat": 48}}, "place.lat"),
        ({"contracts": [{**CONTRACT, "evidence": "receipt.pdf"}]}, "contracts[0].evidence"),
        ({"contracts": [without(CONTRACT, "energy_uwh")]}, "contracts[0].energy_uwh"),
        ({"model": "llama-3.1-8b"}, "model"),
        ({"requests": 5}, "requests"),
        ({"batch": 5}, "batch"),
    ],
)
def test_training__with_one_thing_wrong__names_the_field(changed: dict[str, Any], field: str) -> None:
    assert field in refused({**TRAINING, **changed})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"model": "gpt-9"}, "model"),
        ({"active_params": 8_000_000_000}, "model"),
        ({"total_params": 8_000_000_000}, "total_params"),
        ({"cached_tokens": 1}, "cached_tokens"),
        ({"input_tokens": 5, "cached_tokens": 6}, "cached_tokens"),
        ({"requests": 10**13, "output_tokens": 10**6}, "requests"),
        ({"phases": [PHASE]}, "model"),
        ({"batch": 0}, "batch"),
        ({"output_tokens": True}, "output_tokens"),
    ],
)
def test_inference__with_one_thing_wrong__names_the_field(changed: dict[str, Any], field: str) -> None:
    assert field in refused({**TOKENS, **changed})


@pytest.mark.parametrize(
    ("workload", "field"),
    [
        (without(TOKENS, "model"), "model"),
        (without(TOKENS, "output_tokens"), "output_tokens"),
        (without(TOKENS, "model", "output_tokens"), "model"),
        ({**without(TOKENS, "model", "output_tokens"), "requests": 1, "pue_ppm": 1_100_000}, "pue_ppm"),
        ({**without(TOKENS, "model"), "active_params": 10**9, "total_params": 10**8}, "total_params"),
        (without(TRAINING, "phases"), "phases"),
        (without(TRAINING, "kind"), "kind"),
        (without(TRAINING, "start"), "start"),
        (without(TRAINING, "end"), "end"),
    ],
)
def test_workload__without_a_needed_field__names_it(workload: dict[str, Any], field: str) -> None:
    assert field in refused(workload)


def test_workload__with_many_errors__lists_them_all() -> None:
    wrong = {
        "kind": "training",
        "start": "x",
        "end": 1.5,
        "phases": [{"hardware": "h100"}],
        "colour": "green",
    }

    assert {"start", "end", "phases[0].hardware", "phases[0].device_seconds", "colour"} <= set(refused(wrong))


@pytest.mark.parametrize(
    ("changed", "field", "suggestion"),
    [
        ({"phases": [{**PHASE, "hardware": "h100-sxm"}]}, "phases[0].hardware", "h100-sxm-80gb"),
        ({"place": {"provider": "aws", "region": "us-esat-1"}}, "place.region", "us-east-1"),
        ({"pue": 1_200_000}, "pue", "pue_ppm"),
        ({"place": {"contry": "FR"}}, "place.contry", "country"),
    ],
)
def test_unknown_word__near_a_known_one__is_suggested(
    changed: dict[str, Any], field: str, suggestion: str
) -> None:
    _, expected = refused({**TRAINING, **changed})[field]

    assert "did you mean " in expected
    assert suggestion in expected.partition("did you mean ")[2]


def test_unknown_word__in_thousands_of_rows__is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, close = [], difflib.get_close_matches

    def counted(word: str, *rest: Any, **named: Any) -> list[str]:
        compared.append(word)
        return close(word, *rest, **named)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    found = [refused({**TOKENS, "model": "acme/support-bot-v3", "requests": n}) for n in range(1, 4)]
    assert (found[0], compared) == (found[2], ["acme/support-bot-v3"])


def test_unknown_model__near_a_known_one__is_suggested() -> None:
    _, expected = refused({**TOKENS, "model": "llama-3.1-9b"})["model"]

    assert "llama-3.1-8b" in expected


def test_hostile_value__in_an_error__is_shortened() -> None:
    problem, _ = refused({**TRAINING, "start": "9" * 100_000})["start"]

    assert len(problem) < 100


def test_spellings__of_one_workload__have_one_canonical_form() -> None:
    plain = {**TRAINING, "name": "caf\u00e9", "place": {"country": "US", "state": "CA"}}
    other = {
        "place": {"state": "ca", "country": "us"},
        "name": "cafe\u0301",
        "phases": [{"device_seconds": 3600, "hardware": "H100-SXM-80GB"}],
        "end": "1700003600",
        "start": "1700000000",
        "kind": "training",
    }

    assert parse_workload(plain) == parse_workload(other)
    assert parse_workload(plain).canonical() == parse_workload(other).canonical()


def test_canonical__of_a_workload__holds_only_what_was_stated() -> None:
    assert parse_workload(TRAINING).canonical() == {
        "kind": "training",
        "start": "1700000000",
        "end": "1700003600",
        "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": "3600"}],
    }


def test_kind__in_a_leaf__has_its_number() -> None:
    assert [kind.leaf_code for kind in (Kind.TRAINING, Kind.FINE_TUNING, Kind.INFERENCE)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": {"country": "F\u212a"}}, "place.country"),
        ({"place": {"country": "US", "state": "O\u212a"}}, "place.state"),
        ({"place": {"provider": "aw\u017f", "region": "us-east-1"}}, "place.provider"),
        ({"phases": [PHASE | {"hardware": "h100-\u017fxm-80gb"}]}, "phases[0].hardware"),
    ],
)
def test_workload__name_that_folds_to_ascii__is_refused(changes: dict[str, Any], field: str) -> None:
    assert refused(TRAINING | changes)[field][0] == "holds characters beyond ASCII"


def test_workload__more_wrong_fields_than_anyone_reads__names_the_first_twenty() -> None:
    wrong = TRAINING | {f"colour{number}": 1 for number in range(1000)} | {"kind": "mining"}
    assert list(refused(wrong)) == [f"colour{number}" for number in range(20)]
