import { expect, test } from "vitest";
import { modelCardText } from "./modelCard";

const BARE = {
  emissions_ug: 52_981_032_912_557n,
  source: "",
  trainingType: "",
  location: "",
  hardware: "",
} as const;

test("modelCardText: emissions are exact and in grams, what was not said is left out", () => {
  expect(modelCardText(BARE)).toBe("---\nco2_eq_emissions:\n  emissions: 52981032.912557\n---\n");
});

test("modelCardText: all members of the form", () => {
  const card = modelCardText({
    emissions_ug: 1_500_000n,
    source: "ledger, attestation 0x1",
    trainingType: "pre-training",
    location: " Quebec, Canada ",
    hardware: "4 A100",
  });
  expect(card.split("\n")).toEqual([
    "---",
    "co2_eq_emissions:",
    "  emissions: 1.5",
    '  source: "ledger, attestation 0x1"',
    '  training_type: "pre-training"',
    '  geographical_location: "Quebec, Canada"',
    '  hardware_used: "4 A100"',
    "---",
    "",
  ]);
});

test("modelCardText: no text ends its line, its quotes or the front matter", () => {
  const location = 'a"\n---\nlicense: mit\u2028\u0085 #\\';
  const lines = modelCardText({ ...BARE, location }).split(/[\n\u2028\u2029\u0085]/);
  expect(lines).toHaveLength(6);
  const written = lines[3]?.replace("  geographical_location: ", "") ?? "";
  expect(JSON.parse(written)).toBe(location);
});
