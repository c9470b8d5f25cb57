import { expect, test } from "vitest";
import { BLOOM_FORM, EMPTY_FORM, formField, readForm } from "./workloadForm";

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
  expect(phases("0.0001")).toMatchObject([{ device_seconds: "0" }]);
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
])("readForm: a wrong %s is refused with %j", (key, change) => {
  expect(Object.keys(readForm({ ...BLOOM_FORM, ...change }, NOW).errors ?? {})).toEqual([key]);
});

test("formField: finds the field that the backend means", () => {
  expect(formField("phases[0].hardware")).toBe("hardware");
  expect(formField("phases.0.device_seconds")).toBe("deviceHours");
  expect(formField("place.country")).toBe("country");
  expect(formField("contracts[0].evidence")).toBeUndefined();
});
