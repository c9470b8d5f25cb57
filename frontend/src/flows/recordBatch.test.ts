import { type Hex, zeroHash } from "viem";
import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import { attestationId, type FootprintReport } from "../chain/typedData";
import { ledgerAbi } from "../generated/abi";
import { ACCOUNT, CONFIG, SIGNATURES, STRANGER, vectors } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { cosignBatch, planBatch, recordBatch, sumOf } from "./recordBatch";

const NOW = 1_000;
const LATER = 2_000;

interface Held {
  recorded?: boolean;
  superseded?: boolean;
}

function word(number: number): Hex {
  return `0x${number.toString(16).padStart(64, "0")}`;
}

/** A report as the gateway gives it, told apart by its root. */
function answered(root: number, count: number, account: string = ACCOUNT) {
  const { footprint } = vectors.footprint.report;
  return {
    id: word(root),
    report: { account, footprint: { ...footprint, root: word(root), count } },
    footprint_hash: zeroHash,
    signatures: SIGNATURES,
    valid_until: LATER,
  };
}

function idOf(answer: ReturnType<typeof answered>): Hex {
  const { account, footprint } = answer.report as never as FootprintReport;
  const numbers = Object.fromEntries(
    Object.entries(footprint).map(([name, value]) => [
      name,
      typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : value,
    ]),
  );
  return attestationId({ account, footprint: numbers } as never, CONFIG.chainId, CONFIG.ledger);
}

function chainHolding(held: Readonly<Record<Hex, Held>> = {}): StrictChain {
  const ledger = {
    address: CONFIG.ledger,
    abi: ledgerAbi,
    call: (name: string, args: readonly unknown[]) => {
      if (name === "record") {
        const { account, footprint } = args[0] as FootprintReport;
        return attestationId({ account, footprint }, CONFIG.chainId, CONFIG.ledger);
      }
      if (name !== "attestations") throw new Error(`the ledger was asked for ${name}`);
      return (args[0] as Hex[]).map((id) => ({
        low_ug: 0n,
        central_ug: 0n,
        high_ug: 0n,
        covered_ug: 0n,
        recorded_at: held[id]?.recorded ? 5n : 0n,
        tier: 3,
        superseded: held[id]?.superseded ?? false,
      }));
    },
    events: (_name: string, args: readonly unknown[]) => {
      const { account, footprint } = args[0] as FootprintReport;
      const id = attestationId({ account, footprint }, CONFIG.chainId, CONFIG.ledger);
      return [
        { name: "FootprintRecorded", args: { id, account, methodology: footprint.methodology, footprint } },
      ];
    },
  };
  return new StrictChain(CONFIG, [ledger], ACCOUNT);
}

type Answer = (path: string, body: { workload_ids: string[] } | undefined) => unknown;

function gateway(answer: Answer): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`);
    const body = init.body === undefined ? undefined : JSON.parse(String(init.body));
    const found = answer(path, body);
    if (found instanceof Problem)
      return new Response(JSON.stringify({ code: found.code, title: found.title }), { status: found.status });
    return new Response(JSON.stringify(found));
  });
  return asked;
}

function names(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `w${index + from}`);
}

afterEach(() => vi.unstubAllGlobals());

test("planBatch: what stands on the ledger or waits is not stated a second time", async () => {
  const stands = answered(1, 2);
  const waits = answered(2, 1);
  const shared = answered(3, 2);
  const expired = { ...answered(4, 1), valid_until: NOW };
  const replaced = answered(5, 1);
  gateway(() => ({
    items: [
      { ...stands, workload_ids: ["w0", "w1"] },
      { ...waits, workload_ids: ["w2"] },
      { ...shared, workload_ids: ["w3", "other"] },
      { ...expired, workload_ids: ["w4"] },
      { ...replaced, workload_ids: ["w5"] },
      { ...answered(6, 1), workload_ids: ["unrelated"] },
    ],
  }));
  const chain = chainHolding({
    [idOf(stands)]: { recorded: true },
    [idOf(replaced)]: { recorded: true, superseded: true },
  });
  const plan = await planBatch(chain.environment(), names(7), NOW);
  expect(plan).toMatchObject({ free: ["w4", "w5", "w6"], recorded: 2, elsewhere: 1 });
  expect(plan.cosigned.map(({ reportId }) => reportId)).toEqual([waits.id]);
});

test("cosignBatch: as few reports as the gateway's limit allows", async () => {
  const sizes: number[] = [];
  gateway((_path, body) => {
    sizes.push(body?.workload_ids.length ?? 0);
    return answered(sizes.length, body?.workload_ids.length ?? 0);
  });
  const done: number[] = [];
  const reports = await cosignBatch(chainHolding().environment(), names(2_300), (count) => done.push(count));
  expect(sizes).toEqual([1_000, 1_000, 300]);
  expect(done).toEqual([1_000, 2_000, 2_300]);
  expect(sumOf(reports).count).toBe(2_300);
});

test("cosignBatch: workloads that are too large together go into several reports", async () => {
  let root = 0;
  gateway((_path, body) => {
    const count = body?.workload_ids.length ?? 0;
    if (count > 2) return new Problem(422, "too_much", "Too large", "", []);
    root += 1;
    return answered(root, count);
  });
  const reports = await cosignBatch(chainHolding().environment(), names(5), () => undefined);
  expect(reports.map(({ report }) => report.footprint.count)).toEqual([2, 1, 2]);
});

test("cosignBatch: one workload that is too large alone is the gateway's refusal", async () => {
  gateway(() => new Problem(422, "too_much", "Too large", "", []));
  await expect(cosignBatch(chainHolding().environment(), ["w0"], () => undefined)).rejects.toThrow(Problem);
});

test.each([
  ["another account", answered(1, 1, STRANGER)],
  ["another number of workloads", answered(1, 7)],
])("cosignBatch: a report for %s is not recorded", async (_name, answer) => {
  gateway(() => answer);
  const cosigning = cosignBatch(chainHolding().environment(), ["w0"], () => undefined);
  await expect(cosigning).rejects.toMatchObject({ kind: "mismatch" });
});

test("recordBatch: what is in a block is told at once, and a refusal leaves the rest unsent", async () => {
  gateway((_path, body) => answered(body?.workload_ids[0] === "w0" ? 1 : 2, 1));
  const chain = chainHolding();
  const env = chain.environment();
  const reports = [
    ...(await cosignBatch(env, ["w0"], () => undefined)),
    ...(await cosignBatch(env, ["w1"], () => undefined)),
  ];
  const recorded: Hex[] = [];
  const run = recordBatch(
    env,
    reports,
    () => undefined,
    ({ id }) => {
      recorded.push(id);
      chain.walletRefuses = true;
    },
  );
  await expect(run).rejects.toThrow();
  expect(recorded).toEqual([reports[0]?.id]);
  expect(chain.sent).toHaveLength(1);
});
