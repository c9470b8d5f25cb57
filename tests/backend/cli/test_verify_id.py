"""`greenledger verify 0x...`: the report comes from the chain, the workloads from whoever disclosed them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cli_bundles import LEDGER, disclosed, id_of, make_bundle
from cli_node import Node
from typer.testing import CliRunner, Result

from greenledger.cli.main import app
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import compute
from greenledger.evidence.merkle import StandardTree
from greenledger.footprint.factors import load_factor_set, published_sets

Write = Callable[[object], str]
RUNNER = CliRunner()


def verify(target: str, node: Node, *options: str, text: str | None = None) -> Result:
    command = ["verify", target, "--rpc", node.url, *options]
    return RUNNER.invoke(app, command, env={"COLUMNS": "250"}, input=text)


def leaf_of(bundle: EvidenceBundle, index: int, *, stated: bool) -> dict[str, Any]:
    """What an owner shows of one workload of many."""
    computed = [compute(item, load_factor_set()) for item in bundle.workloads]
    proof = StandardTree([item.leaf for item in computed]).proof(index)
    total = computed[index].estimate.total_ug
    bounds = {"low_ug": str(total.low), "central_ug": str(total.central), "high_ug": str(total.high)}
    shown = disclosed(bundle)[index] | {"proof": [f"0x{sibling.hex()}" for sibling in proof]}
    return shown | bounds if stated else shown


def different(result: Result) -> list[str]:
    return [check["field"] for check in json.loads(result.stdout)["checks"] if check["equal"] is False]


def test_verify_id__with_its_workload__is_equal_in_every_field(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)

    result = verify(
        id_of(bundle), node, "--ledger", LEDGER, "--workload", write(disclosed(bundle)[0]), "--json"
    )

    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["equal"] is True
    assert found["sums_recomputed"] is True
    assert found["factor_set"] in published_sets()
    assert found["ledger"] == {"address": LEDGER, "source": "--ledger"}
    assert found["report"] == bundle.as_json()["report"]
    rows = {check["field"]: check for check in found["checks"]}
    central = str(bundle.report.footprint.central_ug)
    assert rows["footprint.central_ug"] == {
        "field": "footprint.central_ug",
        "stated": central,
        "chain": central,
        "recomputed": central,
        "equal": True,
    }


def test_verify_id__with_the_bundle__needs_no_ledger_beside_it(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)

    result = verify(id_of(bundle), node, "--workload", write(bundle.as_json()))

    assert result.exit_code == 0
    assert f"Ledger {LEDGER} on chain 31337, from the bundle" in result.stdout
    assert "Equal in every field" in result.stdout


def test_verify_id__with_workloads_from_standard_input__is_equal(node: Node, bundle: EvidenceBundle) -> None:
    node.record(bundle)

    result = verify(
        id_of(bundle), node, "--ledger", LEDGER, "--workload", "-", text=json.dumps(disclosed(bundle))
    )

    assert result.exit_code == 0


def test_verify_id__without_a_workload__shows_the_chain_and_could_not_check(
    node: Node, bundle: EvidenceBundle
) -> None:
    node.record(bundle)

    result = verify(id_of(bundle), node, "--ledger", LEDGER)

    assert result.exit_code == 2
    assert "nothing to recompute: give --workload" in result.stdout
    assert str(bundle.report.footprint.energy_uwh) in result.stdout


def test_verify_id__without_a_workload_as_json__is_neither_equal_nor_different(
    node: Node, bundle: EvidenceBundle
) -> None:
    node.record(bundle)

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout)["equal"] is None
    assert json.loads(result.stdout)["error"].startswith("nothing to recompute")


def test_verify_id__never_recorded__is_not_equal(node: Node, bundle: EvidenceBundle) -> None:
    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--json")

    assert result.exit_code == 1
    assert different(result) == ["recorded"]


def test_verify_id__of_another_report_in_the_event__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    event = node.events[id_of(bundle)]
    event["data"] = str(event["data"])[:-1] + "1"

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(disclosed(bundle)), "--json")

    assert result.exit_code == 1
    assert different(result) == ["id"]


def test_verify_id__with_another_workload__names_what_differs(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    shown = disclosed(bundle)
    shown[0]["workload"] = {**shown[0]["workload"], "place": {"country": "PL"}}

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(shown), "--json")

    assert result.exit_code == 1
    assert {"footprint.root", "footprint.central_ug"} <= set(different(result))
    assert "footprint.energy_uwh" not in different(result)


def test_verify_id__with_the_bundle_of_another_attestation__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    other = make_bundle(2, load_factor_set())

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(other.as_json()), "--json")

    assert result.exit_code == 1
    assert different(result) == ["bundle.id"]


@pytest.mark.parametrize("stated", [True, False])
def test_verify_id__with_one_leaf_of_many__checks_that_leaf_alone(
    node: Node, write: Write, stated: bool
) -> None:
    batch = make_bundle(5, load_factor_set())
    node.record(batch)

    result = verify(
        id_of(batch), node, "--ledger", LEDGER, "--workload", write(leaf_of(batch, 3, stated=stated))
    )

    assert result.exit_code == 0
    assert "Equal in every field of 1 of 5 workloads; the sums were not recomputed" in result.stdout


def test_verify_id__with_a_leaf_that_states_less__is_not_equal(node: Node, write: Write) -> None:
    batch = make_bundle(5, load_factor_set())
    node.record(batch)
    leaf = leaf_of(batch, 3, stated=True)
    leaf["low_ug"] = str(int(leaf["low_ug"]) - 1)

    result = verify(id_of(batch), node, "--ledger", LEDGER, "--workload", write([leaf]), "--json")

    assert result.exit_code == 1
    assert different(result) == ["workloads[0].under_root", "workloads[0].low_ug"]


@pytest.mark.parametrize("stated", [True, False])
def test_verify_id__with_one_leaf_shown_twice__could_not_check(
    node: Node, write: Write, *, stated: bool
) -> None:
    batch = make_bundle(5, load_factor_set())
    node.record(batch)
    shown = [leaf_of(batch, 3, stated=True), leaf_of(batch, 1, stated=True), leaf_of(batch, 3, stated=stated)]

    result = verify(id_of(batch), node, "--ledger", LEDGER, "--workload", write(shown))

    assert result.exit_code == 2
    assert "workloads[2]" in result.stderr
    assert "the same as workloads[0]" in result.stderr


def test_verify_id__with_the_proof_of_another_leaf__is_not_equal(node: Node, write: Write) -> None:
    batch = make_bundle(5, load_factor_set())
    node.record(batch)
    leaf = leaf_of(batch, 3, stated=False) | {"proof": leaf_of(batch, 0, stated=False)["proof"]}

    result = verify(id_of(batch), node, "--ledger", LEDGER, "--workload", write(leaf), "--json")

    assert result.exit_code == 1
    assert different(result) == ["workloads[0].under_root"]


def test_verify_id__with_some_workloads_and_no_proof__could_not_check(node: Node, write: Write) -> None:
    batch = make_bundle(5, load_factor_set())
    node.record(batch)

    result = verify(id_of(batch), node, "--ledger", LEDGER, "--workload", write(disclosed(batch)[:2]))

    assert result.exit_code == 2
    assert "2 without proofs, expected all 5 of the report" in result.stderr


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], "1 to 10000"),
        ("text", "a bundle, or 1 to 10000"),
        ([{"workload": {}, "salt": "0x12"}], "workloads[0].salt: not 32 bytes"),
        ([{"workload": {}}], "workloads[0].salt: missing"),
        ({"workload": {}, "salt": "0x" + "00" * 32, "proof": ["0x"]}, "workloads[0].proof[0]"),
        ({"workload": {}, "salt": "0x" + "00" * 32, "proof": ["0x"] * 41}, "at most 40"),
        ({"workload": {}, "salt": "0x" + "00" * 32, "proof": [], "low_ug": "1"}, "low_ug: given alone"),
        ({"workload": {}, "salt": "0x" + "00" * 32, "proof": [], "root": "1"}, "root: unknown field"),
    ],
)
def test_verify_id__with_a_disclosure_that_cannot_be_read__names_the_field(
    node: Node, bundle: EvidenceBundle, write: Write, document: object, problem: str
) -> None:
    node.record(bundle)

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(document))

    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.parametrize("set_id", published_sets())
def test_verify__of_a_report_under_any_shipped_set__recomputes_with_that_set(
    node: Node, write: Write, set_id: str
) -> None:
    bundle = make_bundle(1, load_factor_set(set_id))
    node.record(bundle)

    by_id = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(disclosed(bundle)), "--json")
    by_file = verify(write(bundle.as_json()), node, "--json")

    assert (by_id.exit_code, by_file.exit_code) == (0, 0)
    assert json.loads(by_id.stdout)["factor_set"] == json.loads(by_file.stdout)["factor_set"] == set_id
