import { readFileSync } from "node:fs";
import type { Hex } from "viem";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { footprintHash } from "../chain/footprint";
import type { Attestation, Recorded } from "../chain/ledger";
import { CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT, vectors } from "../testing/fixtures";
import { openDocument, recompute } from "./checker";
import { CheckFailed, type Failure } from "./checkFailed";
import { type Claim, checksOf, isEqual, verdictOf } from "./checks";
import type { Disclosure } from "./disclosure";

const { footprint } = FOOTPRINT_REPORT;
const ATTESTATION: Attestation = { ...footprint, covered_ug: 0n, recorded_at: 1, superseded: false };
const RECORDED: Recorded = {
  ...FOOTPRINT_REPORT,
  id: FOOTPRINT_ID,
  footprintHash: footprintHash(footprint),
  transaction: FOOTPRINT_ID,
  block: 1n,
};
const DISCLOSED = vectors.bundle.workloads[0] as { workload: Record<string, unknown>; salt: string };

function file(json: unknown): Uint8Array {
  return new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json));
}

/** The page's own server: it has the factor sets and nothing else. */
beforeEach(() => {
  vi.stubGlobal("fetch", async (url: string) => {
    const path = decodeURIComponent(String(url)).replace(/^.*\/(gal-factors-[0-9-]+)[^/]*$/, "$1");
    return new Response(readFileSync(`../backend/greenledger/footprint/data/${path}.json`));
  });
});

/** Bundles that the Python package made of several workloads, and one of these with its proof. */
const BUNDLES: readonly { bundle: typeof vectors.bundle; leaf: { low_ug: string } }[] = JSON.parse(
  readFileSync("src/generated/modelVectors.json", "utf8"),
).bundles;

async function claimOfMany(made: (typeof BUNDLES)[number], shown: unknown): Promise<Claim> {
  const { bundle } = openDocument(file(made.bundle));
  if (!bundle) throw new Error("no bundle");
  const { report, id } = bundle;
  const stored = { ...ATTESTATION, ...report.footprint };
  return claimOf(openDocument(file(shown)), {
    id,
    attestation: stored,
    recorded: { ...RECORDED, ...report, id },
  });
}

afterEach(() => void vi.unstubAllGlobals());

async function claimOf(disclosure: Disclosure, changes: Partial<Claim> = {}): Promise<Claim> {
  const told = () => undefined;
  const recorded = "recorded" in changes ? changes.recorded : RECORDED;
  const made = await recompute(disclosure, recorded?.footprint ?? footprint, told);
  return {
    id: FOOTPRINT_ID,
    config: CONFIG,
    bundle: disclosure.bundle,
    attestation: ATTESTATION,
    recorded,
    recomputed: made.footprint,
    leaves: disclosure.leaves.flatMap((shown, index) => {
      const leaf = made.leaves[index];
      return leaf ? [{ shown, made: leaf }] : [];
    }),
    ...changes,
  };
}

async function different(json: unknown, changes: Partial<Claim> = {}): Promise<string[]> {
  const claim = await claimOf(openDocument(file(json)), changes);
  const checks = checksOf(claim).filter((check) => isEqual(check) === false);
  return checks.map(({ field }) => field);
}

function changed(change: (copy: typeof vectors.bundle) => unknown): typeof vectors.bundle {
  const copy = structuredClone(vectors.bundle);
  change(copy);
  return copy;
}

async function failureOf(act: () => unknown): Promise<Failure> {
  try {
    await act();
  } catch (error) {
    if (error instanceof CheckFailed) return error.failure;
    throw error;
  }
  throw new Error("nothing failed");
}

test("an honest bundle: every integer is recomputed and equal, in the file, on the chain and here", async () => {
  const claim = await claimOf(openDocument(file(vectors.bundle)));
  const checks = checksOf(claim);
  expect(checks.filter((check) => isEqual(check) === false)).toEqual([]);
  expect(verdictOf(claim, checks)).toBe("equal");
  const recomputed = checks.filter(({ field }) => /_(uwh|ug|ul)$|^(root|tier|count)$/.test(field));
  expect(recomputed.map(({ stated, chain, recomputed: here }) => [stated, chain, here])).toEqual(
    recomputed.map(({ stated }) => [stated, stated, stated]),
  );
  expect(recomputed).toHaveLength(10);
});

test.each<[string, (copy: typeof vectors.bundle) => unknown, string[]]>([
  ["a figure", (copy) => Object.assign(copy.report.footprint, { low_ug: "1" }), ["id", "low_ug"]],
  ["the salt", (copy) => Object.assign(copy.workloads[0] ?? {}, { salt: `0x${"00".repeat(32)}` }), ["root"]],
  [
    "the PUE of the workload",
    (copy) => Object.assign(copy.workloads[0]?.workload ?? {}, { pue_ppm: "1100000" }),
    ["root", "energy_uwh", "low_ug", "central_ug", "high_ug", "market_ug"],
  ],
  ["the ledger", (copy) => Object.assign(copy, { ledger: CONFIG.credits }), ["id", "ledger"]],
  ["the chain", (copy) => Object.assign(copy, { chain_id: 1 }), ["id", "chain_id"]],
])("a bundle with %s changed: the fields that differ are named", async (_what, change, fields) => {
  expect(await different(changed(change))).toEqual(fields);
});

test("an id that was never recorded: says so", async () => {
  expect(await different(vectors.bundle, { attestation: null, recorded: undefined })).toEqual(["recorded"]);
});

test("a chain that stores another figure: the field is named", async () => {
  const attestation = { ...ATTESTATION, high_ug: ATTESTATION.high_ug + 1n };
  expect(await different(vectors.bundle, { attestation })).toEqual(["high_ug"]);
});

test("a workload with its salt and no bundle: compared with the chain alone", async () => {
  const claim = await claimOf(openDocument(file(DISCLOSED)));
  const checks = checksOf(claim);
  expect(verdictOf(claim, checks)).toBe("equal");
  expect(checks.find(({ field }) => field === "root")).toMatchObject({
    chain: footprint.root,
    recomputed: footprint.root,
  });
});

test("a workload without its salt: everything but the root is recomputed", async () => {
  const claim = await claimOf(openDocument(file(DISCLOSED.workload)));
  const checks = checksOf(claim);
  expect(verdictOf(claim, checks)).toBe("equalInPart");
  expect(checks.find(({ field }) => field === "root")?.recomputed).toBeUndefined();
});

test("a workload with a proof: it is under the root, and another proof is not", async () => {
  const honest = await claimOf(openDocument(file({ ...DISCLOSED, proof: [] })));
  expect(verdictOf(honest, checksOf(honest))).toBe("equalInPart");
  expect(await different({ ...DISCLOSED, proof: [`0x${"11".repeat(32)}`] })).toEqual([
    "workloads[0] under root",
  ]);
});

test("numbers as JSON integers: give the same hash and figures", async () => {
  const workload = { ...DISCLOSED.workload, pue_ppm: Number(DISCLOSED.workload.pue_ppm) };
  expect(await different({ ...DISCLOSED, workload })).toEqual([]);
});

test("two workloads where the report states one: all are needed", async () => {
  const disclosure = openDocument(file([DISCLOSED, DISCLOSED]));
  expect(await failureOf(() => recompute(disclosure, footprint, () => undefined))).toEqual({
    kind: "count",
    given: 2,
    expected: 1,
  });
});

test.each(BUNDLES.map((made, index) => [index + 1, made] as const))(
  "a bundle of several workloads, of factor set %d: sums, root and tier are those of the Python package",
  async (_set, made) => {
    const claim = await claimOfMany(made, made.bundle);
    const checks = checksOf(claim);
    expect(checks.filter((check) => isEqual(check) === false)).toEqual([]);
    expect(verdictOf(claim, checks)).toBe("equal");
    expect(claim.recomputed?.count).toBe(7);
  },
);

test.each(BUNDLES.map((made, index) => [index + 1, made] as const))(
  "one workload of several with its proof, of factor set %d: is under the root, and not with another bound",
  async (_set, made) => {
    const claim = await claimOfMany(made, made.leaf);
    expect(verdictOf(claim, checksOf(claim))).toBe("equalInPart");
    const other = await claimOfMany(made, { ...made.leaf, low_ug: "1" });
    const different = checksOf(other).filter((check) => isEqual(check) === false);
    expect(different.map(({ field }) => field)).toEqual(["workloads[0] under root", "workloads[0].low_ug"]);
  },
);

test("the same workload twice in a bundle: is not counted twice", async () => {
  const bundle = changed((copy) => void copy.workloads.push(structuredClone(DISCLOSED) as never));
  const failure = await failureOf(() => recompute(openDocument(file(bundle)), footprint, () => undefined));
  expect(failure).toMatchObject({ kind: "fields", errors: [{ field: "workloads[1]" }] });
});

test.each([
  ["with the bounds that it states", {}],
  ["once without them", { low_ug: undefined, central_ug: undefined, high_ug: undefined }],
])("one workload with its proof shown twice, %s: is not counted twice", async (_how, changes) => {
  const made = BUNDLES[0] as (typeof BUNDLES)[number];
  const failure = await failureOf(() => claimOfMany(made, [made.leaf, { ...made.leaf, ...changes }]));
  expect(failure).toMatchObject({
    kind: "fields",
    errors: [{ field: "workloads[1]", problem: "the same as workloads[0]" }],
  });
});

test("a workload that cannot be read: the path of its field is named", async () => {
  const bundle = changed((copy) => {
    (copy.workloads[0] as typeof DISCLOSED).workload.pue_ppm = "12";
  });
  const failure = await failureOf(() => recompute(openDocument(file(bundle)), footprint, () => undefined));
  expect(failure).toMatchObject({ kind: "fields", errors: [{ field: "workloads[0].workload.pue_ppm" }] });
});

test("a methodology that no factor set makes: the known ones are named", async () => {
  const report = { ...footprint, methodology: `0x${"ab".repeat(32)}` as Hex };
  const failure = await failureOf(() => recompute(openDocument(file(DISCLOSED)), report, () => undefined));
  expect(failure).toMatchObject({ kind: "methodology", id: report.methodology });
  expect(failure.kind === "methodology" && failure.known.join()).toContain("gal-factors-2026-2");
});

test("proofs without an attestation: there is no root to check them against", async () => {
  const disclosure = openDocument(file({ ...DISCLOSED, proof: [] }));
  expect(await failureOf(() => recompute(disclosure, undefined, () => undefined))).toEqual({
    kind: "noRoot",
  });
});

test.each<[string, unknown, string]>([
  ["a list of nothing", [], "workloads"],
  ["a version of the future", { ...vectors.bundle, version: 2 }, "version"],
  ["a short id", { ...vectors.bundle, id: "0x12" }, "id"],
  ["workloads that are no list", { ...vectors.bundle, workloads: {} }, "workloads"],
  ["an unknown member", { ...vectors.bundle, extra: 1 }, "extra"],
  ["a bad salt", { ...vectors.bundle, workloads: [{ workload: {}, salt: "x" }] }, "workloads[0].salt"],
  [
    "a report without its footprint",
    { ...vectors.bundle, report: { account: CONFIG.ledger } },
    "report.footprint",
  ],
  [
    "an account with a wrong checksum",
    changed(({ report }) => Object.assign(report, { account: report.account.replace("f39F", "F39f") })),
    "report.account",
  ],
  ["a proof for one only", [{ ...DISCLOSED, proof: [] }, DISCLOSED], "workloads[1].proof"],
  ["one of three bounds", { ...DISCLOSED, proof: [], low_ug: "1" }, "workloads[0].low_ug"],
])("a file with %s: the field is named", async (_what, json, field) => {
  expect(await failureOf(() => openDocument(file(json)))).toMatchObject({
    kind: "fields",
    errors: [{ field }],
  });
});

test.each([
  ["no JSON", "{", /not JSON: .* at line 1, column 2/],
  ["one key twice", '{"kind": "training", "kind": "inference"}', /duplicate key 'kind'/],
  ["half a surrogate pair", '{"kind": "\\ud800"}', /surrogate/],
  ["a number of 41 digits", `{"kind": ${"1".repeat(41)}}`, /41 digits/],
  ["no end of depth", "[".repeat(33), /nested deeper than 32/],
  ["NaN", '{"kind": NaN}', /NaN is not JSON/],
])("a file with %s: the page says what is wrong with it", async (_what, text, detail) => {
  const failure = await failureOf(() => openDocument(file(text)));
  expect(failure.kind === "json" && failure.detail).toMatch(detail);
});

test("no server to load the factors from: says so, and is tried again", async () => {
  const served = fetch;
  vi.resetModules(); // the factors of the other tests are kept
  const fresh = await import("./checker");
  const disclosure = fresh.openDocument(file(DISCLOSED));
  const told = () => undefined;
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  await expect(fresh.recompute(disclosure, footprint, told)).rejects.toMatchObject({
    failure: { kind: "notLoaded" },
  });
  vi.stubGlobal("fetch", served);
  expect((await fresh.recompute(disclosure, footprint, told)).footprint?.root).toBe(footprint.root);
});
