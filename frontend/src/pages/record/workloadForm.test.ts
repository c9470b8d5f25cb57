import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readMethodology } from "../../model/methodology";
import { parseWorkload } from "../../model/parsing";
import { loadsStrict } from "../../model/strictJson";
import { readForm } from "./readForm";
import { BLOOM_FORM, EMPTY_FORM, formField, type WorkloadForm } from "./workloadForm";

const NOW = 1_770_000_000;

test("readForm: the BLOOM example is the published job in base units", () => {
  expect(readForm(BLOOM_FORM, NOW).workload).toEqual({
    kind: "training",
    name: "BLOOM-176B",
    start: 1_646_956_800,
    end: 1_657_065_600,
    place: { country: "FR" },
    phases: [
      { hardware: "a100-sxm-80gb", device_seconds: "3898764000", power_mw: "400000", power_scope: "system" },
    ],
    pue_ppm: "1200000",
    grid_mg_per_kwh: "57000",
  });
});

test("readForm: what is left out stays out, so that the model can name its defaults", () => {
  const form = { ...BLOOM_FORM, name: " ", country: "", powerW: "", pue: "", gridGrams: "" };
  expect(readForm(form, NOW).workload).toEqual({
    kind: "training",
    start: 1_646_956_800,
    end: 1_657_065_600,
    phases: [{ hardware: "a100-sxm-80gb", device_seconds: "3898764000" }],
  });
});

test("readForm: inference takes tokens and no accelerator", () => {
  const form = {
    ...BLOOM_FORM,
    kind: "inference" as const,
    model: "llama-3.1-8b",
    requests: "1000000",
    inputTokens: "0",
    outputTokens: "400",
  };
  const { workload } = readForm(form, NOW);
  expect(workload).toMatchObject({
    kind: "inference",
    model: "llama-3.1-8b",
    requests: "1000000",
    input_tokens: "0",
    output_tokens: "400",
  });
  expect(workload).not.toHaveProperty("phases");
});

test("readForm: a part of an hour becomes whole seconds, half up", () => {
  const phases = (deviceHours: string) => readForm({ ...BLOOM_FORM, deviceHours }, NOW).workload?.phases;
  expect(phases("1.5")).toMatchObject([{ device_seconds: "5400" }]);
  expect(phases("0.0001"), "less than half a second is none").toBeUndefined();
  expect(phases("0.0002")).toMatchObject([{ device_seconds: "1" }]);
});

test("readForm: an empty form names every field that is needed", () => {
  expect(Object.keys(readForm(EMPTY_FORM, NOW).errors ?? {}).sort()).toEqual([
    "deviceHours",
    "end",
    "hardware",
    "start",
  ]);
});

test.each([
  ["deviceHours", { deviceHours: "-5" }],
  ["deviceHours", { deviceHours: "0" }],
  ["deviceHours", { deviceHours: "1,082,990" }],
  ["powerW", { powerW: "0" }],
  ["pue", { pue: "0.9" }],
  ["gridGrams", { gridGrams: "a lot" }],
  ["end", { end: "2022-03-11" }],
  ["end", { end: "2099-01-01" }],
  ["start", { start: "2022-02-31x" }],
  ["name", { name: "x".repeat(101) }],
  ["pue", { pue: "3.1" }],
  ["gridGrams", { gridGrams: "2000.001" }],
  ["powerW", { powerW: "20000.001" }],
  ["deviceHours", { deviceHours: "99999999999" }],
  ["deviceHours", { deviceHours: "2808000001" }],
  ["start", { start: "2009-12-31", end: "2010-01-02" }],
  ["end", { start: "2010-01-01", end: "2020-03-01" }],
])("readForm: a wrong %s is refused with %j", (key, change) => {
  expect(Object.keys(readForm({ ...BLOOM_FORM, ...change }, NOW).errors ?? {})).toEqual([key]);
});

test("formField: finds the field that the backend means", () => {
  expect(formField("phases[0].hardware")).toBe("hardware");
  expect(formField("phases.0.device_seconds")).toBe("deviceHours");
  expect(formField("place.country")).toBe("country");
  expect(formField("contracts[0].evidence")).toBeUndefined();
});

const INFERENCE: WorkloadForm = {
  ...BLOOM_FORM,
  kind: "inference",
  model: "llama-3.1-8b",
  requests: "1",
  inputTokens: "0",
  outputTokens: "1",
};
const MEASURED: WorkloadForm = {
  ...EMPTY_FORM,
  kind: "measured",
  start: "2025-01-01",
  end: "2025-02-01",
  energyKwh: "1234.567",
};

test("readForm: measured kilowatt-hours are stated in whole microwatt-hours, with where they were measured", () => {
  expect(readForm({ ...MEASURED, work: "fine-tuning", scope: "device" }, NOW).workload).toEqual({
    kind: "fine-tuning",
    start: 1_735_689_600,
    end: 1_738_368_000,
    measured_uwh: "1234567000000",
    measurement_scope: "device",
  });
});

test.each([
  ["deviceHours", { deviceHours: "10" }],
  ["hardware", { hardware: "a100-sxm-80gb" }],
  ["pue", { scope: "facility", pue: "1.2" }],
  ["energyKwh", { energyKwh: "" }],
  ["energyKwh", { energyKwh: "100000000000.1" }],
] as const)("readForm: measured energy with a wrong %s is refused", (key, change) => {
  expect(Object.keys(readForm({ ...MEASURED, ...change }, NOW).errors ?? {})).toEqual([key]);
});

test("readForm: what one start cannot be is not stated after changing to it", () => {
  expect(readForm({ ...BLOOM_FORM, work: "inference" }, NOW).workload).toMatchObject({ kind: "training" });
  expect(readForm({ ...BLOOM_FORM, work: "fine-tuning" }, NOW).workload).toMatchObject({
    kind: "fine-tuning",
  });
  expect(readForm({ ...INFERENCE, work: "training" }, NOW).workload).toMatchObject({ kind: "inference" });
});

test("readForm: more tokens in all than the model takes are refused at the requests", () => {
  const form = { ...INFERENCE, requests: "1000000000000", inputTokens: "600", outputTokens: "400.0" };
  expect(readForm(form, NOW).errors).toBeUndefined();
  expect(Object.keys(readForm({ ...form, outputTokens: "401" }, NOW).errors ?? {})).toEqual(["requests"]);
});

const { factors } = readMethodology(
  readFileSync("../backend/greenledger/footprint/data/gal-factors-2026-1.json"),
);

test.each<[string, Partial<WorkloadForm>]>([
  ["the example", BLOOM_FORM],
  ["the least hours", { ...BLOOM_FORM, deviceHours: "0.0002", powerW: "0.001", pue: "1", gridGrams: "0" }],
  ["the most power", { ...BLOOM_FORM, powerW: "20000", pue: "3", gridGrams: "2000" }],
  ["the most devices", { ...BLOOM_FORM, deviceHours: "2808000000" }],
  ["the longest name", { ...BLOOM_FORM, name: "\u{1F333}".repeat(100) }],
  ["the earliest and longest time", { ...BLOOM_FORM, start: "2010-01-01", end: "2020-01-08" }],
  ["the most tokens", { ...INFERENCE, outputTokens: "1000000000000000", batch: "4096" }],
  ["nothing but requests", { ...INFERENCE, requests: "1000000000000" }],
  ["the most energy", { ...MEASURED, energyKwh: "100000000000" }],
  ["no energy", { ...MEASURED, energyKwh: "0" }],
  ["a facility's meter", { ...MEASURED, scope: "facility" }],
  ["energy and devices", { ...MEASURED, hardware: "a100-sxm-80gb", deviceHours: "10" }],
  ["inference by meter", { ...MEASURED, work: "inference" }],
])("readForm: the model takes what the form takes: %s", (_name, change) => {
  const { workload } = readForm({ ...EMPTY_FORM, ...change }, NOW);
  const json = loadsStrict(new TextEncoder().encode(JSON.stringify(workload)));
  expect(parseWorkload(json, factors).kind).toBe(workload?.kind);
});
