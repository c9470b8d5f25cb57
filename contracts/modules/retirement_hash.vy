# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title EIP-712 struct hashes of retirement reports
@license AGPL-3.0-only
@notice https://eips.ethereum.org/EIPS/eip-712#definition-of-hashstruct
"""


from ..interfaces import IRetiredCredits


RETIREMENT_TYPEHASH: constant(bytes32) = keccak256(
    "Retirement(bytes32 registry,string project,uint16 vintage,uint72 amount_ug,string beneficiary,"
    "string serials,uint64 retired_at,bytes32 evidence,uint64 valid_until)"
)


SOURCE_TYPEHASH: constant(bytes32) = keccak256("Source(uint8 kind,bytes32 book,uint256 first,uint256 last)")


REPORT_TYPEHASH: constant(bytes32) = keccak256(
    "RetirementReport(address holder,address minter,bytes32 order,Retirement retirement,Source source)"
    "Retirement(bytes32 registry,string project,uint16 vintage,uint72 amount_ug,string beneficiary,"
    "string serials,uint64 retired_at,bytes32 evidence,uint64 valid_until)"
    "Source(uint8 kind,bytes32 book,uint256 first,uint256 last)"
)


@internal
@pure
def _report(report: IRetiredCredits.RetirementReport) -> bytes32:
    retirement_hash: bytes32 = keccak256(
        abi_encode(
            RETIREMENT_TYPEHASH,
            report.retirement.registry,
            keccak256(report.retirement.project),
            report.retirement.vintage,
            report.retirement.amount_ug,
            keccak256(report.retirement.beneficiary),
            keccak256(report.retirement.serials),
            report.retirement.retired_at,
            report.retirement.evidence,
            report.retirement.valid_until,
        )
    )
    return self._report_of(report.holder, report.minter, report.order, retirement_hash, report.source)


@internal
@pure
def _report_of(
    holder: address, minter: address, order: bytes32, retirement_hash: bytes32, source: IRetiredCredits.Source
) -> bytes32:
    source_hash: bytes32 = keccak256(abi_encode(SOURCE_TYPEHASH, source))
    return keccak256(abi_encode(REPORT_TYPEHASH, holder, minter, order, retirement_hash, source_hash))
