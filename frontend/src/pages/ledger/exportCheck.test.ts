import { encodeFunctionData, encodeFunctionResult } from "viem";
import { beforeEach, expect, test } from "vitest";
import { forgetVisit } from "../../chain/eventStore";
import { creditsReads, ledgerReads } from "../../generated/publicAbi";
import { accountChain, BLOCK, TOTALS } from "../../testing/accountChain";
import { ACCOUNT, CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT, STRANGER } from "../../testing/fixtures";
import { type AccountExport, type ExportFile, exportJson, readAccountExport } from "./accountExport";
import { checkExport, type Outcome, readFile } from "./exportCheck";
import { attestationsCsv, certificatesCsv } from "./exportCsv";

const { footprint } = FOOTPRINT_REPORT;

async function exported(chain = accountChain()): Promise<AccountExport> {
  return (await readAccountExport(chain.client(), CONFIG, ACCOUNT)).exported;
}

async function check(file: ExportFile, chain = accountChain(), account = ACCOUNT): Promise<Outcome> {
  const records = [{ id: FOOTPRINT_ID, account, footprint, transaction: RECORDED_BY, block: 17n }];
  return checkExport(file, chain.client(), CONFIG, { account, records });
}

/** The events' transactions are of the chain's own making. */
let RECORDED_BY: `0x${string}` = "0x";

beforeEach(async () => {
  forgetVisit();
  RECORDED_BY = (await exported()).attestations[0]?.transaction ?? "0x";
  forgetVisit();
});

test("checkExport: what was exported is equal, as JSON and as either CSV", async () => {
  const honest = await exported();
  for (const text of [exportJson(honest), attestationsCsv(honest), certificatesCsv(honest)])
    expect(await check(readFile(text))).toMatchObject({ is: "compared", differences: [], eventsOnly: false });
});

test("checkExport: an earlier block is compared with what stood there, and what came later is counted", async () => {
  const early: AccountExport = { ...(await exported()), block: 16n, attestations: [], certificates: [] };
  const outcome = await check(early);
  expect(outcome).toEqual({ is: "incomplete" });
  const chain = accountChain();
  chain.calls.set(
    encodeFunctionData({ abi: ledgerReads, functionName: "account", args: [ACCOUNT] }),
    encodeFunctionResult({
      abi: ledgerReads,
      functionName: "account",
      result: { low_ug: 0n, central_ug: 0n, high_ug: 0n, covered_ug: 0n, count: 0 },
    }),
  );
  chain.calls.set(
    encodeFunctionData({ abi: creditsReads, functionName: "balanceOf", args: [ACCOUNT] }),
    encodeFunctionResult({ abi: creditsReads, functionName: "balanceOf", result: 0n }),
  );
  const totals = { low_ug: 0n, central_ug: 0n, high_ug: 0n, covered_ug: 0n, count: 0 };
  expect(await check({ ...early, totals }, chain)).toMatchObject({ differences: [], since: 1 });
});

test("checkExport: invented certificates, counts and coverage are each named", async () => {
  const honest = await exported();
  const invented = honest.certificates.map((one) => ({ ...one, id: 6n, amount_ug: 10n ** 20n }));
  const outcome = await check({
    ...honest,
    totals: { ...TOTALS, count: 777, covered_ug: 10n ** 20n },
    attestations: honest.attestations.map((one) => ({ ...one, covered_ug: 10n ** 20n })),
    certificates: [...honest.certificates, ...invented],
  });
  expect(outcome.is === "compared" && outcome.differences).toEqual([
    { part: "totals", id: "", is: "other", fields: ["covered_ug", "count"] },
    { part: "attestations", id: FOOTPRINT_ID, is: "other", fields: ["covered_ug"] },
    expect.objectContaining({ part: "certificates", is: "unknown" }),
  ]);
});

test("checkExport: what is left out, and what is there twice, is told", async () => {
  const honest = await exported();
  const outcome = await check({
    ...honest,
    attestations: [...honest.attestations, ...honest.attestations],
    certificates: [],
  });
  expect(outcome.is === "compared" && outcome.differences.map(({ part, is }) => [part, is])).toEqual([
    ["attestations", "twice"],
    ["certificates", "left out"],
  ]);
});

test("checkExport: a changed text of a certificate and a changed figure of a footprint are named", async () => {
  const honest = await exported();
  const outcome = await check({
    ...honest,
    attestations: honest.attestations.map((one) => ({ ...one, footprint: { ...footprint, energy_uwh: 1n } })),
    certificates: honest.certificates.map((one) => ({ ...one, beneficiary: "Somebody", voided: true })),
  });
  expect(outcome.is === "compared" && outcome.differences.map(({ fields }) => fields)).toEqual([
    ["footprint.energy_uwh"],
    ["voided", "beneficiary"],
  ]);
});

test("checkExport: a node without the state of that block compares the records, and says so", async () => {
  const honest = await exported();
  const chain = accountChain();
  chain.head = 1_000n;
  chain.stateFrom = 900n;
  expect(await check(honest, chain)).toMatchObject({ differences: [], eventsOnly: true });
  const forged = honest.attestations.map((one) => ({ ...one, footprint: { ...footprint, tier: 1 } }));
  expect(await check({ ...honest, attestations: forged }, chain)).toMatchObject({
    differences: [{ fields: ["footprint.tier"] }],
    eventsOnly: true,
  });
});

test("checkExport: another chain, another account and a block to come are not compared", async () => {
  const honest = await exported();
  expect(await check({ ...honest, chain_id: CONFIG.chainId + 1 })).toEqual({ is: "other chain" });
  expect(await check({ ...honest, credits: CONFIG.council })).toEqual({ is: "other chain" });
  expect(await check(honest, accountChain(), STRANGER)).toEqual({ is: "other account", account: ACCOUNT });
  expect(await check({ ...honest, block: BLOCK + 1n })).toEqual({ is: "ahead", block: BLOCK + 1n });
});
