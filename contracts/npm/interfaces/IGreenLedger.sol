// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IGreenLedger.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

import {IFootprintLedger} from "./IFootprintLedger.sol";

/**
 * @title Green ledger: what another contract reads before it trusts a footprint or its coverage
 * @notice A part of `IFootprintLedger`, at the same address: the reads that a contract needs to gate on coverage.
 *     Units: carbon ug CO2e (1 t = 10^12 ug), coverage basis points, time Unix seconds.
 *     Three traps. First, an id says nothing about whose it is: derive it with `attestation_id` from an account
 *     and a footprint hash. Second, a correction supersedes an id, which then reads 0 for good: ask again at
 *     every use and let the owner present the newer footprint hash. Third, coverage is no state that stays: a
 *     correction can raise the bound, and a void certificate takes its allocations back.
 */
interface IGreenLedger {
    /**
     * @notice Allocated over the high bound, in basis points, rounded down: 10,000 is all of it. Gate on this.
     * @dev 0 if `id` was never recorded or is superseded. Above 10,000 after a correction below what is allocated
     *     already (over-coverage), so compare with `>=` and never with `==`. A recorded footprint of zero reads
     *     10,000, or the largest uint256 if anything is covered: do not multiply without a bound.
     */
    function coverage_bps(bytes32 id) external view returns (uint256);

    /**
     * @notice Sums over all current attestations of an account, ug CO2e; all zero if it has none.
     * @dev Over-coverage of one attestation can hide that another has none, and only what was recorded is summed:
     *     covered over high of an account is a figure to show, not a proof that each attestation is covered.
     *     Where it is used as a gate, demand `count > 0`, since 0 of 0 is covered too.
     */
    function account(address owner) external view returns (IFootprintLedger.AccountTotals memory);

    /**
     * @notice Bounds, coverage, time and evidence tier of one attestation; all zero if `id` was never recorded.
     * @dev Stays readable once superseded, with `superseded` set and `covered_ug` 0: the coverage moved along.
     */
    function attestation(bytes32 id) external view returns (IFootprintLedger.Attestation memory);

    /**
     * @notice Whether `id` was recorded and is not superseded.
     */
    function is_recorded(bytes32 id) external view returns (bool);

    /**
     * @notice The id that binds an account to a footprint: proves whose attestation an id is, from two words.
     * @dev Also gives an id where nothing is recorded: it proves whose, not whether.
     * @param footprint_hash EIP-712 struct hash of the footprint; the report's maker has it, and `report_id` of the
     *     full interface checks it.
     */
    function attestation_id(address account_, bytes32 footprint_hash) external view returns (bytes32);

    /**
     * @notice Whether a workload with these integers is under the root of a report that is recorded and not
     *     superseded. One workload or ten million: the proof has at most 40 words.
     * @dev False, not a revert, for anything that does not fit. The answer covers the workload's own integers, ug
     *     CO2e; read coverage from the report's id.
     * @param report The whole report; any other byte in it gives another id.
     * @param kind 1 training, 2 fine-tuning, 3 inference.
     * @param version Version of the canonical form in which the hashed text is written: 1. It is in the leaf, so that a
     *     later form can live beside this one.
     * @param workload_hash Salted hash of the workload's canonical text.
     * @param proof Sibling hashes from the leaf up, OpenZeppelin `standard-v1`; empty for a single workload.
     */
    function verify_workload(
        IFootprintLedger.FootprintReport calldata report,
        uint8 kind,
        uint8 version,
        bytes32 workload_hash,
        uint72 low_ug,
        uint72 central_ug,
        uint72 high_ug,
        bytes32[] calldata proof
    ) external view returns (bool);
}
