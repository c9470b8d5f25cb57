// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/interfaces/IFootprintModel.vyi by `make generate`: do not edit.
pragma solidity >=0.8.0;

/**
 * @title The footprint model: the arithmetic of methodology `gal-footprint/1` on chain
 * @notice A workload's numbers and the factor rows that it needs, each with its Merkle proof, go in; the same integers
 *     that `greenledger estimate` gives come out. So a contract can check an estimate without asking anybody. The
 *     contract has no state, no owner and nothing to upgrade.
 *
 *     What it makes sure of: every row is of the set under `root`, byte by byte; every row plays the role that its
 *     key names and has the unit of that role; the rules between the numbers of a workload hold; each integer is
 *     rounded as the methodology says.
 *
 *     What it cannot know, and the caller answers for:
 *     - That `root` is of a published set. Ask `IFootprintLedger.is_methodology_approved(methodology_of(root))`.
 *     - Which rows of the set were left out. It computes as if the rows given were the whole set: of several years
 *     it takes the one nearest to the start of the work, and a region's own row rather than its provider's, but
 *     only of those given. Leaving out the nearer year or the region's row changes the result; so does leaving
 *     out `hardware/<id>/accelerators`, which says that a whole node's figure holds its server (the server then
 *     counts twice). Whoever doubts a result calls again with the row that was missing: more rows only bring it
 *     nearer to the set's own. The rows are arguments, so every reader sees their keys.
 *     - That the numbers are those of the work. They are what the caller states, as in any report. Names of models,
 *     hardware and places are checked where a row of theirs is needed, and not otherwise.
 *
 *     Units are in the names: uWh, mW, ppm, uL per kWh, mg CO2e per kWh, ug CO2e, Unix seconds. A number that is 0
 *     is not stated; where 0 can be meant, a `Stated` tells which. Texts are empty where they are not stated;
 *     hardware, models, tasks and places are spelled as in the keys of the factor set.
 *     Limits of one call: 8 phases, 8 contracts, 48 rows, proofs of 16 siblings. The ABI decoder reverts, without a
 *     reason, on more; then split the work by phases, whose integers add up exactly (contracts apart).
 */
interface IFootprintModel {
    struct Bounds {
        uint256 low; // rounded down at every stage
        uint256 central; // rounded half up at every stage
        uint256 high; // rounded up at every stage
    }

    struct Row {
        string key; // what it is a factor of, as grid/country/DE or grid/country/DE/2021
        string unit; // unit of the three values, as mg/kWh
        uint120 low;
        uint120 central;
        uint120 high;
        uint16 year; // the year that the values are of
        string source_id; // the source in the factor set's list
        string licence; // the terms under which the values are shipped
        string evidence; // what was taken from the source
    }

    struct RowProof {
        bytes32[] siblings; // from the leaf up; a level where the node is alone has none
        uint256 left; // bit i is set where sibling i stands left of the node
    }

    struct Stated {
        bool is_stated; // False: not stated, and the value must be 0
        uint256 value;
    }

    struct Site {
        string place; // country/DE, state/US-CA, region/aws/eu-west-1, or empty
        uint256 pue_ppm; // power usage effectiveness, 1,000,000 to 3,000,000
        Stated wue_ul_per_kwh; // water usage effectiveness, on IT energy, at most 20,000,000
        Stated grid_mg_per_kwh; // location-based intensity, at most 2,000,000
    }

    struct Phase {
        string hardware; // accelerator or node of the factor set
        uint256 device_seconds; // devices times seconds, at most 32 * 10^12
        uint256 power_mw; // mean power of a device, at most 20,000,000
        uint8 power_scope; // 1 system (host included), 2 device alone; 0 where no power is stated
        uint256 utilisation_ppm; // mean share of the power, at most 1,000,000
        uint256 tokens; // tokens trained on, where device_seconds follow from the arithmetic
        uint256 params; // parameters that each token used, 10^6 to 10^14
        uint256 mfu_ppm; // share of the peak rate that was reached, 10,000 to 1,000,000
        uint256 measured_uwh; // energy metered for this phase, at most 10^20
        uint8 measurement_scope; // 1 device, 2 node, 3 facility; 0 where nothing was metered
        Stated embodied_mg; // making one device with its share of the server, at most 10^12
        Site site; // what is not stated is taken from the workload, unless a place is stated
    }

    struct EnergyContract {
        uint256 energy_uwh; // contracted energy, 1 to 10^20
        uint256 grid_mg_per_kwh; // its intensity, at most 2,000,000
    }

    struct Workload {
        uint8 kind; // 1 training, 2 fine-tuning, 3 inference
        uint256 start; // Unix seconds, from 2010
        uint256 end; // Unix seconds, at most ten years after start
        Phase[] phases; // parts of the work
        uint256 measured_uwh; // energy metered for the whole work, at most 10^20
        uint8 measurement_scope; // 1 device, 2 node, 3 facility; 0 where nothing was metered
        uint256 idle_uwh; // of the facility while the reserved hardware idled, at most 10^20
        string model; // the model that served, of the factor set
        uint256 active_params; // instead of a model: parameters used for one token, 10^6 to 10^14
        uint256 total_params; // all parameters, at least the active ones
        uint256 requests; // at most 10^13; 0 counts as one
        uint256 input_tokens; // per request, cached ones included
        uint256 output_tokens; // per request, reasoning included
        uint256 cached_tokens; // per request, a part of input_tokens
        uint256 batch; // requests that were served at once, at most 4,096
        string task; // work that is not text, of the factor set
        uint256 units; // how many of the task's unit, at most 10^13
        Site site; // where the work ran
        Stated grid_water_ul_per_kwh; // water of the power stations, at most 20,000,000
        EnergyContract[] contracts;
        Stated residual_mg_per_kwh; // for energy beyond the contracts, at most 2,000,000
        uint256 hardware_life_s; // seconds of use that share the embodied carbon, 2,592,000 to 1.6 * 10^9
        uint256 embodied_share_ppm; // reserved share of each device; 0 counts as all of it
        uint256 functional_units; // count of the functional unit of the SCI, at most 10^30
    }

    struct Estimate {
        bytes32 methodology; // keccak256(method || 0x00 || root)
        uint8 tier; // evidence tier, 1 (metered) .. 7 (published average)
        Bounds it_energy_uwh; // of the nodes
        Bounds energy_uwh; // of the facility
        Bounds operational_ug; // location-based
        Bounds operational_market_ug; // market-based
        Bounds embodied_ug; // of making the hardware
        Bounds water_ul; // of the sites; of the power stations too where stated
        Bounds total_ug; // operational, location-based, and embodied
        Bounds total_market_ug; // operational, market-based, and embodied
        Bounds per_request_ug; // total over requests; 0 where none are stated
        Bounds sci_ug; // total over functional units (ISO/IEC 21031); 0 where none are stated
    }

    /**
     * @notice The footprint of a workload under the factor set with this root, as if the rows given were the whole set.
     *     Reverts with `model: ...` where a rule of workloads is broken, a row is missing or is not of the set, or
     *     a total exceeds 2^72 - 1 ug.
     * @param root Merkle root of the factor set.
     * @param rows Every row that is needed, in any order; more than needed does no harm.
     * @param proofs The proof of each row, in the order of the rows.
     */
    function estimate(
        bytes32 root,
        Workload calldata workload,
        Row[] calldata rows,
        RowProof[] calldata proofs
    ) external view returns (Estimate memory);

    /**
     * @notice The name of the methodology with this factor set: keccak256("gal-footprint/1" || 0x00 || root). It is what
     *     a report names and `IFootprintLedger.is_methodology_approved` takes.
     */
    function methodology_of(bytes32 root) external pure returns (bytes32);

    /**
     * @notice Whether this row, with every field as it is here, is under the root.
     * @dev leaf = keccak256(0x00 || JSON of the row), node = keccak256(0x01 || left || right). Pairs are taken left to
     *     right; an odd last node moves up unchanged. The JSON is canonical (RFC 8785): members in the order of their
     *     names, every value a string, numbers in decimal.
     */
    function verify_row(bytes32 root, Row calldata row, RowProof calldata proof) external pure returns (bool);

    /**
     * @notice The contract that computes once rows and workload are checked, for good.
     */
    function ARITHMETIC() external view returns (address);
}
