"""Replies in the shapes that vendors document, written by hand, and a check of those shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SHAPES: dict[str, dict[str, dict[str, str]]] = json.loads((DATA / "shapes.json").read_text())
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def recorded(market: str, name: str) -> Any:
    """A recorded reply, fresh each time so that a test may change it."""
    return json.loads((DATA / market / f"{name}.json").read_text())


def assert_shape(value: dict[str, Any], market: str, shape: str) -> None:
    for field, kind in SHAPES[market][shape].items():
        where = f"{market} {shape}.{field}"
        assert field in value, f"{where} is missing"
        found = value[field]
        if found is None:
            assert kind.endswith("?"), f"{where} is null"
            continue
        expected = kind.rstrip("?")
        assert isinstance(found, TYPES[expected]), f"{where} is no {expected}"
        assert expected == "boolean" or not isinstance(found, bool), f"{where} is a boolean"


def assert_cnaught_order(order: dict[str, Any]) -> None:
    """An order with all parts that it has."""
    assert_shape(order, "cnaught", "order")
    for part in order.get("project_allocations", []):
        assert_shape(part, "cnaught", "allocation")
        assert_shape(part["project"], "cnaught", "credit_project")
        for retirement in part["retirements"]:
            assert_shape(retirement, "cnaught", "retirement")


def assert_isometric_retirement(value: dict[str, Any]) -> None:
    """A retirement with what it names."""
    assert_shape(value, "isometric", "retirement")
    assert_shape(value["beneficiary"], "isometric", "organisation")
    assert_shape(value["credit_batch_size_total"], "isometric", "quantity")


def assert_isometric_page(value: dict[str, Any], shape: str) -> None:
    """A page of a list and each of its nodes."""
    assert_shape(value, "isometric", "page")
    assert_shape(value["page_info"], "isometric", "page_info")
    assert value["nodes"]
    for node in value["nodes"]:
        assert_shape(node, "isometric", shape)
