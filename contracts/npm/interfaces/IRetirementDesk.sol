// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IRetirementDesk.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

import {IRetiredCredits} from "./IRetiredCredits.sol";

/**
 * @title Retirement desk: holds a buyer's payment until the retirement is proven, or gives it back
 * @notice An order is a quote that its seller signed. It opens when its payer's money is in the desk, and closes when
 *     the certificate is minted and the seller paid, or when the payer has the money back. Nobody can change an
 *     open order, and the owner cannot touch what the desk holds.
 *     Carbon amounts are ug CO2e (1 t = 10^12 ug); prices are base units of the token; times are Unix seconds.
 * @dev Known limits. Tokens whose balances move by themselves (rebasing) must not be allowed: the desk counts what it
 *     was given. A pause of the certificates stops `fulfil` while deadlines go on. A certificate that is voided later
 *     is no ground for a refund here.
 */
interface IRetirementDesk {
    struct Order {
        address seller; // who retires the credits, signed the quote and is paid
        address payer; // whose money it is, and who gets back what is not earned
        address holder; // wallet that gets the certificate
        address token; // ERC-20 that is paid in
        uint128 price; // base units of the token, at least 1
        uint72 amount_ug; // ordered amount, ug CO2e
        uint72 min_ug; // least amount the payer accepts, paid in proportion, 1 .. amount_ug
        bytes32 registry; // registry key, left-aligned ASCII, e.g. "verra"
        string project; // project id at the registry
        uint16 vintage; // year of the credits, or 0 for any
        string beneficiary; // beneficiary's name, as the registry shall write it
        uint64 quote_until; // Unix seconds, last time the order may be opened
        uint64 deadline; // Unix seconds, after which anyone may trigger the refund; at most 30 days ahead
        bytes32 salt; // sets two equal orders apart
    }

    event OrderOpened(
        bytes32 indexed id,
        address indexed payer,
        address indexed seller,
        Order order // all that `fulfil`, `refund` and `decline` ask for
    );

    event OrderFulfilled(
        bytes32 indexed id,
        uint256 indexed certificate,
        uint128 paid, // to the seller, base units of the token
        uint128 returned // to the payer, base units of the token
    );

    event OrderRefunded(
        bytes32 indexed id,
        bool declined // whether the seller gave it back, or else the deadline passed
    );

    event Owed(
        address indexed token,
        address indexed account, // did not take the money, and may withdraw it
        uint256 amount // base units of the token
    );

    event Withdrawn(
        address indexed token,
        address indexed account, // whom it was owed
        address indexed to, // who got it
        uint256 amount // base units of the token
    );

    event SellerSet(
        address indexed seller,
        address indexed token,
        uint128 cap // most that its open orders may sum up to, base units of the token; 0: not listed
    );

    event TokenSet(
        address indexed token,
        bool allowed
    );

    /**
     * @notice Opens an order with the caller's money. Only the payer, who has approved the price before.
     * @param quote The seller's signature over `order_id`: by key, 64 or 65 bytes, or what its wallet takes (ERC-1271).
     * @return id The order's id.
     */
    function open(Order calldata order, bytes calldata quote) external returns (bytes32);

    /**
     * @notice The same with the approval signed (EIP-2612) for exactly the price. Only the payer.
     * @dev A permit that somebody else has sent before is no obstacle: what counts is the allowance.
     */
    function open_with_permit(
        Order calldata order,
        bytes calldata quote,
        uint256 permit_deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (bytes32);

    /**
     * @notice The same with the payment signed (EIP-3009). Anyone may send it, so that the payer needs no ether.
     * @dev The payer signs the token's `ReceiveWithAuthorization` with this contract as `to`, the price as `value` and
     *     the order's id as `nonce`. The id is a hash of every field, so the one signature fixes them all.
     */
    function open_with_authorization(
        Order calldata order,
        bytes calldata quote,
        uint256 valid_after,
        uint256 valid_before,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (bytes32);

    /**
     * @notice Mints the certificate that the council signed for an open order, pays the seller and gives the payer
     *     back what was not earned. Anyone may send it.
     * @dev A smaller amount, down to `min_ug`, earns its share of the price, rounded down; a larger one earns no more
     *     than the price. Still possible after the deadline until somebody has triggered the refund: a retirement
     *     cannot be taken back, and the payer gets either the certificate or the money, never neither.
     * @param report Names this contract as `minter` and the order's id as `order`.
     * @param hint As for `mint` of the certificates.
     * @return certificate Token id.
     */
    function fulfil(
        Order calldata order,
        IRetiredCredits.RetirementReport calldata report,
        bytes[] calldata signatures,
        uint256 hint
    ) external returns (uint256);

    /**
     * @notice Gives the whole price back to the payer, after the deadline. Anyone may send it.
     */
    function refund(Order calldata order) external;

    /**
     * @notice Gives the whole price back to the payer at once. Only the seller.
     */
    function decline(Order calldata order) external;

    /**
     * @notice Pays all that the caller is owed, to an address of its choice.
     */
    function withdraw(address token, address to) external;

    /**
     * @notice Pays `account` all that it is owed, to itself. Anyone may send it, for an account that is a contract and
     *     has no way to call `withdraw`.
     */
    function deliver(address token, address account) external;

    /**
     * @notice EIP-712 digest of an order: what the seller signs, and the order's id.
     */
    function order_id(Order calldata order) external view returns (bytes32);

    /**
     * @notice 0 unknown, 1 open, 2 fulfilled, 3 refunded.
     */
    function order_state(bytes32 id) external view returns (uint8);

    /**
     * @notice Open orders and what is owed, together, base units of the token. The desk's balance is never below it,
     *     and above it only by what somebody sent for no order.
     */
    function held(address token) external view returns (uint256);

    /**
     * @notice What could not be paid to `account`, base units of the token.
     */
    function owed(address token, address account) external view returns (uint256);

    /**
     * @notice Sum of a seller's open orders, base units of the token.
     */
    function exposure(address seller, address token) external view returns (uint256);

    /**
     * @notice Most that a seller's open orders may sum up to, base units of the token; 0 if it is not listed.
     */
    function seller_cap(address seller, address token) external view returns (uint256);

    /**
     * @notice Whether new orders may be paid in `token`.
     */
    function is_token_allowed(address token) external view returns (bool);
}
