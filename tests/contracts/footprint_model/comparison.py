"""The model in process, its calls by names instead of positions, and the comparison with Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import boa
from eth_abi.abi import decode
from eth_utils.crypto import keccak
from in_process import load

from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.model_call import model_call, row_arguments
from greenledger.footprint.estimate import STAGES, Estimate, estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import Workload

FACTORS = load_factor_set()
START, YEAR_S = 1_700_000_000, 31_536_000  # 14 November 2023
ZERO = (0, 0, 0)
ERROR = keccak(text="Error(string)")[:4]

Named = dict[str, Any]


@cache
def model() -> Any:
    """The model with its arithmetic, deployed once."""
    return load("contracts/FootprintModel.vy", load("contracts/FootprintArithmetic.vy"))


@cache
def _inputs() -> list[Named]:
    found = next(entry for entry in model().abi if entry.get("name") == "estimate")
    inputs: list[Named] = found["inputs"]
    return inputs


def _named(kind: Named, value: Any) -> Any:
    if kind["type"].endswith("[]"):
        return [_named(kind | {"type": kind["type"][:-2]}, item) for item in value]
    if kind["type"] != "tuple":
        return value
    parts = zip(kind["components"], value, strict=True)
    return {part["name"]: _named(part, item) for part, item in parts}


def _in_order(kind: Named, value: Any) -> Any:
    if kind["type"].endswith("[]"):
        return [_in_order(kind | {"type": kind["type"][:-2]}, item) for item in value]
    if kind["type"] != "tuple":
        return value
    return tuple(_in_order(part, value[part["name"]]) for part in kind["components"])


@dataclass
class Call:
    """Arguments of `estimate` that a test may change before they are sent."""

    root: bytes
    workload: Named
    rows: list[Named]
    proofs: list[Named]

    @property
    def arguments(self) -> tuple[Any, ...]:
        values = (self.root, self.workload, self.rows, self.proofs)
        return tuple(_in_order(kind, value) for kind, value in zip(_inputs(), values, strict=True))

    def send(self) -> Any:
        return model().estimate(*self.arguments)

    def answered(self) -> bool:
        """Whether the model answers the call."""
        return bool(self._run().is_success)

    def refusal(self) -> str:
        """Why the model refuses the call, in its words; empty where it refuses without any."""
        computation = self._run()
        assert not computation.is_success, "the call was answered"
        output = bytes(computation.output)
        return str(decode(["string"], output[4:])[0]) if output[:4] == ERROR else ""

    def _run(self) -> Any:
        data = model().estimate.prepare_calldata(*self.arguments)
        return boa.env.execute_code(
            to_address=model().address, sender=boa.env.eoa, data=data, is_modifying=False
        )

    @property
    def keys(self) -> list[str]:
        return [row["key"] for row in self.rows]

    def row(self, key: str) -> Named:
        return self.rows[self.keys.index(key)]

    def drop(self, key: str) -> None:
        """Leaves a row out."""
        at = self.keys.index(key)
        del self.rows[at], self.proofs[at]

    def add(self, *keys: str, factors: FactorSet = FACTORS) -> None:
        """More rows of the set."""
        rows, proofs = (_inputs()[at] for at in (2, 3))
        added = row_arguments(keys, factors)
        self.rows += _named(rows, added[0])
        self.proofs += _named(proofs, added[1])


def workload_of(stated: Named, factors: FactorSet = FACTORS) -> Workload:
    """A workload of one year unless it states its own."""
    return parse_workload({"start": START, "end": START + YEAR_S, **stated}, factors)


def call_for(workload: Workload, factors: FactorSet = FACTORS) -> Call:
    arguments = model_call(workload, factors).arguments
    return Call(*(_named(kind, value) for kind, value in zip(_inputs(), arguments, strict=True)))


def call_of(stated: Named, factors: FactorSet = FACTORS) -> Call:
    return call_for(workload_of(stated, factors), factors)


def integers(result: Any) -> Named:
    """Every integer that the contract gave."""
    names = (*STAGES, "per_request_ug", "sci_ug")
    return {name: tuple(getattr(result, name)) for name in names} | {"tier": result.tier}


def expected(result: Estimate) -> Named:
    """The same of Python's estimate; what it leaves out is 0 on chain."""
    figures = {name: tuple(getattr(result, name)) for name in STAGES}
    figures["per_request_ug"] = tuple(result.per_request_ug or ZERO)
    figures["sci_ug"] = tuple(result.sci.per_unit_ug) if result.sci else ZERO
    return figures | {"tier": result.tier}


def assert_same(workload: Workload, factors: FactorSet = FACTORS) -> None:
    """Every integer of the contract is Python's, and the methodology is the factor set's."""
    result = call_for(workload, factors).send()
    assert integers(result) == expected(estimate(workload, factors))
    assert bytes(result.methodology) == methodology_id(factors)
