# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Checks the footprint of a report of one workload, as another contract does that trusts no council
@license AGPL-3.0-only
"""


from contracts.interfaces import IFootprintLedger
from contracts.interfaces import IFootprintModel


LEDGER: immutable(address)
MODEL: immutable(address)


@deploy
def __init__(ledger: address, model: address):
    LEDGER = ledger
    MODEL = model


@external
@view
def follows(
    footprint: IFootprintLedger.Footprint,
    root: bytes32,
    workload: IFootprintModel.Workload,
    rows: DynArray[IFootprintModel.Row, 48],
    proofs: DynArray[IFootprintModel.RowProof, 48],
) -> bool:
    """
    @notice Whether every integer of the footprint follows from the workload under an approved methodology.
    """
    estimate: IFootprintModel.Estimate = staticcall IFootprintModel(MODEL).estimate(
        root, workload, rows, proofs
    )
    # A root that somebody made up gives a methodology that no ledger has approved.
    assert staticcall IFootprintLedger(LEDGER).is_methodology_approved(
        estimate.methodology
    ), "checker: methodology is not approved"
    return (
        footprint.count == 1
        and footprint.methodology == estimate.methodology
        and convert(footprint.energy_uwh, uint256) == estimate.energy_uwh.central
        and convert(footprint.low_ug, uint256) == estimate.total_ug.low
        and convert(footprint.central_ug, uint256) == estimate.total_ug.central
        and convert(footprint.high_ug, uint256) == estimate.total_ug.high
        and convert(footprint.market_ug, uint256) == estimate.total_market_ug.central
        and convert(footprint.embodied_ug, uint256) == estimate.embodied_ug.central
        and convert(footprint.water_ul, uint256) == estimate.water_ul.central
        and footprint.tier == estimate.tier
    )
