// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/ICreditMarket.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title Credit market: buys credits at a protocol, retires them and certifies it in one transaction
 * @notice What a credit adapter adds if its protocol sells what it retires. The wallet allows the adapter to take a
 *     payment token and calls it: nobody holds credits in between. What is for sale and what it may be paid in is
 *     set by the adapter's owner, never by the caller. Prices are base units of the payment token.
 */
interface ICreditMarket {
    event OfferSet(
        address indexed token,
        address indexed carbon_class // where the protocol takes the credits from, 0 if they are not for sale
    );

    event PaymentTokenSet(
        address indexed payment_token,
        address indexed spender // the protocol's contract that collects it, 0 if it is not accepted
    );

    event CreditBought(
        uint256 indexed certificate,
        address indexed holder,
        address indexed payment_token,
        uint256 price // what was paid in the end, base units of the payment token
    );

    /**
     * @notice What the protocol asks now. Prices move: the purchase has a maximum of its own.
     * @param token Carbon token, must be listed and for sale.
     * @param amount_ug What would be retired, ug CO2e.
     * @param payment_token Must be accepted.
     * @return price Base units of the payment token.
     */
    function quote(address token, uint72 amount_ug, address payment_token) external view returns (uint256);

    /**
     * @notice Buys and retires credits and mints the caller the certificate. The adapter must be allowed to take
     *     `max_price`; what the protocol does not take of it is back at the caller when the call ends.
     * @param token Carbon token, must be listed and for sale.
     * @param amount_ug What to retire, ug CO2e.
     * @param beneficiary Name of the beneficiary, 1 to 64 bytes.
     * @param payment_token Must be accepted.
     * @param max_price Most to pay, base units of the payment token. The caller must hold all of it.
     * @return certificate Token id.
     */
    function buy_and_retire(
        address token,
        uint72 amount_ug,
        string calldata beneficiary,
        address payment_token,
        uint256 max_price
    ) external returns (uint256);

    /**
     * @notice The same, after allowing `max_price` by a signature (EIP-2612), for payment tokens that take one.
     * @dev A permit that fails is passed over: anyone may have sent the same one before, and the transfer that follows
     *     shows whether the payment may be taken.
     * @param deadline Unix seconds, of the permit.
     */
    function buy_and_retire_with_permit(
        address token,
        uint72 amount_ug,
        string calldata beneficiary,
        address payment_token,
        uint256 max_price,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256);

    /**
     * @notice States where the protocol takes a token's credits from, or 0 to sell no more of them. Only the owner.
     * @param token Carbon token; sold only while it is listed as well.
     */
    function set_offer(address token, address carbon_class) external;

    /**
     * @notice States who collects a payment token for the protocol, or 0 to accept it no more. Only the owner.
     * @dev No token that changes balances by itself, that takes a fee on transfers, or that stands for credits.
     */
    function set_payment_token(address payment_token, address spender_) external;

    /**
     * @notice Where the protocol takes a token's credits from, 0 if they are not for sale.
     */
    function offer(address token) external view returns (address);

    /**
     * @notice The protocol's contract that collects a payment token, 0 if it is not accepted.
     */
    function spender(address payment_token) external view returns (address);
}
