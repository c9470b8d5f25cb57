"""What `scripts/deploy.py` is told of registries: wrong entries are named before anything is sent."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import click
import pytest
from deployments import POLICY
from reports import TONNE_UG

registries: Any = import_module("scripts.deployment.registries")

ROW = {"key": "icr", "unit_ug": str(TONNE_UG), "policy": POLICY}
LARGEST = 2**72 - 1


def read(monkeypatch: pytest.MonkeyPatch, value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value)
    monkeypatch.setenv("GREENLEDGER_REGISTRIES", text)
    return registries.registries_from_environment()


def test_registries__at_the_limits__are_what_goes_on_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = read(monkeypatch, [ROW, {"key": "x" * 32, "unit_ug": LARGEST, "policy": POLICY}])
    assert (first.key, first.unit_ug) == (b"icr" + b"\0" * 29, TONNE_UG)
    assert first.policy == bytes.fromhex(POLICY[2:])
    assert (second.key, second.unit_ug) == (b"x" * 32, LARGEST)
    assert read(monkeypatch, "") == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"policy": "0xcd"}, "policy: expected 0x and 64 hex digits"),
        ({"policy": POLICY + "cd"}, "policy: expected"),
        ({"policy": "0x" + "c d" * 21 + "c"}, "policy: expected"),
        ({"policy": "0x" + "00" * 32}, "policy: expected"),
        ({"policy": None}, "policy: expected"),
        ({"key": ""}, "key: expected 1 to 32 ASCII characters"),
        ({"key": "x" * 33}, "key: expected"),
        ({"key": "ü"}, "key: expected"),
        ({"key": "icr\0"}, "key: expected"),
        ({"key": 7}, "key: expected"),
        ({"unit_ug": "0"}, "unit_ug: expected a whole number from 1"),
        ({"unit_ug": LARGEST + 1}, "unit_ug: expected"),
        ({"unit_ug": "9" * 5000}, "unit_ug: expected"),
        ({"unit_ug": 1.5}, "unit_ug: expected"),
        ({"unit_ug": True}, "unit_ug: expected"),
        ({"unit_ug": "-1"}, "unit_ug: expected"),
        ({"uri": ""}, "expected an object of key, unit_ug and policy"),
    ],
)
def test_registries__entry_that_the_chain_would_not_keep__is_named(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], reason: str
) -> None:
    other = ROW | {"key": "verra"}
    with pytest.raises(click.ClickException, match=f"GREENLEDGER_REGISTRIES, entry 2.*{reason}"):
        read(monkeypatch, [other, ROW | changed])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("nonsense", "not JSON"),
        ("9" * 5000, "not JSON"),
        (ROW, "expected a list"),
        ([ROW, ROW], "a key stands there twice"),
        (["icr"], "entry 1: expected an object"),
    ],
)
def test_registries__no_list_of_entries__says_so(
    monkeypatch: pytest.MonkeyPatch, value: Any, reason: str
) -> None:
    with pytest.raises(click.ClickException, match=f"GREENLEDGER_REGISTRIES.*{reason}"):
        read(monkeypatch, value)
