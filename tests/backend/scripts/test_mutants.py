"""Mutants are the faults they claim to be, tests are chosen by what they run, results outlive a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from vyper import compile_code

from scripts.coverage.bytecode import Code
from scripts.coverage.source import read_source
from scripts.mutants.choice import Choice
from scripts.mutants.operators import Mutant, find_mutants
from scripts.mutants.results import Results

SOURCE = """\
# pragma version ~=0.4.3
# Überschrift: letters of two bytes in a comment move no position.
LIMIT: constant(uint256) = 7

event Paid:
    amount: uint256

owner: address
paid: HashMap[address, uint256]


@external
def pay(account: address, other: address, amount: uint256) -> uint256:
    assert msg.sender == self.owner, "not the owner"
    if not (amount > LIMIT and account != other):
        return 0
    for i: uint256 in range(amount, bound=9):
        if i == 3:
            break
        self.paid[account] += (i *
            2)
    self._note(amount, LIMIT)
    return min(amount, self.paid[other]) if amount < 8 else 5


@internal
def _note(amount: uint256, other: uint256):
    data: Bytes[32] = convert("abc", Bytes[32])
    log Paid(amount=amount)
"""


def changes() -> set[tuple[int, str, str, str]]:
    return {(item.line, item.operator, item.before, item.after) for item in find_mutants("a.vy", SOURCE)}


@pytest.mark.parametrize(
    "change",
    [
        (3, "constant plus one", "7", "8"),
        (3, "constant minus one", "7", "6"),
        (14, "comparison changed", "==", "!="),
        (14, "role swapped", "msg.sender", "tx.origin"),
        (14, "assert removed", 'assert msg.sender == self.owner, "not the owner"', "pass"),
        (15, "not removed", "not ", ""),
        (15, "comparison changed", ">", ">="),
        (15, "and/or swapped", "and", "or"),
        (16, "constant plus one", "0", "1"),
        (17, "constant minus one", "9", "8"),
        (18, "condition always true", "i == 3", "((i == 3) or True)"),
        (18, "condition always false", "i == 3", "((i == 3) and False)"),
        (19, "break removed", "break", "pass"),
        (20, "wrong index", "account", "other"),
        (20, "arithmetic changed", "+", "-"),
        (20, "arithmetic changed", "*", "//"),
        (20, "write removed", "self.paid[account] += (i *\n            2)", "pass"),
        (22, "call removed", "self._note(amount, LIMIT)", "pass"),
        (22, "arguments swapped", "amount, LIMIT", "LIMIT, amount"),
        (23, "min/max swapped", "min", "max"),
        (28, "early return", "", "return\n    "),
        (29, "event removed", "log Paid(amount=amount)", "pass"),
    ],
)
def test_find_mutants__each_kind_of_fault__is_found_in_its_place(change: tuple[int, str, str, str]) -> None:
    assert change in changes()


def test_find_mutants__ternary__is_swapped_and_returns_nothing() -> None:
    line = "min(amount, self.paid[other]) if amount < 8 else 5"
    swapped = "5 if amount < 8 else min(amount, self.paid[other])"
    assert {
        (23, "ternary swapped", line, swapped),
        (23, "returns nothing", line, "empty(uint256)"),
    } <= changes()


def test_find_mutants__larger_bound_of_a_loop_or_size_of_a_type__is_left_alone() -> None:
    found = changes()
    assert (17, "constant plus one", "9", "10") not in found
    assert not [change for change in found if change[0] == 28 and change[2] == "32"]


def test_find_mutants__every_mutant__changes_its_own_place_only() -> None:
    for mutant in find_mutants("a.vy", SOURCE):
        changed = mutant.applied_to(SOURCE)
        assert changed != SOURCE
        assert changed[: mutant.start] == SOURCE[: mutant.start]
        assert changed.endswith(SOURCE[mutant.start + len(mutant.before) :])
        assert SOURCE.count("\n", 0, mutant.start) + 1 == mutant.line


def test_find_mutants__most__compile() -> None:
    mutants = [item for item in find_mutants("a.vy", SOURCE) if item.operator != "arguments swapped"]
    compiled = 0
    for mutant in mutants:
        try:
            compile_code(mutant.applied_to(SOURCE), output_formats=["bytecode"])
            compiled += 1
        except Exception as error:
            assert type(error).__module__.startswith("vyper"), mutant
    assert compiled > 0.9 * len(mutants)


@pytest.fixture
def choice(tmp_path: Path) -> Choice:
    """Line 14 is run by three tests, one of which goes no further; line 15 by two."""
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "a.vy").write_text(SOURCE)
    source = read_source(tmp_path / "contracts" / "a.vy", tmp_path)
    code = Code("a", b"", lines={0: [(source.file, 14)], 1: [(source.file, 15)], 2: [(source.file, 23)]})
    record = {
        "steps": {"refused": {"0": [0]}, "quick": {"0": [0, 1]}, "fixture:paid": {"0": [0, 1, 2]}},
        "users": {"refused": [], "quick": [], "slow": ["paid"]},
        "seconds": {"refused": 1.0, "quick": 0.1, "slow": 9.0},
    }
    return Choice([code], record, {source.file: source})


def mutant_at(line: int, before: str = "x") -> Mutant:
    return Mutant("contracts/a.vy", line, "comparison changed", line, before, "y")


def test_tests_for__refusal__tries_the_test_that_stops_there_first(choice: Choice) -> None:
    assert choice.tests_for(mutant_at(14)) == ["refused", "quick", "slow"]


def test_tests_for__line_of_two_tests__leaves_the_third_out(choice: Choice) -> None:
    assert choice.tests_for(mutant_at(15)) == ["quick", "slow"]


def test_tests_for__constant__takes_the_tests_of_the_lines_that_name_it(choice: Choice) -> None:
    assert choice.tests_for(mutant_at(3)) == ["quick", "slow"]


def test_tests_for__killer_of_a_neighbour__comes_first(choice: Choice) -> None:
    choice.learn(mutant_at(16), "refused")
    choice.learn(mutant_at(16), "quick")
    assert choice.tests_for(mutant_at(23)) == ["slow"]
    assert choice.tests_for(mutant_at(15))[0] == "quick"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "a.vy").write_text(SOURCE)
    return tmp_path


def test_results__after_a_crash__are_still_known(root: Path) -> None:
    Results(root / "build", root).add(mutant_at(14), {"status": "killed", "by": "test"})
    with (root / "build" / "mutants.jsonl").open("a") as journal:
        journal.write('{"key": "cut o')
    assert Results(root / "build", root).has(mutant_at(14))
    assert not Results(root / "build", root).has(mutant_at(15))


def test_results__of_other_contracts__are_forgotten(root: Path) -> None:
    Results(root / "build", root).add(mutant_at(14), {"status": "killed", "by": "test"})
    (root / "contracts" / "a.vy").write_text(SOURCE + "\n")
    assert not Results(root / "build", root).has(mutant_at(14))


def test_results__that_say_nothing__are_not_counted(root: Path) -> None:
    results = Results(root / "build", root)
    statuses = ["killed", "survived", "timeout", "equivalent", "invalid"]
    mutants = [mutant_at(line) for line in range(1, 6)]
    for mutant, status in zip(mutants, statuses, strict=True):
        results.add(mutant, {"status": status})
    summary = results.write(mutants, seed=1, seconds=2.0)
    assert (summary["killed"], summary["total"], summary["percent"]) == (1, 3, 33.3)
    assert [item["status"] for item in summary["survivors"]] == ["survived", "timeout"]
