import { expect, test } from "vitest";
import { creditsAbi, ledgerAbi } from "../generated/abi";
import {
  ACCOUNT,
  CERTIFICATE_ID,
  CONFIG,
  FOOTPRINT_HASH,
  FOOTPRINT_ID,
  FOOTPRINT_REPORT,
} from "../testing/fixtures";
import { type FakeContract, Revert, StrictChain } from "../testing/strictChain";
import { allocate } from "./allocate";
import { freeUg, largestAllocationUg, uncoveredUg } from "./allocationAmounts";
import { explain } from "./failure";

const LEDGER: FakeContract = {
  address: CONFIG.ledger,
  abi: ledgerAbi,
  call: (name) => {
    throw new Error(`the ledger was asked for ${name}`);
  },
  past: [
    {
      name: "FootprintRecorded",
      args: {
        id: FOOTPRINT_ID,
        account: ACCOUNT,
        methodology: FOOTPRINT_REPORT.footprint.methodology,
        footprint: FOOTPRINT_REPORT.footprint,
      },
    },
  ],
};

function credits(seen: (readonly unknown[])[] = [], refusal?: string): FakeContract {
  return {
    address: CONFIG.credits,
    abi: creditsAbi,
    call: (_name, args) => {
      if (refusal) throw new Revert(refusal);
      seen.push(args);
      return FOOTPRINT_ID;
    },
    events: (_name, args) => [
      {
        name: "Allocated",
        args: {
          certificate: args[0],
          attestation: FOOTPRINT_ID,
          account: args[1],
          footprint_hash: args[2],
          amount_ug: args[3],
        },
      },
    ],
  };
}

const WANTED = [{ attestation: FOOTPRINT_ID, amountUg: 5n }] as const;

test("allocate: account and footprint hash come from the attestation's own event", async () => {
  const seen: (readonly unknown[])[] = [];
  const chain = new StrictChain(CONFIG, [LEDGER, credits(seen)], ACCOUNT);
  const done = await allocate(chain.environment(), CERTIFICATE_ID, WANTED, () => undefined);
  expect(seen[0]).toEqual([CERTIFICATE_ID, ACCOUNT, FOOTPRINT_HASH, 5n]);
  expect(done.transactions).toHaveLength(1);
});

test("allocate: several go out in turn, each with its number, where the wallet cannot send them together", async () => {
  const chain = new StrictChain(CONFIG, [LEDGER, credits()], ACCOUNT);
  const steps: string[] = [];
  const two = [...WANTED, { attestation: FOOTPRINT_ID, amountUg: 6n }];
  const done = await allocate(chain.environment(), CERTIFICATE_ID, two, (stage, { number, of }) => {
    if (stage.at === "mined") steps.push(`${number} of ${of}`);
  });
  expect(steps).toEqual(["1 of 2", "2 of 2"]);
  expect(done.transactions).toHaveLength(2);
});

test("allocate: a wallet that can sends several as one", async () => {
  const chain = new StrictChain(CONFIG, [LEDGER, credits()], ACCOUNT);
  chain.atomic = "supported";
  const two = [...WANTED, { attestation: FOOTPRINT_ID, amountUg: 6n }];
  const done = await allocate(chain.environment(), CERTIFICATE_ID, two, () => undefined);
  expect(done.transactions).toHaveLength(1);
  expect(chain.asked).toContain("wallet_sendCalls");
});

test("allocate: an id that is not on the ledger is found before the wallet is asked", async () => {
  const chain = new StrictChain(CONFIG, [{ ...LEDGER, past: [] }, credits()], ACCOUNT);
  const error = await allocate(chain.environment(), CERTIFICATE_ID, WANTED, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error).message).toContain("No attestation with this id");
  expect(chain.asked).toEqual([]);
});

test("allocate: more than is left is refused by the simulation, with the contract's reason", async () => {
  const chain = new StrictChain(CONFIG, [LEDGER, credits([], "credits: more than is left")], ACCOUNT);
  const error = await allocate(chain.environment(), CERTIFICATE_ID, WANTED, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error)).toMatchObject({ kind: "reverted" });
  expect(explain(error).message).toContain("credits: more than is left");
  expect(chain.asked).toEqual([]);
});

const certificate = { amount_ug: 100n, allocated_ug: 30n, voided: false };
const attestation = { high_ug: 90n, covered_ug: 50n, superseded: false };

test("freeUg: nothing of a void certificate is free", () => {
  expect(freeUg(certificate)).toBe(70n);
  expect(freeUg({ ...certificate, voided: true })).toBe(0n);
});

test("uncoveredUg: a superseded or over-covered attestation takes nothing", () => {
  expect(uncoveredUg(attestation)).toBe(40n);
  expect(uncoveredUg({ ...attestation, superseded: true })).toBe(0n);
  expect(uncoveredUg({ ...attestation, covered_ug: 95n })).toBe(0n);
});

test("largestAllocationUg: is the smaller of both sides", () => {
  expect(largestAllocationUg(certificate, attestation)).toBe(40n);
  expect(largestAllocationUg({ ...certificate, allocated_ug: 99n }, attestation)).toBe(1n);
});
