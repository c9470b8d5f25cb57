# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a workload must satisfy: each number in its range, and what goes together
@license AGPL-3.0-only
@notice The rules of `greenledger.footprint.rules` and `consistency`. Ranges are far above any published run; they stop
        slips of units and keep every product of the arithmetic within 256 bits.
"""


from ..interfaces import IFootprintModel


EARLIEST: constant(uint256) = 1_262_304_000             # 2010-01-01
LATEST: constant(uint256) = 4_102_444_800               # 2100-01-01
LONGEST_S: constant(uint256) = 10 * 366 * 86_400
MOST_DEVICES: constant(uint256) = 1_000_000
MOST_DEVICE_SECONDS: constant(uint256) = 32 * 10**12    # a million devices for a year
MOST_ENERGY_UWH: constant(uint256) = 10**20             # 100 TWh
MOST_TOKENS: constant(uint256) = 10**15
LEAST_PARAMS: constant(uint256) = 10**6
MOST_PARAMS: constant(uint256) = 10**14
MOST_MG_PER_KWH: constant(uint256) = 2_000_000
MOST_UL_PER_KWH: constant(uint256) = 20_000_000
WHOLE_PPM: constant(uint256) = 1_000_000


TRAINING: constant(uint8) = 1
INFERENCE: constant(uint8) = 3
FACILITY: constant(uint8) = 3


@internal
@pure
def _check(workload: IFootprintModel.Workload):
    assert workload.kind >= TRAINING and workload.kind <= INFERENCE, "model: kind is 1, 2 or 3"
    self._within(workload.start, EARLIEST, LATEST, "start")
    self._within(workload.end, workload.start + 1, min(workload.start + LONGEST_S, LATEST), "end")
    self._check_meter(workload.measured_uwh, workload.measurement_scope, workload.site.pue_ppm)
    self._check_site(workload.site)
    self._if_stated(workload.idle_uwh, 1, MOST_ENERGY_UWH, "idle_uwh")
    self._check_stated(workload.grid_water_ul_per_kwh, MOST_UL_PER_KWH, "grid_water_ul_per_kwh")
    self._check_stated(workload.residual_mg_per_kwh, MOST_MG_PER_KWH, "residual_mg_per_kwh")
    self._if_stated(workload.hardware_life_s, 2_592_000, 1_600_000_000, "hardware_life_s")
    self._if_stated(workload.embodied_share_ppm, 1, WHOLE_PPM, "embodied_share_ppm")
    self._if_stated(workload.functional_units, 1, 10**30, "functional_units")
    self._if_stated(workload.requests, 1, 10**13, "requests")
    for contract: IFootprintModel.EnergyContract in workload.contracts:
        self._within(contract.energy_uwh, 1, MOST_ENERGY_UWH, "a contract's energy_uwh")
        self._within(contract.grid_mg_per_kwh, 0, MOST_MG_PER_KWH, "a contract's grid_mg_per_kwh")
    self._check_tokens(workload)
    self._check_evidence(workload)
    self._check_phases(workload)


@internal
@pure
def _check_tokens(workload: IFootprintModel.Workload):
    self._if_stated(workload.active_params, LEAST_PARAMS, MOST_PARAMS, "active_params")
    self._if_stated(workload.total_params, LEAST_PARAMS, MOST_PARAMS, "total_params")
    self._within(workload.input_tokens, 0, MOST_TOKENS, "input_tokens")
    self._within(workload.output_tokens, 0, MOST_TOKENS, "output_tokens")
    self._within(workload.cached_tokens, 0, workload.input_tokens, "cached_tokens")
    tokens: uint256 = max(workload.requests, 1) * (workload.input_tokens + workload.output_tokens)
    self._within(tokens, 0, MOST_TOKENS, "requests times tokens")
    self._if_stated(workload.batch, 1, 4096, "batch")
    self._if_stated(workload.units, 1, 10**13, "units")


@internal
@pure
def _check_evidence(workload: IFootprintModel.Workload):
    """
    @notice What the energy follows from is stated once, and fits the kind of the work.
    """
    has_task: bool = workload.task != "" or workload.units != 0
    # Together they are 0 only if each is.
    numbers: uint256 = (
        workload.active_params
        | workload.total_params
        | workload.input_tokens
        | workload.output_tokens
        | workload.batch
    )
    has_tokens: bool = workload.model != "" or numbers != 0
    has_phases: bool = len(workload.phases) != 0
    has_meter: bool = workload.measurement_scope != 0
    if workload.kind != INFERENCE:
        assert (
            not has_tokens and not has_task and workload.requests == 0
        ), "model: requests, tokens and tasks are of inference"
        assert has_phases or has_meter, "model: training needs phases or a meter"
    elif has_phases:
        assert not has_tokens and not has_task, "model: either phases, or tokens or a task"
    elif has_task:
        assert not has_tokens, "model: either tokens or a task"
        assert workload.task != "" and workload.units != 0, "model: task and units go together"
    elif has_tokens:
        assert (workload.model == "") != (
            workload.active_params == 0
        ), "model: either a model or its active_params"
        assert workload.total_params == 0 or (
            workload.model == "" and workload.total_params >= workload.active_params
        ), "model: total_params go with active_params and are at least as many"
    elif not has_meter:
        assert workload.requests != 0, "model: nothing to estimate from"
        assert workload.site.pue_ppm == 0, "model: an average per request includes the PUE"


@internal
@pure
def _check_phases(workload: IFootprintModel.Workload):
    device_seconds: uint256 = 0
    for phase: IFootprintModel.Phase in workload.phases:
        self._check_phase(phase)
        if workload.measurement_scope != 0:
            # One meter cannot be split between sites, or among other meters.
            assert (
                phase.measurement_scope == 0
                and phase.site.place == ""
                and phase.site.pue_ppm == 0
                and not phase.site.wue_ul_per_kwh.is_stated
                and not phase.site.grid_mg_per_kwh.is_stated
            ), "model: a phase under the workload's meter has no meter or site of its own"
        device_seconds += phase.device_seconds
    assert (
        device_seconds <= MOST_DEVICES * (workload.end - workload.start)
    ), "model: more than a million devices between start and end"


@internal
@pure
def _check_phase(phase: IFootprintModel.Phase):
    self._check_meter(phase.measured_uwh, phase.measurement_scope, phase.site.pue_ppm)
    self._check_site(phase.site)
    self._if_stated(phase.device_seconds, 1, MOST_DEVICE_SECONDS, "device_seconds")
    self._if_stated(phase.power_mw, 1, 20_000_000, "power_mw")
    self._if_stated(phase.utilisation_ppm, 1, WHOLE_PPM, "utilisation_ppm")
    self._if_stated(phase.tokens, 1, 10**17, "tokens")
    self._if_stated(phase.params, LEAST_PARAMS, MOST_PARAMS, "params")
    self._if_stated(phase.mfu_ppm, 10_000, WHOLE_PPM, "mfu_ppm")
    self._check_stated(phase.embodied_mg, 10**12, "embodied_mg")
    has_hardware: bool = phase.hardware != ""
    has_time: bool = phase.device_seconds != 0
    has_tokens: bool = phase.tokens != 0
    assert has_hardware or not phase.embodied_mg.is_stated, "model: embodied_mg without hardware"
    assert has_tokens == (phase.params != 0), "model: tokens and params of a phase go together"
    assert has_tokens or phase.mfu_ppm == 0, "model: mfu_ppm without tokens"
    assert phase.power_scope <= 2, "model: power_scope is 0, 1 or 2"
    assert (phase.power_mw != 0) == (phase.power_scope != 0), "model: power_mw and power_scope go together"
    if phase.measurement_scope != 0:
        assert (
            not has_tokens and phase.power_mw == 0 and phase.utilisation_ppm == 0
        ), "model: either a meter, or power and tokens"
        assert has_hardware == has_time, "model: hardware and device_seconds of a metered phase go together"
    else:
        assert has_hardware, "model: a phase needs hardware or a meter"
        assert has_tokens != has_time, "model: either device_seconds, or tokens and params"


@internal
@pure
def _check_meter(measured_uwh: uint256, scope: uint8, pue_ppm: uint256):
    assert scope <= FACILITY, "model: measurement_scope is 0, 1, 2 or 3"
    assert measured_uwh == 0 or scope != 0, "model: measured_uwh without measurement_scope"
    self._within(measured_uwh, 0, MOST_ENERGY_UWH, "measured_uwh")
    assert pue_ppm == 0 or scope != FACILITY, "model: energy of the facility includes the PUE"


@internal
@pure
def _check_site(site: IFootprintModel.Site):
    self._if_stated(site.pue_ppm, WHOLE_PPM, 3 * WHOLE_PPM, "pue_ppm")
    self._check_stated(site.wue_ul_per_kwh, MOST_UL_PER_KWH, "wue_ul_per_kwh")
    self._check_stated(site.grid_mg_per_kwh, MOST_MG_PER_KWH, "grid_mg_per_kwh")
    if site.place == "":
        return
    # Whatever else stands behind grid/ in a key, as life-cycle/lowest, is no place.
    length: uint256 = len(site.place)
    is_country: bool = length == 10 and slice(site.place, 0, 8) == "country/"
    is_state: bool = length == 11 and slice(site.place, 0, 9) == "state/US-"
    is_region: bool = length > 7 and slice(site.place, 0, 7) == "region/"
    assert is_country or is_state or is_region, "model: a place is country/XX, state/US-XX or region/provider/name"


@internal
@pure
def _check_stated(stated: IFootprintModel.Stated, most: uint256, name: String[24]):
    assert stated.is_stated or stated.value == 0, concat("model: ", name, " has a value but is not stated")
    self._within(stated.value, 0, most, name)


@internal
@pure
def _if_stated(number: uint256, least: uint256, most: uint256, name: String[24]):
    if number != 0:
        self._within(number, least, most, name)


@internal
@pure
def _within(number: uint256, least: uint256, most: uint256, name: String[32]):
    assert number >= least and number <= most, concat("model: ", name, " is out of range")
