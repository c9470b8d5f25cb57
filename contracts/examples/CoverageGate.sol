// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IFootprintLedger} from "greenledger-contracts/interfaces/IFootprintLedger.sol";
import {IGreenLedger} from "greenledger-contracts/interfaces/IGreenLedger.sol";

/**
 * @title A list of AI models whose footprint is covered: an example of gating on the green ledger
 * @notice Copy what you need. `CoverageGate.vy` is the same contract in Vyper.
 * @dev The ledger is only read, by static calls, so a reentrancy lock would guard nothing.
 */
contract CoverageGate {
    // All of the high bound is allocated. Over-coverage reads more, hence `>=`.
    uint256 private constant COVERED_BPS = 10_000;

    // The `FootprintLedger` that is asked.
    IGreenLedger public immutable LEDGER;

    // (owner, model) -> id of the attestation that was covered when the model was listed.
    mapping(address owner => mapping(string model => bytes32 id)) public listings;

    // owner -> has listed itself as an account.
    mapping(address owner => bool) public has_joined;

    event ModelListed(
        address indexed owner,
        bytes32 indexed id, // the attestation of the model's footprint
        string model
    );

    event AccountJoined(address indexed owner);

    /// @param ledger The `FootprintLedger` of this chain.
    constructor(address ledger) {
        require(ledger.code.length > 0, "gate: ledger is not a contract");
        LEDGER = IGreenLedger(ledger);
    }

    /**
     * @notice Lists a model of the caller, or moves it to another attestation, a correction for one.
     * @dev The id is derived from the caller and never taken from it: anyone can name a covered id of somebody else.
     * @param footprint_hash EIP-712 struct hash of the footprint that the caller recorded for the model.
     */
    function list_model(string calldata model, bytes32 footprint_hash) external {
        bytes32 id = LEDGER.attestation_id(msg.sender, footprint_hash);
        require(_is_covered(id), "gate: footprint is not covered");
        listings[msg.sender][model] = id;
        emit ModelListed(msg.sender, id, model);
    }

    /// @notice Lists the caller as an account whose recorded footprints are covered in sum.
    function join() external {
        require(_is_account_covered(msg.sender), "gate: account is not covered");
        has_joined[msg.sender] = true;
        emit AccountJoined(msg.sender);
    }

    /**
     * @notice Whether a listed model is covered now.
     * @dev Asked anew each time: a correction or a void certificate can end it, and then ends it here at once.
     */
    function is_model_covered(address owner, string calldata model) external view returns (bool) {
        // What was never listed is id 0, which is never recorded.
        return _is_covered(listings[owner][model]);
    }

    /// @notice Whether an account has joined and is covered in sum now.
    function is_member(address owner) external view returns (bool) {
        return has_joined[owner] && _is_account_covered(owner);
    }

    function _is_covered(bytes32 id) private view returns (bool) {
        return LEDGER.coverage_bps(id) >= COVERED_BPS;
    }

    function _is_account_covered(address owner) private view returns (bool) {
        // The weaker gate: a sum can be covered while one attestation in it has nothing and another too much. Good
        // enough where the account as a whole counts; `list_model` is for where one footprint does.
        IFootprintLedger.AccountTotals memory totals = LEDGER.account(owner);
        // Without the count, an account that never recorded anything would pass with 0 of 0.
        return totals.count > 0 && totals.covered_ug >= totals.high_ug;
    }
}
