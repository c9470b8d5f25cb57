// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/ICreditAdapter.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title Credit adapter: retires the carbon tokens of one protocol and certifies it in the same transaction
 * @notice The wallet allows the adapter to take its tokens and calls it. The adapter takes them, retires them at the
 *     protocol, measures that they are gone, and has `RetiredCredits` mint a certificate to the caller. What the
 *     certificate says of the credits comes from a listing of the adapter's owner, never from the caller.
 *     A token has 18 decimals and stands for one tonne, so 10^6 of its base units are 1 ug CO2e.
 */
interface ICreditAdapter {
    struct Listing {
        bytes32 registry; // registry key, left-aligned ASCII, e.g. "verra"
        string project; // project id at the registry, e.g. "VCS-191"
        uint16 vintage; // year of the credits
        bool enabled; // whether the token is retired for new certificates
    }

    struct Consumption {
        string location; // where the beneficiary is, e.g. "Berlin, Germany"
        string country; // country code, e.g. "DE"
        uint64 period_start; // Unix seconds, start of what the credits are retired for
        uint64 period_end; // Unix seconds, its end
    }

    event ListingSet(
        address indexed token,
        uint256 indexed token_id, // 0 for ERC-20 tokens
        bytes32 indexed registry,
        string project,
        uint16 vintage,
        bool enabled
    );

    event TokenRetired(
        uint256 indexed certificate,
        address indexed holder,
        address indexed token,
        uint72 amount_ug, // ug CO2e
        uint256 reference_, // the adapter's own number, `last` of the certificate's source
        uint256 protocol_reference // number of the retirement at the protocol, 0 if it gives none
    );

    /**
     * @notice Retires the caller's tokens and mints it the certificate. The adapter must be allowed to take them.
     * @param token Carbon token, must be listed.
     * @param amount_ug What to retire, ug CO2e; takes `amount_ug` * 10^6 base units.
     * @param beneficiary Name of the beneficiary, 1 to 64 bytes.
     * @return certificate Token id.
     */
    function retire_token(
        address token,
        uint72 amount_ug,
        string calldata beneficiary
    ) external returns (uint256);

    /**
     * @notice The same, after allowing it by a signature (EIP-2612), for tokens that take one.
     * @dev A permit that fails is passed over: anyone may have sent the same one before, and the transfer that follows
     *     shows whether the tokens may be taken.
     * @param deadline Unix seconds, of the permit.
     */
    function retire_token_with_permit(
        address token,
        uint72 amount_ug,
        string calldata beneficiary,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256);

    /**
     * @notice States what a token stands for, and whether it is retired for new certificates. Only the owner.
     * @param token_id 0 for ERC-20 tokens, which must have 18 decimals.
     */
    function set_listing(
        address token,
        uint256 token_id,
        bytes32 registry,
        string calldata project,
        uint16 vintage,
        bool enabled
    ) external;

    /**
     * @notice What a token stands for; all zero if it was never listed.
     */
    function listing(address token, uint256 token_id) external view returns (Listing memory);

    /**
     * @notice The `RetiredCredits` that mints, for good.
     */
    function CREDITS() external view returns (address);

    /**
     * @notice The last reference that was given; they run from 1.
     */
    function reference_count() external view returns (uint256);
}
