import { expect, test } from "vitest";
import { CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT, vectors } from "../testing/fixtures";
import { bundleId, type Check, checkBundle, readBundle } from "./bundle";

const ON_CHAIN = {
  low_ug: FOOTPRINT_REPORT.footprint.low_ug,
  central_ug: FOOTPRINT_REPORT.footprint.central_ug,
  high_ug: FOOTPRINT_REPORT.footprint.high_ug,
  tier: FOOTPRINT_REPORT.footprint.tier,
  covered_ug: 0n,
  recorded_at: 1_750_000_000,
  superseded: false,
};

function outcomes(checks: readonly Check[]) {
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
}

function changed(change: (copy: typeof vectors.bundle) => void) {
  const copy = structuredClone(vectors.bundle);
  change(copy);
  return readBundle(copy);
}

test("checkBundle: an honest bundle is equal in all that the page can check", () => {
  const bundle = readBundle(vectors.bundle);
  expect(bundleId(bundle, CONFIG)).toBe(FOOTPRINT_ID);
  expect(outcomes(checkBundle(bundle, CONFIG, ON_CHAIN))).toEqual({
    place: "equal",
    id: "equal",
    recorded: "equal",
    current: "equal",
    figures: "equal",
    count: "equal",
    root: "equal",
    model: "unchecked",
  });
});

test("checkBundle: a changed figure changes the id and is not what the chain holds", () => {
  const bundle = changed((copy) => {
    copy.report.footprint.low_ug = "1";
  });
  expect(outcomes(checkBundle(bundle, CONFIG, ON_CHAIN))).toMatchObject({
    id: "different",
    figures: "different",
    root: "different",
  });
});

test("checkBundle: a changed workload no longer fits the root", () => {
  const bundle = changed((copy) => {
    const first = copy.workloads[0];
    if (first) first.workload.pue_ppm = "1100000";
  });
  expect(outcomes(checkBundle(bundle, CONFIG, ON_CHAIN))).toMatchObject({ id: "equal", root: "different" });
});

test("checkBundle: an unknown id is said to be not recorded", () => {
  expect(outcomes(checkBundle(readBundle(vectors.bundle), CONFIG, null))).toMatchObject({
    recorded: "different",
  });
});

test("checkBundle: another ledger's bundle is told apart", () => {
  const bundle = changed((copy) => {
    copy.ledger = CONFIG.credits;
  });
  expect(outcomes(checkBundle(bundle, CONFIG, null))).toMatchObject({ place: "different" });
});

test("checkBundle: the root of several workloads is called not checked, never equal", () => {
  const bundle = changed((copy) => {
    copy.workloads.push(structuredClone(copy.workloads[0] as (typeof copy.workloads)[0]));
  });
  expect(outcomes(checkBundle(bundle, CONFIG, ON_CHAIN))).toMatchObject({
    count: "different",
    rootMany: "unchecked",
  });
});

test.each([
  ["bundle", []],
  ["bundle.version", { ...vectors.bundle, version: 2 }],
  ["bundle.id", { ...vectors.bundle, id: "0x12" }],
  ["bundle.workloads", { ...vectors.bundle, workloads: {} }],
  ["bundle.workloads[0].salt", { ...vectors.bundle, workloads: [{ workload: {}, salt: "x" }] }],
  ["report.footprint", { ...vectors.bundle, report: { account: CONFIG.ledger } }],
])("readBundle: a wrong %s is named", (field, json) => {
  expect(() => readBundle(json)).toThrow(`${field} must be`);
});
