"""From disclosed workloads to a footprint, and the comparison that finds what was changed."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from greenledger.evidence.bundle import EvidenceBundle, bundle_from_json
from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.disclosure import (
    DisclosedWorkload,
    InvalidDisclosure,
    build_footprint,
    compute,
    recompute,
    workload_hash,
)
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.merkle import StandardTree, workload_leaf
from greenledger.evidence.methodology import METHOD, estimate_as_json, factor_root, methodology_id
from greenledger.evidence.typed_data import (
    Domain,
    Footprint,
    FootprintReport,
    InvalidReport,
    footprint_report_id,
)
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.parsing import parse_workload

Disclosed = list[DisclosedWorkload]


def test_workload_hash__is_salt_and_hash_of_the_canonical_bytes(disclosed: Disclosed) -> None:
    workload = parse_workload(disclosed[0].workload)
    salt = b"\x05" * 32

    assert workload_hash(workload, salt) == keccak256(salt + keccak256(canonical_bytes(workload.canonical())))
    assert workload_hash(workload, salt) != workload_hash(workload, bytes(32))
    with pytest.raises(ValueError, match="salt"):
        workload_hash(workload, bytes(31))


def test_leaf__of_a_disclosed_workload__is_of_the_first_version(
    disclosed: Disclosed, factors: FactorSet
) -> None:
    result = compute(disclosed[0], factors)
    total = result.estimate.total_ug
    integers = total.low, total.central, total.high

    assert result.leaf == workload_leaf(result.workload.kind.leaf_code, 1, result.hash, *integers)
    assert result.leaf != workload_leaf(result.workload.kind.leaf_code, 2, result.hash, *integers)


def test_footprint__of_three_workloads__sums_their_integers(disclosed: Disclosed, factors: FactorSet) -> None:
    results = [estimate(parse_workload(item.workload), factors) for item in disclosed]
    footprint = build_footprint(disclosed, factors, valid_until=7)

    assert footprint.count == 3
    assert footprint.low_ug == sum(result.total_ug.low for result in results)
    assert footprint.central_ug == sum(result.total_ug.central for result in results)
    assert footprint.high_ug == sum(result.total_ug.high for result in results)
    assert footprint.market_ug == sum(result.total_market_ug.central for result in results)
    assert footprint.embodied_ug == sum(result.embodied_ug.central for result in results)
    assert footprint.energy_uwh == sum(result.energy_uwh.central for result in results)
    assert footprint.water_ul == sum(result.water_ul.central for result in results)
    assert footprint.tier == max(result.tier for result in results)
    assert (footprint.period_start, footprint.period_end) == (1_700_000_000, 1_700_086_400)
    assert footprint.root == StandardTree([compute(item, factors).leaf for item in disclosed]).root
    assert footprint.methodology == methodology_id(factors)
    assert footprint.valid_until == 7


def test_recompute__of_an_honest_report__finds_nothing(
    report: FootprintReport, disclosed: Disclosed, factors: FactorSet
) -> None:
    assert recompute(report, disclosed, factors) == ()
    assert recompute(report, disclosed[::-1], factors) == ()


@pytest.mark.parametrize(
    "name", [entry.name for entry in fields(Footprint) if entry.name not in ("supersedes", "valid_until")]
)
def test_recompute__with_one_field_changed__names_exactly_it(
    report: FootprintReport, disclosed: Disclosed, factors: FactorSet, name: str
) -> None:
    value = getattr(report.footprint, name)
    other = bytes(32) if isinstance(value, bytes) else value + 1
    changed = replace(report, footprint=replace(report.footprint, **{name: other}))

    (mismatch,) = recompute(changed, disclosed, factors)

    assert mismatch.field == f"footprint.{name}"
    assert mismatch.recomputed == ("0x" + value.hex() if isinstance(value, bytes) else str(value))


def test_recompute__with_one_second_more_disclosed__finds_root_and_amounts(
    report: FootprintReport, disclosed: Disclosed, factors: FactorSet
) -> None:
    phases = [{"hardware": "a100-sxm-80gb", "device_seconds": "3601"}]
    disclosed[0] = replace(disclosed[0], workload={**disclosed[0].workload, "phases": phases})

    found = {mismatch.field for mismatch in recompute(report, disclosed, factors)}

    assert {"footprint.root", "footprint.energy_uwh", "footprint.central_ug"} <= found


def test_recompute__with_another_salt__finds_the_root(
    report: FootprintReport, disclosed: Disclosed, factors: FactorSet
) -> None:
    disclosed[0] = replace(disclosed[0], salt=b"\xff" * 32)

    assert [mismatch.field for mismatch in recompute(report, disclosed, factors)] == ["footprint.root"]


def test_disclosure__of_the_same_work_twice__is_refused(disclosed: Disclosed, factors: FactorSet) -> None:
    again = replace(disclosed[0], salt=b"\xff" * 32)

    with pytest.raises(InvalidDisclosure, match=r"workloads\[3\]: the same as workloads\[0\]"):
        build_footprint([*disclosed, again], factors, valid_until=7)


def test_disclosure__of_nothing__is_refused(factors: FactorSet) -> None:
    with pytest.raises(InvalidDisclosure, match="at least one workload"):
        build_footprint([], factors, valid_until=7)


def test_disclosure__of_an_unreadable_workload__names_its_path(
    disclosed: Disclosed, factors: FactorSet
) -> None:
    disclosed[1] = replace(disclosed[1], workload={**disclosed[1].workload, "end": 5})

    with pytest.raises(InvalidDisclosure) as caught:
        build_footprint(disclosed, factors, valid_until=7)
    assert [error.field for error in caught.value.errors] == ["workloads[1].workload.end"]


def test_disclosure__with_a_short_salt__names_it(disclosed: Disclosed, factors: FactorSet) -> None:
    disclosed[2] = replace(disclosed[2], salt=b"")

    with pytest.raises(InvalidDisclosure, match=r"workloads\[2\]\.salt: 0 bytes"):
        build_footprint(disclosed, factors, valid_until=7)


def test_methodology__is_method_and_factor_root(factors: FactorSet) -> None:
    assert methodology_id(factors) == keccak256(METHOD.encode() + b"\x00" + factor_root(factors))


def test_factor_root__of_three_rows__is_the_tree_by_hand(factors: FactorSet) -> None:
    three = replace(factors, rows=factors.rows[:3])
    a, b, c = (keccak256(b"\x00" + row) for row in three.canonical_rows)

    assert factor_root(three) == keccak256(b"\x01" + keccak256(b"\x01" + a + b) + c)


def test_factor_root__with_one_number_changed__is_another(factors: FactorSet) -> None:
    first = factors.rows[0]
    changed = replace(first, value=first.value + first.value)

    assert factor_root(replace(factors, rows=(changed, *factors.rows[1:]))) != factor_root(factors)


def test_estimate_json__names_its_methodology(disclosed: Disclosed, factors: FactorSet) -> None:
    members = estimate_as_json(estimate(parse_workload(disclosed[0].workload), factors), factors)

    assert members["methodology"] == {
        "id": "0x" + methodology_id(factors).hex(),
        "method": "gal-footprint/1",
        "factor_set": factors.set_id,
        "factor_root": "0x" + factor_root(factors).hex(),
    }


def test_bundle__through_json__is_equal_and_knows_its_digest(
    report: FootprintReport, disclosed: Disclosed, domain: Domain
) -> None:
    id_ = footprint_report_id(report, domain)
    bundle = EvidenceBundle(domain.chain_id, domain.contract, report, tuple(disclosed), id_)

    assert bundle_from_json(bundle.as_json()) == bundle
    assert bundle.digest() == id_


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"version": 2}, "version"),
        ({"chain_id": "x"}, "chain_id"),
        ({"ledger": "0x00"}, "ledger"),
        ({"report": {}}, "report.account"),
        ({"report": 5}, "report"),
        ({"workloads": []}, "workloads"),
        ({"workloads": [{"workload": {}}]}, "workloads[0].salt"),
        ({"workloads": [{"workload": [], "salt": "0x"}]}, "workloads[0].workload"),
        ({"workloads": [{"workload": {}, "salt": "0x00"}]}, "workloads[0].salt"),
        ({"id": "0x"}, "id"),
        ({"note": ""}, "note"),
    ],
)
def test_bundle__with_one_thing_wrong__names_the_field(
    report: FootprintReport, disclosed: Disclosed, domain: Domain, change: dict[str, object], field: str
) -> None:
    bundle = EvidenceBundle(domain.chain_id, domain.contract, report, tuple(disclosed), bytes(32))

    with pytest.raises(InvalidReport) as caught:
        bundle_from_json({**bundle.as_json(), **change})
    assert caught.value.field == field
