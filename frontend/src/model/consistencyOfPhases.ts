/** Rules between the fields of one phase. Findings are added to the reader. */

import type { FactorSet } from "./factors";
import { beginning, type Reader } from "./fields";
import { wholly } from "./shown";
import { checkMeasured, refuse, together } from "./togetherness";

const POWER_FIELDS = ["power_mw", "power_scope", "utilisation_ppm", "tokens", "params", "mfu_ppm"];

export function checkPhase(phase: Reader, factors: FactorSet): void {
  checkMeasured(phase);
  if (phase.has("measured_uwh")) {
    const metered = "either the metered energy or what it could be modelled from";
    refuse(phase, POWER_FIELDS, "given together with measured_uwh", metered);
    together(phase, "hardware", "device_seconds");
    together(phase, "device_seconds", "hardware");
  } else {
    checkDeviceTime(phase);
    checkPower(phase, factors);
  }
  together(phase, "embodied_mg", "hardware");
}

function checkDeviceTime(phase: Reader): void {
  if (!phase.has("hardware")) phase.fail("hardware", "missing", "a name of the catalogue's section hardware");
  if (phase.has("tokens") || phase.has("params")) {
    if (phase.has("device_seconds")) {
      const expected = "either device_seconds, or tokens and params to compute it from";
      phase.fail("device_seconds", "given together with tokens", expected);
    }
    together(phase, "tokens", "params");
    together(phase, "params", "tokens");
  } else if (!phase.has("device_seconds")) {
    phase.fail("device_seconds", "missing", "the number of devices times seconds, or tokens and params");
  }
  together(phase, "mfu_ppm", "tokens");
}

/** The hardware as it was written, of which nothing is known yet. */
function hardwareOf(phase: Reader): string {
  const value = phase.value.get("hardware");
  const written = typeof value === "string" ? value : wholly(value ?? null);
  return written.toLowerCase();
}

function checkPower(phase: Reader, factors: FactorSet): void {
  if (phase.has("power_mw") && !phase.has("power_scope"))
    phase.fail("power_scope", "missing", "one of system, device: whether the host is in power_mw");
  together(phase, "power_scope", "power_mw");
  const hardware = hardwareOf(phase);
  const hasRating = !factors.has(`hardware/${hardware}/system-power`);
  if (phase.has("utilisation_ppm") && !phase.has("power_mw") && !hasRating)
    phase.fail(
      "utilisation_ppm",
      `${hardware} is listed with a measured system power, not a rated power to take a share of`,
      "power_mw and power_scope, or neither",
    );
  if (phase.has("tokens") && !factors.has(`hardware/${hardware}/peak-flops`))
    phase.fail(
      "tokens",
      `no peak rate is known for ${beginning(hardware, 60)}`,
      "device_seconds, or hardware whose peak arithmetic rate is known",
    );
}
