// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IOracleCouncil.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title The oracle council: the m-of-n set of signers that every report needs
 * @notice Signers are kept in epochs. An epoch is a fixed set and a threshold; the current epoch signs, every
 *     earlier one is dead. Removing a signer is instant and starts a new epoch at once; adding one or lowering
 *     the threshold is announced and waits out `CHANGE_DELAY`. Each signer recomputes a report before it signs it.
 */
interface IOracleCouncil {
    struct Member {
        address signer; // who signs reports: the address of a key, or a contract wallet
        bool is_contract; // signs only as a contract (ERC-1271), by `endorse`; must have code when announced
        string name; // who runs it, for people
        string url; // where it answers, for people and peers
    }

    struct Council {
        uint64 epoch; // number of the current epoch, from 1
        uint8 threshold; // signatures needed; above `size` after removals, and then nothing can be signed
        uint8 size; // signers in the epoch, 0 .. 16
    }

    event EpochStarted(
        uint64 indexed epoch, // the epoch that signs from now on
        uint8 threshold, // signatures needed
        address[] signers
    );

    event EpochProposed(
        bytes32 indexed proposal, // keccak256(abi.encode(uint256 current epoch, members, threshold))
        uint64 effective_at, // Unix seconds, earliest time `activate` accepts it
        uint8 threshold, // signatures needed, 1 .. number of members
        Member[] members
    );

    event EpochProposalCancelled(bytes32 indexed proposal);

    event SignerRemoved(
        address indexed signer,
        address indexed by // guardian or owner
    );

    event GuardianChanged(address indexed guardian);

    event Endorsed(
        bytes32 indexed digest,
        address indexed signer, // a contract that belongs to the epoch
        uint64 epoch
    );

    /**
     * @notice Reverts unless `signatures` are at least the threshold of valid signatures over `digest`
     *     by distinct members of the current epoch, in strictly ascending order of signer address.
     * @dev Each signature is 65 bytes (r, s, v) or 64 bytes (r, vs) as in EIP-2098, with a low s; or the 20 bytes
     *     of the address of a contract that has endorsed `digest` in the current epoch.
     * @param digest EIP-712 digest of a report.
     * @param signatures Ascending by signer, so that no signer counts twice.
     * @return epoch The epoch whose members signed: the current one.
     */
    function verify(bytes32 digest, bytes[] calldata signatures) external view returns (uint64);

    /**
     * @notice The current epoch, its threshold and its size.
     */
    function council() external view returns (Council memory);

    /**
     * @notice Members of the current epoch with name and URL.
     */
    function members() external view returns (Member[] memory);

    /**
     * @notice Whether `signer` belongs to the current epoch.
     */
    function is_signer(address signer) external view returns (bool);

    /**
     * @notice Id of the proposal of these members in the current epoch. Every new epoch, a removal too, changes
     *     the id, so that no older proposal can be activated.
     */
    function proposal_id(Member[] calldata members_, uint8 threshold) external view returns (bytes32);

    /**
     * @notice Notes that a contract that belongs to the current epoch signed `digest` (ERC-1271). Anyone may send it.
     * @dev A step of its own, so that `verify` calls no code that a signer controls, and so that reports signed by
     *     keys alone do not pay for it. The wallet gets 200,000 gas, cannot change state, and is asked once.
     * @param signature What `isValidSignature(bytes32,bytes)` of the wallet takes; empty where the wallet keeps
     *     approved digests on chain.
     */
    function endorse(bytes32 digest, address signer, bytes calldata signature) external;

    /**
     * @notice Whether `signer` endorsed `digest` in the current epoch.
     */
    function is_endorsed(bytes32 digest, address signer) external view returns (bool);
}
