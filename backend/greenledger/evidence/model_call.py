"""The arguments with which `contracts/FootprintModel.vy` recomputes an estimate.

The contract takes the rows that an estimate read, each with its proof, and the numbers of the workload in the
form of `contracts/interfaces/IFootprintModel.vyi`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from greenledger.evidence.factor_tree import RowProof, factor_tree
from greenledger.evidence.methodology import factor_root
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import Factor, FactorSet
from greenledger.footprint.workload import Phase, Place, Workload

# Limits of one call of the contract.
MOST_PHASES = 8
MOST_CONTRACTS = 8
MOST_ROWS = 48
MOST_SIBLINGS = 16

_POWER_SCOPES = {None: 0, "system": 1, "device": 2}
_METER_SCOPES = {None: 0, "device": 1, "node": 2, "facility": 3}

AbiTuple = tuple[object, ...]


class BeyondModel(ValueError):
    """The workload needs more than one call of the contract takes. The message says what and how much."""


class ModelCall(NamedTuple):
    """The four arguments of `estimate`, as an ABI encoder takes them. `keys` names the rows, in order."""

    root: bytes
    workload: AbiTuple
    rows: tuple[AbiTuple, ...]
    proofs: tuple[RowProof, ...]
    keys: tuple[str, ...]

    @property
    def arguments(self) -> tuple[bytes, AbiTuple, tuple[AbiTuple, ...], tuple[RowProof, ...]]:
        return self.root, self.workload, self.rows, self.proofs


def model_call(workload: Workload, factors: FactorSet) -> ModelCall:
    """The call that gives the integers of `estimate(workload, factors)`; rows in the order of their use.

    Raises BeyondModel, and what `estimate` raises.
    """
    _refuse_more("phases", len(workload.phases), MOST_PHASES)
    _refuse_more("contracts", len(workload.contracts), MOST_CONTRACTS)
    keys = keys_of(workload, factors)
    _refuse_more("factor rows", len(keys), MOST_ROWS)
    rows, proofs = row_arguments(keys, factors)
    return ModelCall(factor_root(factors), workload_argument(workload), rows, proofs, keys)


def row_arguments(
    keys: Sequence[str], factors: FactorSet
) -> tuple[tuple[AbiTuple, ...], tuple[RowProof, ...]]:
    """The rows with these keys and their proofs. Raises UnknownFactor."""
    tree, positions = factor_tree(factors.canonical_rows), _positions(factors)
    rows = tuple(row_argument(factors.row(key)) for key in keys)
    return rows, tuple(tree.proof(positions[key]) for key in keys)


def keys_of(workload: Workload, factors: FactorSet) -> tuple[str, ...]:
    """Every row that the contract needs: those that the estimate read, and those that it only asked for."""
    read = estimate(workload, factors).factors
    return tuple(dict.fromkeys((*read, *_asked_for(workload, read, factors))))


def _asked_for(workload: Workload, read: tuple[str, ...], factors: FactorSet) -> Iterator[str]:
    """Rows that decide which formula counts, though their value enters no result."""
    if "stated/grid" in read:
        yield "grid/life-cycle/lowest"  # that a stated intensity is not below it
    for phase in workload.phases:
        if phase.power_scope == "device" and phase.utilisation_ppm is None:
            for name in ("rated-power", "system-power"):  # that the stated power is no nameplate
                yield from _if_known(f"hardware/{phase.hardware}/{name}", factors)
        if phase.hardware is not None:
            yield from _if_known(f"hardware/{phase.hardware}/accelerators", factors)  # a whole node


def _if_known(key: str, factors: FactorSet) -> tuple[str, ...]:
    return (key,) if factors.has(key) else ()


@lru_cache(maxsize=8)
def _positions(factors: FactorSet) -> dict[str, int]:
    return {row.key: index for index, row in enumerate(factors.rows)}


def _refuse_more(what: str, count: int, most: int) -> None:
    if count > most:
        raise BeyondModel(f"{what}: {count}, but one call of the contract takes at most {most}")


def row_argument(row: Factor) -> AbiTuple:
    """The struct `Row` of the contract."""
    return (row.key, row.unit, *row.value, row.year, row.source_id, row.licence, row.evidence)


def workload_argument(workload: Workload) -> AbiTuple:
    """The struct `Workload` of the contract: what is not stated is 0 or empty."""
    unit = workload.functional_unit
    return (
        workload.kind.leaf_code,
        workload.start,
        workload.end,
        tuple(_phase(phase) for phase in workload.phases),
        workload.measured_uwh or 0,
        _METER_SCOPES[workload.measurement_scope],
        workload.idle_uwh or 0,
        workload.model or "",
        workload.active_params or 0,
        workload.total_params or 0,
        workload.requests or 0,
        workload.input_tokens or 0,
        workload.output_tokens or 0,
        workload.cached_tokens or 0,
        workload.batch or 0,
        workload.task or "",
        workload.units or 0,
        _site(workload),
        _stated(workload.grid_water_ul_per_kwh),
        tuple((contract.energy_uwh, contract.grid_mg_per_kwh) for contract in workload.contracts),
        _stated(workload.residual_mg_per_kwh),
        workload.hardware_life_s or 0,
        workload.embodied_share_ppm or 0,
        0 if unit is None else unit.count,
    )


def _phase(phase: Phase) -> AbiTuple:
    return (
        phase.hardware or "",
        phase.device_seconds or 0,
        phase.power_mw or 0,
        _POWER_SCOPES[phase.power_scope],
        phase.utilisation_ppm or 0,
        phase.tokens or 0,
        phase.params or 0,
        phase.mfu_ppm or 0,
        phase.measured_uwh or 0,
        _METER_SCOPES[phase.measurement_scope],
        _stated(phase.embodied_mg),
        _site(phase),
    )


def _site(stated: Workload | Phase) -> AbiTuple:
    return (
        _place(stated.place),
        stated.pue_ppm or 0,
        _stated(stated.wue_ul_per_kwh),
        _stated(stated.grid_mg_per_kwh),
    )


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    if place.provider is not None:
        return f"region/{place.provider}/{place.region}"
    return f"country/{place.country}" if place.state is None else f"state/{place.country}-{place.state}"


def _stated(value: int | None) -> tuple[bool, int]:
    return (value is not None, value or 0)
