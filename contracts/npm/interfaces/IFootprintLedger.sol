// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IFootprintLedger.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title The footprint ledger: attestations of the carbon footprint of AI workloads
 * @notice A report states the footprint of one account's workloads. The council signs it, the account records it.
 *     The id of an attestation is the EIP-712 digest of its report, so it is known before it is sent, is bound
 *     to this chain and contract, and lets anyone who holds the report prove every field of it.
 *     Units: energy uWh, carbon ug CO2e (1 t = 10^12 ug), water uL, time Unix seconds.
 */
interface IFootprintLedger {
    struct Footprint {
        bytes32 root; // OpenZeppelin standard-v1 Merkle root over the workload leaves
        uint32 count; // workloads under the root, >= 1
        bytes32 methodology; // keccak256 name of model version and factor set
        uint64 period_start; // Unix seconds, first moment of the work
        uint64 period_end; // Unix seconds, > period_start, not in the future
        uint128 energy_uwh; // facility energy, central, uWh
        uint72 low_ug; // location-based total, low bound, ug CO2e
        uint72 central_ug; // location-based total, central, ug CO2e
        uint72 high_ug; // location-based total, high bound, ug CO2e
        uint72 market_ug; // market-based total, central, ug CO2e
        uint72 embodied_ug; // part of the total that is embodied, central, ug CO2e
        uint128 water_ul; // water, central, uL
        uint8 tier; // evidence tier, 1 (metered) .. 7 (published average)
        bytes32 supersedes; // footprint hash of the same account's earlier attestation, or 0
        uint64 valid_until; // Unix seconds, must be recorded before it; at most 7 days ahead
    }

    struct FootprintReport {
        address account; // whose work it was
        Footprint footprint;
    }

    struct Attestation {
        uint72 low_ug; // location-based total, low bound, ug CO2e
        uint72 central_ug; // location-based total, central, ug CO2e
        uint72 high_ug; // location-based total, high bound, ug CO2e
        uint72 covered_ug; // allocated certificates, ug CO2e (0 once superseded: it moved along)
        uint32 recorded_at; // Unix seconds, 0 if not recorded
        uint8 tier; // evidence tier, 1 .. 7
        bool superseded; // whether a later report of the account replaced it
    }

    struct AccountTotals {
        uint72 low_ug; // sum over current attestations, ug CO2e
        uint72 central_ug; // sum over current attestations, ug CO2e
        uint72 high_ug; // sum over current attestations, ug CO2e
        uint72 covered_ug; // sum of allocations to them, ug CO2e
        uint40 count; // attestations that are not superseded
    }

    event FootprintRecorded(
        bytes32 indexed id, // EIP-712 digest of the report
        address indexed account,
        bytes32 indexed methodology,
        Footprint footprint
    );

    event FootprintSuperseded(
        bytes32 indexed id, // the attestation that was replaced; its coverage moves along
        bytes32 indexed by // the attestation that replaced it
    );

    event OperatorSet(
        address indexed account,
        address indexed operator,
        bool approved
    );

    event MethodologySet(
        bytes32 indexed methodology,
        bool approved,
        string uri // where its description and factor set are published
    );

    event CoverageChanged(
        bytes32 indexed id, // the attestation that was named
        uint72 covered_ug // ug CO2e covered after the change, of it or of what superseded it
    );

    /**
     * @notice Records a report that the council signed. Only its account, or an operator the account approved.
     * @param report The report; its `valid_until` must be in the next 7 days.
     * @param signatures Council signatures, ascending by signer.
     * @return id The attestation id, the EIP-712 digest of the report.
     */
    function record(FootprintReport calldata report, bytes[] calldata signatures) external returns (bytes32);

    /**
     * @notice Records a report for an account that signed its consent, so that anyone may pay the gas.
     * @param consent EIP-712 signature of `RecordConsent(FootprintReport report)` by the account (ERC-1271 too).
     * @return id The attestation id.
     */
    function record_for(
        FootprintReport calldata report,
        bytes[] calldata signatures,
        bytes calldata consent
    ) external returns (bytes32);

    /**
     * @notice Lets `operator` record reports of the caller, or stops it.
     */
    function set_operator(address operator, bool approved) external;

    /**
     * @notice One attestation; all zero if `id` was never recorded.
     */
    function attestation(bytes32 id) external view returns (Attestation memory);

    /**
     * @notice Many attestations in one call, in the order asked.
     */
    function attestations(bytes32[] calldata ids) external view returns (Attestation[] memory);

    /**
     * @notice Totals over the current attestations of an account.
     * @dev Over-coverage of one attestation can hide that another has none: gate on `coverage_bps` of an id, not
     *     on covered over high of an account.
     */
    function account(address owner) external view returns (AccountTotals memory);

    /**
     * @notice Totals of many accounts in one call, in the order asked.
     */
    function accounts(address[] calldata owners) external view returns (AccountTotals[] memory);

    /**
     * @notice Allocated over the high bound, in basis points, rounded down. Above 10,000 means over-coverage
     *     after a correction. For a recorded footprint of zero: 10,000, or the largest uint256 if anything
     *     is covered. 0 if not recorded or superseded.
     */
    function coverage_bps(bytes32 id) external view returns (uint256);

    /**
     * @notice Whether `id` was recorded and is not superseded.
     */
    function is_recorded(bytes32 id) external view returns (bool);

    /**
     * @notice The id that binds an account to a footprint: proves whose attestation an id is, from two words.
     * @param footprint_hash EIP-712 struct hash of the footprint.
     */
    function attestation_id(address account_, bytes32 footprint_hash) external view returns (bytes32);

    /**
     * @notice EIP-712 digest of a report: what the council signs, and the id of its attestation.
     */
    function report_id(FootprintReport calldata report) external view returns (bytes32);

    /**
     * @notice Whether a workload with these integers is under the root of a report that is recorded and not
     *     superseded.
     * @dev leaf = keccak256(keccak256(abi.encode(uint8 kind, uint8 version, bytes32 workload_hash, uint72 low, uint72 central, uint72 high))).
     * @param version Version of the canonical form in which the hashed text is written: 1. It is in the leaf, so that a
     *     later form can live beside this one.
     */
    function verify_workload(
        FootprintReport calldata report,
        uint8 kind,
        uint8 version,
        bytes32 workload_hash,
        uint72 low_ug,
        uint72 central_ug,
        uint72 high_ug,
        bytes32[] calldata proof
    ) external view returns (bool);

    /**
     * @notice Whether `operator` may record reports of `account`.
     */
    function is_operator(address account_, address operator) external view returns (bool);

    /**
     * @notice The oracle council whose signatures reports need, for good.
     */
    function COUNCIL() external view returns (address);

    /**
     * @notice Whether new reports under `methodology` are accepted.
     */
    function is_methodology_approved(bytes32 methodology) external view returns (bool);

    /**
     * @notice Adds coverage to an attestation. Only the certificates contract.
     * @return id The attestation id that the account and footprint hash give.
     */
    function cover(address account_, bytes32 footprint_hash, uint72 amount_ug) external returns (bytes32);

    /**
     * @notice Takes coverage back when a certificate is void. Only the certificates contract.
     * @param attestation_ The id that `cover` returned.
     * @param account_ The account that `cover` was called with.
     */
    function uncover(bytes32 attestation_, address account_, uint72 amount_ug) external;
}
