// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/ICertificateCorrections.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title Corrections: what the council can change about a certificate after it was minted
 * @notice It can void a certificate, and it can move one to another wallet of the same beneficiary. Moving takes a week
 *     in public, and the holder can refuse. A contract of its own because the certificates contract would pass the
 *     code size limit of EIP-170 with it. Times are Unix seconds.
 */
interface ICertificateCorrections {
    struct VoidReport {
        uint256 certificate; // token id
        uint8 reason; // 1 issued in error, 2 reversed by the registry
        bytes32 evidence; // sha256 of what shows it
        uint64 valid_until; // Unix seconds, must be sent before it; at most 7 days ahead
    }

    struct RebindReport {
        uint256 certificate; // token id
        address holder; // wallet that holds it now, and is lost
        address to; // other wallet of the same beneficiary
        bytes32 evidence; // sha256 of what shows that it is the same beneficiary
        uint64 valid_until; // Unix seconds, must be announced before it; at most 7 days ahead
    }

    struct Rebinding {
        address to; // wallet that will hold the certificate; 0 if nothing is announced
        uint64 epoch; // council epoch that signed; a later epoch makes it worthless
        uint64 effective_at; // Unix seconds, earliest time `complete_rebind` accepts it
    }

    event VoidReported(
        uint256 indexed certificate,
        uint8 reason, // 1 issued in error, 2 reversed by the registry
        bytes32 evidence // sha256 of what shows it
    );

    event RebindAnnounced(
        uint256 indexed certificate,
        address indexed to,
        uint64 effective_at, // Unix seconds, earliest time `complete_rebind` accepts it
        bytes32 evidence // sha256 of what shows that it is the same beneficiary
    );

    event RebindRefused(uint256 indexed certificate);

    /**
     * @notice Marks a certificate void: it stays readable and allocates no more. Anyone may send what the council signed.
     * @dev Its allocations are then taken back by `IRetiredCredits.undo`.
     */
    function void(VoidReport calldata report, bytes[] calldata signatures) external;

    /**
     * @notice Announces that a certificate will move to another wallet of the same beneficiary, whose own is lost.
     *     Anyone may send what the council signed. It takes the place of an earlier announcement.
     */
    function rebind(RebindReport calldata report, bytes[] calldata signatures) external;

    /**
     * @notice Moves the certificate, from 7 to 37 days after the announcement, if the epoch that signed still is the
     *     council's. Anyone may send it.
     */
    function complete_rebind(uint256 certificate) external;

    /**
     * @notice Ends an announcement: the wallet is not lost. Only the holder.
     */
    function refuse_rebind(uint256 certificate) external;

    /**
     * @notice The announced move of a certificate; all zero if there is none.
     */
    function rebinding(uint256 certificate) external view returns (Rebinding memory);

    /**
     * @notice The certificates contract, for good.
     */
    function CREDITS() external view returns (address);

    /**
     * @notice The oracle council whose signatures reports need, for good.
     */
    function COUNCIL() external view returns (address);
}
