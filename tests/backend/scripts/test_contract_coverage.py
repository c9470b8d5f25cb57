"""Coverage of contracts: what one call shows and what it leaves open, down to each operand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boa
import pytest
from boa.vm.py_evm import TracingCodeStream
from eth.vm.code_stream import CodeStream

from scripts.coverage.bytecode import compile_codes
from scripts.coverage.figures import FileFigures, Gap, apply_exceptions, figures, what_ran
from scripts.coverage.recorder import Recorder
from scripts.coverage.source import read_source

SOURCE = """\
# pragma version ~=0.4.3
LIMIT: immutable(uint256)
total: uint256


@deploy
def __init__(limit: uint256):
    assert limit != 0, "limit is zero"
    LIMIT = limit


@external
def add(amounts: DynArray[uint256, 4], twice: bool) -> uint256:
    assert len(amounts) != 0, "nothing to add"
    for amount: uint256 in amounts:
        if amount == 9:
            break
        if amount > LIMIT and not twice:
            raise "above the limit"
        self.total += 2 * amount if twice else amount
    return self.total
"""


class Measured:
    """A contract under the recorder, in titanoboa's chain."""

    def __init__(self, root: Path) -> None:
        self.path = root / "contracts" / "adder.vy"
        self.root = root
        self.recorder = Recorder(compile_codes(self.path, root), root / "record.json")
        self.recorder.install()
        self.contract: Any = None

    def deploy(self, limit: int) -> None:
        self.contract = boa.load(str(self.path), limit, compiler_args={"evm_version": "cancun"})

    def figures(self) -> FileFigures:
        record = self.recorder.record()
        return figures(read_source(self.path, self.root), what_ran(self.recorder.codes, record))


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Measured]:
    for stream in (CodeStream, TracingCodeStream):
        monkeypatch.setattr(stream, "__iter__", stream.__iter__)  # put back afterwards
    monkeypatch.setattr("eth._utils.headers.eth_now", lambda: 0)
    monkeypatch.setattr("scripts.coverage.recorder.settings", FakeProfile)
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts" / "adder.vy").write_text(SOURCE)
    with boa.env.anchor():
        yield Measured(tmp_path)


class FakeProfile:
    """Hypothesis keeps its own settings in this process."""

    register_profile = load_profile = staticmethod(lambda *_, **__: None)


@pytest.fixture
def gaps(measured: Measured) -> Callable[[], set[tuple[int, str]]]:
    return lambda: {(gap.line, gap.what) for gap in measured.figures().gaps}


def test_figures__nothing_run__covers_nothing(measured: Measured) -> None:
    found = measured.figures()
    assert (found.lines_covered, found.outcomes_covered) == (0, 0)
    assert (found.lines, found.outcomes) == (9, 14)


def test_figures__one_call__leaves_the_other_outcomes_open(
    measured: Measured, gaps: Callable[[], set[tuple[int, str]]]
) -> None:
    measured.deploy(5)
    measured.contract.add([1], False)
    assert gaps() == {
        (8, "never fails"),
        (14, "never fails"),
        (16, "never true"),
        (18, "never true"),
        (18, "operand 1 has always the same value"),
        (19, "never runs"),
        (20, "condition has always the same value"),
    }


def test_figures__loop_that_only_breaks__never_ends_by_itself(
    measured: Measured, gaps: Callable[[], set[tuple[int, str]]]
) -> None:
    measured.deploy(5)
    measured.contract.add([1, 9], False)
    assert (15, "never ends by itself") in gaps()
    measured.contract.add([1], False)
    assert (15, "never ends by itself") not in gaps()


def test_figures__all_outcomes_shown__leave_no_gap(measured: Measured) -> None:
    with boa.reverts("limit is zero"):
        measured.deploy(0)
    measured.deploy(5)
    measured.contract.add([1, 9], False)
    measured.contract.add([7], True)
    with boa.reverts("nothing to add"):
        measured.contract.add([], True)
    with boa.reverts("above the limit"):
        measured.contract.add([7], False)
    found = measured.figures()
    assert found.gaps == []
    assert (found.lines_covered, found.outcomes_covered) == (9, 14)


def test_apply_exceptions__gap_with_a_reason__is_explained_and_a_reason_without_gap_is_stale() -> None:
    gap = Gap("a.vy", 4, "never fails", "assert x")
    other = Gap("a.vy", 9, "never runs", "y = 1")
    reason = {"file": "a.vy", "text": "assert x", "what": "never fails", "why": "x is checked before"}
    old = {"file": "a.vy", "text": "assert z", "what": "never fails", "why": "z was checked before"}
    assert apply_exceptions([gap, other], [reason, old]) == ([other], [old])
