// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IRequestAdapter.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

import {ICreditAdapter} from "./ICreditAdapter.sol";

/**
 * @title Request adapter: certifies retirements that a protocol first takes as a request and answers later
 * @notice The protocol finalises a request, and then anyone has its certificate minted, or it reverts it, and then
 *     anyone has the tokens sent back to who asked. Until it answers, a request stays pending and readable.
 *     Each request is made from a holder contract of its own, so that what comes back for one can never be paid
 *     out for another.
 */
interface IRequestAdapter {
    struct Request {
        address requester; // who asked, gets the certificate or the tokens; 0 if there is no such request
        address token; // carbon token
        address holder; // the contract that made the request at the protocol
        uint8 status; // 1 pending, 2 certified, 3 taken back
        uint72 amount_ug; // ug CO2e
        uint256 protocol_request; // number of the request at the protocol
        uint256 certificate; // token id, once certified
        string beneficiary; // name of the beneficiary
    }

    event RetirementRequested(
        uint256 indexed request,
        address indexed requester,
        address indexed token,
        address holder, // the contract that made the request at the protocol
        uint72 amount_ug, // ug CO2e
        uint256 protocol_request, // number of the request at the protocol
        string beneficiary
    );

    event TakenBack(
        uint256 indexed request,
        address indexed requester,
        uint256 amount // base units of the token
    );

    /**
     * @notice Hands the caller's tokens to the protocol for retirement. The adapter must be allowed to take them.
     * @param token Carbon token, must be listed.
     * @param batches The protocol's numbers of the batches to retire from.
     * @param amount_ug What to retire, ug CO2e; takes `amount_ug` * 10^6 base units. Protocols may want whole tonnes.
     * @param beneficiary Name of the beneficiary, 1 to 64 bytes.
     * @param consumption What the credits are retired for, as the registry may ask.
     * @return request Number of the request, from 1, and `last` of the source of its certificate.
     */
    function request_retirement(
        address token,
        uint256[] calldata batches,
        uint72 amount_ug,
        string calldata beneficiary,
        ICreditAdapter.Consumption calldata consumption
    ) external returns (uint256);

    /**
     * @notice Mints the certificate of a request that the protocol finalised, to who asked. Anyone may send it.
     * @dev The certificate says of the credits what the listing says now, so that a corrected listing reaches it, and
     *     gives the time of this call as the time of the retirement.
     * @return certificate Token id.
     */
    function finish(uint256 request_) external returns (uint256);

    /**
     * @notice Ends a request that the protocol reverted and sends what came back to who asked. Anyone may send it.
     *     Sent again, it passes on what came back later.
     * @return amount Base units of the token.
     */
    function take_back(uint256 request_) external returns (uint256);

    /**
     * @notice One request; all zero if it was never made.
     */
    function request(uint256 number) external view returns (Request memory);

    /**
     * @notice How the protocol answered a request: 0 not yet, 1 finalised, 2 reverted.
     */
    function protocol_status(uint256 number) external view returns (uint8);
}
