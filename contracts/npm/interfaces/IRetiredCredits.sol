// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IRetiredCredits.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title Retired credits: non-transferable certificates that carbon credits were retired
 * @notice A certificate is evidence of a retirement at a registry for a named beneficiary. It conveys no unit,
 *     cannot be transferred, and each source of a retirement backs one certificate, or several up to its worth.
 *     Carbon amounts are ug CO2e (1 t = 10^12 ug); times are Unix seconds.
 */
interface IRetiredCredits {
    struct Source {
        uint8 kind; // 1 serial range, 2 on-chain origin, 3 shared block of serials, 4 retired by an adapter
        bytes32 book; // 1, 3: keccak256 of the registry's serial book; 2: transaction hash; 4: the adapter's address
        uint256 first; // 1, 3: first serial, 1 .. 2^128 - 1; 2, 4: chain id, >= 1
        uint256 last; // 1, 3: last serial, first .. 2^128 - 1; 2: log index, from 0; 4: the adapter's own number
    }

    struct Retirement {
        bytes32 registry; // registry key, left-aligned ASCII, e.g. "verra"; must be switched on
        string project; // project id at the registry, e.g. "VCS-191"
        uint16 vintage; // year of the credits
        uint72 amount_ug; // retired amount, ug CO2e
        string beneficiary; // beneficiary's name as retired at the registry
        string serials; // serial numbers or retirement reference, as the registry writes them
        uint64 retired_at; // Unix seconds of the registry's own act
        bytes32 evidence; // sha256 of the marketplace's or registry's raw reply
        uint64 valid_until; // Unix seconds, must be minted before it; at most 7 days ahead
    }

    struct RetirementReport {
        address holder; // wallet that gets the certificate
        address minter; // the only account that may mint it, or 0 for anyone; a desk mints what it pays for
        bytes32 order; // the minter's order that the credits were retired for, or 0
        Retirement retirement;
        Source source;
    }

    struct Allocation {
        bytes32 attestation; // id of the attestation
        address account; // whose attestation it is
        uint72 amount_ug; // ug CO2e
    }

    struct Registry {
        bool enabled; // whether new certificates of its retirements are minted
        uint72 unit_ug; // ug CO2e of one serial number
        bytes32 policy; // keccak256 of the registry's consent or policy document
    }

    struct Certificate {
        address holder; // wallet that holds it
        uint72 amount_ug; // retired amount, ug CO2e
        uint72 allocated_ug; // amount allocated to attestations, ug CO2e
        uint32 minted_at; // Unix seconds
        bool voided; // whether the council took it back
        uint16 vintage; // year of the credits
        bytes32 registry; // registry key, left-aligned ASCII
        string project; // project id at the registry
        string beneficiary; // beneficiary's name as retired at the registry
        string serials; // serial numbers or retirement reference
        uint64 retired_at; // Unix seconds of the registry's own act
    }

    event CertificateMinted(
        uint256 indexed certificate,
        address indexed holder,
        bytes32 indexed registry,
        address minter, // with the rest, what the token id is the digest of
        bytes32 order,
        Retirement retirement,
        Source source
    );

    event Allocated(
        uint256 indexed certificate,
        bytes32 indexed attestation,
        address indexed account, // whose attestation it is
        bytes32 footprint_hash, // with the account, what the attestation id is made of
        uint72 amount_ug
    );

    event RegistrySet(
        bytes32 indexed registry,
        bool enabled,
        uint72 unit_ug, // ug CO2e of one serial number
        bytes32 policy // keccak256 of the registry's consent or policy document
    );

    event CertificateVoided(
        uint256 indexed certificate,
        uint8 reason // 1 issued in error, 2 reversed by the registry
    );

    event AllocationUndone(
        uint256 indexed certificate,
        bytes32 indexed attestation,
        address indexed account,
        uint72 amount_ug
    );

    event SourceReleased(
        uint256 indexed certificate,
        Source source // may back a certificate again
    );

    event AdapterSet(
        address indexed adapter,
        bool approved
    );

    event Locked(
        uint256 token_id // ERC-5192
    );

    /**
     * @notice Mints the certificate of a retirement that the council signed. Anyone may send it, or only the `minter`
     *     if the report names one; the holder gets it.
     * @dev The first range of a book binds the book to its registry.
     * @param hint For serial ranges: first serial of the nearest claimed range below, 0 if there is none. A hint up
     *     to 16 ranges too low still works, so that somebody else's claim in between does not make this one fail.
     * @return certificate Token id, the EIP-712 digest of the report.
     */
    function mint(
        RetirementReport calldata report,
        bytes[] calldata signatures,
        uint256 hint
    ) external returns (uint256);

    /**
     * @notice Assigns part of a certificate to an attestation, once and for good. Only the holder.
     * @param account Whose attestation it is; another account's makes it a gift.
     * @param footprint_hash EIP-712 struct hash of the attested footprint.
     * @return attestation Id of the attestation that is now covered by `amount_ug` more.
     */
    function allocate(
        uint256 certificate_,
        address account,
        bytes32 footprint_hash,
        uint72 amount_ug
    ) external returns (bytes32);

    /**
     * @notice The same for as much of `max_ug` as the certificate has left and the attestation still takes, so that
     *     somebody else's gift in between does not make it fail. Only the holder.
     * @return amount_ug What was allocated, at least 1 ug.
     */
    function allocate_up_to(
        uint256 certificate_,
        address account,
        bytes32 footprint_hash,
        uint72 max_ug
    ) external returns (uint72);

    /**
     * @notice Mints the certificate of credits that the caller, an approved adapter, has just retired on this chain.
     *     Needs no council: the retirement is a call of the same transaction.
     * @param retirement With no `evidence` and no `valid_until`: the chain is the evidence.
     * @param reference_ A number that the adapter gives once.
     * @return certificate Token id.
     */
    function mint_retired(
        address holder,
        Retirement calldata retirement,
        uint256 reference_
    ) external returns (uint256);

    /**
     * @notice Marks a certificate void: it stays readable and allocates no more. Only the corrections contract.
     * @dev Its allocations are taken back by `undo`, in as many calls as it takes, so that no number of small
     *     allocations can keep a certificate from being voided.
     * @param reason 1 issued in error, 2 reversed by the registry.
     */
    function mark_void(uint256 certificate_, uint8 reason) external;

    /**
     * @notice Moves a certificate to another wallet of its beneficiary. Only the corrections contract.
     */
    function move(uint256 certificate_, address to) external;

    /**
     * @notice Takes back the last allocations of a void certificate. Anyone may send it.
     * @param before `allocation_chain` as it was before the first of them.
     * @param allocations In the order they were made, up to the last one that is not undone.
     */
    function undo(uint256 certificate_, bytes32 before, Allocation[] calldata allocations) external;

    /**
     * @notice Lets the source of a certificate back another one, once the certificate is void because the registry
     *     reversed the retirement and all its allocations are undone. Anyone may send it.
     * @dev The first five are the fields of the report that the certificate was minted from.
     * @param retirement_hash EIP-712 struct hash of its retirement.
     * @param hint For serials: first serial of the nearest claimed range below, as `hint_for(book, first - 1)` gives it.
     */
    function release_source(
        address holder,
        address minter,
        bytes32 order,
        bytes32 retirement_hash,
        Source calldata source,
        uint256 hint
    ) external;

    /**
     * @notice Why a certificate is void: 1 issued in error, 2 reversed by the registry; 0 if it is not.
     */
    function void_reason(uint256 certificate_) external view returns (uint8);

    /**
     * @notice Hash over all allocations of a certificate in order; 0 without any.
     * @dev chain = keccak256(abi.encode(bytes32 chain before, bytes32 attestation, address account, uint72 amount_ug))
     *     with its last nine bytes zeroed.
     */
    function allocation_chain(uint256 certificate_) external view returns (bytes32);

    /**
     * @notice What a shared block can still back, ug CO2e; 0 if nothing was minted from it yet.
     */
    function block_left_ug(Source calldata source) external view returns (uint256);

    /**
     * @notice The oracle council whose signatures reports need, for good.
     */
    function COUNCIL() external view returns (address);

    /**
     * @notice The footprint ledger whose attestations certificates are allocated to, for good.
     */
    function LEDGER() external view returns (address);

    /**
     * @notice The `CertificateCorrections` that voids and moves certificates for the council; set once, for good.
     */
    function corrections() external view returns (address);

    /**
     * @notice Whether `adapter` may mint what it retires.
     */
    function is_adapter(address adapter) external view returns (bool);

    /**
     * @notice One certificate; all zero if it was never minted.
     */
    function certificate(uint256 id) external view returns (Certificate memory);

    /**
     * @notice EIP-712 digest of a report: what the council signs, and the token id.
     */
    function report_id(RetirementReport calldata report) external view returns (bytes32);

    /**
     * @notice Whether any part of a source already backs a certificate.
     * @dev For serial ranges it walks the book from its start; meant for off-chain reading.
     */
    function is_claimed(Source calldata source) external view returns (bool);

    /**
     * @notice The `hint` that `mint` needs for a range that starts at `first`; meant for off-chain reading.
     */
    function hint_for(bytes32 book, uint256 first) external view returns (uint256);

    /**
     * @notice How retirements of a registry are treated; all zero if it was never set.
     */
    function registry(bytes32 key) external view returns (Registry memory);
}
