import { afterEach, expect, test, vi } from "vitest";
import type { EstimateResult } from "../api/types";
import { attestationId, type FootprintReport } from "../chain/typedData";
import { ledgerAbi } from "../generated/abi";
import {
  ACCOUNT,
  answerWith,
  CONFIG,
  FOOTPRINT_ID,
  FOOTPRINT_REPORT,
  SIGNATURES,
  STRANGER,
  vectors,
} from "../testing/fixtures";
import { type FakeContract, Revert, StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { type CosignedReport, cosign, record } from "./record";

const COSIGNED: CosignedReport = {
  reportId: FOOTPRINT_ID,
  id: FOOTPRINT_ID,
  report: FOOTPRINT_REPORT,
  signatures: SIGNATURES,
};

function ledger(overrides: Partial<FakeContract> = {}): FakeContract {
  return {
    address: CONFIG.ledger,
    abi: ledgerAbi,
    call: (name, args, from) => {
      if (name !== "record") throw new Error(`the ledger was asked for ${name}`);
      const report = args[0] as FootprintReport;
      if (report.account !== from) throw new Revert("ledger: not the account or its operator");
      return attestationId(report, CONFIG.chainId, CONFIG.ledger);
    },
    events: (_name, args) => {
      const { account, footprint } = args[0] as FootprintReport;
      const id = attestationId({ account, footprint }, CONFIG.chainId, CONFIG.ledger);
      return [
        { name: "FootprintRecorded", args: { id, account, methodology: footprint.methodology, footprint } },
      ];
    },
    ...overrides,
  };
}

function chainWith(contract: FakeContract, account = ACCOUNT): StrictChain {
  return new StrictChain(CONFIG, [contract], account);
}

async function failureOf(chain: StrictChain) {
  const error = await record(chain.environment(), COSIGNED, () => undefined).catch(
    (reason: unknown) => reason,
  );
  return explain(error);
}

afterEach(() => vi.unstubAllGlobals());

test("record: simulates, asks the wallet once, waits for the block and reads the event", async () => {
  const chain = chainWith(ledger());
  const stages: string[] = [];
  const recorded = await record(chain.environment(), COSIGNED, ({ at }) => stages.push(at));
  expect(stages).toEqual(["checking", "confirm", "sent", "mined"]);
  expect(chain.asked.filter((method) => method === "eth_sendTransaction")).toHaveLength(1);
  expect(recorded).toMatchObject({ id: FOOTPRINT_ID, block: 8n });
});

test("record: a call that the contract would refuse never reaches the wallet", async () => {
  const call = () => {
    throw new Revert("ledger: methodology not approved");
  };
  const chain = chainWith(ledger({ call }));
  const failure = await failureOf(chain);
  expect(failure.kind).toBe("reverted");
  expect(failure.message).toContain("ledger: methodology not approved");
  expect(chain.asked).toEqual([]);
});

test("record: a refusal in the wallet is a calm sentence and sends nothing", async () => {
  const chain = chainWith(ledger());
  chain.walletRefuses = true;
  const failure = await failureOf(chain);
  expect(failure).toMatchObject({ kind: "refused" });
  expect(failure.message).toContain("Nothing was sent");
  expect(chain.sent).toEqual([]);
});

test("record: a wallet on another chain is told apart and sends nothing", async () => {
  const chain = chainWith(ledger());
  chain.walletChainId = 1;
  expect((await failureOf(chain)).kind).toBe("wrong-chain");
  expect(chain.sent).toEqual([]);
});

test("record: a wallet that changed its account meanwhile is not used", async () => {
  const chain = chainWith(ledger());
  chain.walletAccount = STRANGER;
  expect((await failureOf(chain)).kind).toBe("mismatch");
  expect(chain.sent).toEqual([]);
});

test("record: a chain that is down is named as that", async () => {
  const chain = chainWith(ledger());
  chain.down = true;
  expect((await failureOf(chain)).kind).toBe("chain-down");
  expect(chain.asked).toEqual([]);
});

test("record: a transaction that fails in its block is not called recorded", async () => {
  const chain = chainWith(ledger());
  chain.receiptStatus = "reverted";
  expect((await failureOf(chain)).kind).toBe("reverted");
});

test("record: a receipt without the expected event is not called recorded", async () => {
  const chain = chainWith(ledger({ events: () => [] }));
  expect((await failureOf(chain)).kind).toBe("mismatch");
});

const range = { low: "0", central: "0", high: "0" };
const { low_ug, central_ug, high_ug } = vectors.footprint.report.footprint;
const SEEN = {
  methodology: CONFIG.methodology,
  estimate: { total_ug: { low: low_ug, central: central_ug, high: high_ug }, energy_uwh: range },
} as unknown as EstimateResult;

function gatewayWith(report: unknown) {
  vi.stubGlobal(
    "fetch",
    answerWith({
      "POST /v1/workloads": { json: { id: "w1" } },
      "POST /v1/reports": { json: { id: FOOTPRINT_ID, report, signatures: SIGNATURES } },
    }),
  );
}

test("cosign: the id is recomputed here, not taken from the answer", async () => {
  gatewayWith(vectors.footprint.report);
  const cosigned = await cosign(chainWith(ledger()).environment(), {}, SEEN, "event", () => undefined);
  expect(cosigned).toEqual(COSIGNED);
});

test("cosign: a report with other figures than the person saw is refused", async () => {
  const report = structuredClone(vectors.footprint.report);
  report.footprint.high_ug = "1";
  gatewayWith(report);
  const error = await cosign(chainWith(ledger()).environment(), {}, SEEN, "event", () => undefined).catch(
    (reason) => reason,
  );
  expect(explain(error).message).toContain("differ from the estimate");
});

test("cosign: a report for another account is refused", async () => {
  gatewayWith({ ...vectors.footprint.report, account: STRANGER });
  const error = await cosign(chainWith(ledger()).environment(), {}, SEEN, "event", () => undefined).catch(
    (reason) => reason,
  );
  expect(explain(error).message).toContain("another account");
});

test("cosign: a malformed report is refused with the name of the field", async () => {
  const report = structuredClone(vectors.footprint.report);
  report.footprint.low_ug = "-1";
  gatewayWith(report);
  const error = await cosign(chainWith(ledger()).environment(), {}, SEEN, "event", () => undefined).catch(
    (reason) => reason,
  );
  expect(explain(error).message).toContain("report.footprint.low_ug");
});
