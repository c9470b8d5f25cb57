import { expect, test } from "vitest";
import type { Order } from "../api/types";
import { creditsAbi } from "../generated/abi";
import {
  ACCOUNT,
  CERTIFICATE_ID,
  CONFIG,
  RETIREMENT_REPORT,
  SIGNATURES,
  STRANGER,
  vectors,
} from "../testing/fixtures";
import { type FakeContract, StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { mint } from "./retire";

const ORDER: Order = {
  id: "o1",
  state: "cosigned",
  quote: {
    id: "q1",
    source_id: "s1",
    project: "ICR-112",
    amount_ug: "10000000000000",
    cost_usd: "120.00",
    price_usd_per_tonne: "12.00",
    expires_at: 1,
  },
  beneficiary_name: "BLOOM",
  message: "Training",
  steps: [],
  report: vectors.retirement.report,
  signatures: SIGNATURES,
};

function credits(hints: bigint[] = []): FakeContract {
  return {
    address: CONFIG.credits,
    abi: creditsAbi,
    call: (name, args) => {
      if (name === "hint_for") return 41n;
      if (name !== "mint") throw new Error(`the contract was asked for ${name}`);
      hints.push(args[2] as bigint);
      return CERTIFICATE_ID;
    },
    events: () => [
      {
        name: "CertificateMinted",
        args: {
          certificate: CERTIFICATE_ID,
          holder: ACCOUNT,
          registry: RETIREMENT_REPORT.retirement.registry,
          minter: RETIREMENT_REPORT.minter,
          order: RETIREMENT_REPORT.order,
          retirement: RETIREMENT_REPORT.retirement,
          source: RETIREMENT_REPORT.source,
        },
      },
    ],
  };
}

test("mint: an on-chain origin needs no hint, and the certificate is the digest of its report", async () => {
  const hints: bigint[] = [];
  const chain = new StrictChain(CONFIG, [credits(hints)], ACCOUNT);
  const minted = await mint(chain.environment(), ORDER, () => undefined);
  expect(minted.certificate).toBe(CERTIFICATE_ID);
  expect(hints).toEqual([0n]);
});

test.each(["1", "3"])("mint: serial numbers of kind %s take the hint of the contract", async (kind) => {
  const hints: bigint[] = [];
  const chain = new StrictChain(CONFIG, [credits(hints)], ACCOUNT);
  const report = { ...vectors.retirement.report, source: { ...vectors.retirement.report.source, kind } };
  // Another source is another certificate, so the event of this fake is not the expected one.
  const error = await mint(chain.environment(), { ...ORDER, report }, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(hints).toEqual([41n]);
  expect(explain(error).kind).toBe("mismatch");
});

test("mint: a certificate for another holder is refused before the wallet is asked", async () => {
  const chain = new StrictChain(CONFIG, [credits()], STRANGER);
  const error = await mint(chain.environment(), ORDER, () => undefined).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("another account");
  expect(chain.asked).toEqual([]);
});

test("mint: a certificate that only a desk may mint is refused before the wallet is asked", async () => {
  const chain = new StrictChain(CONFIG, [credits()], ACCOUNT);
  const report = { ...vectors.retirement.report, minter: vectors.desk.minter, order: vectors.desk.order };
  const error = await mint(chain.environment(), { ...ORDER, report }, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error).message).toContain("Only another account may mint");
  expect(chain.asked).toEqual([]);
});

test("mint: a certificate that the account alone may mint goes to the wallet", async () => {
  const chain = new StrictChain(CONFIG, [credits()], ACCOUNT);
  const report = { ...vectors.retirement.report, minter: ACCOUNT };
  await mint(chain.environment(), { ...ORDER, report }, () => undefined).catch(() => undefined);
  expect(chain.sent).toHaveLength(1);
});

test("mint: an order without signatures is not minted", async () => {
  const chain = new StrictChain(CONFIG, [credits()], ACCOUNT);
  const error = await mint(chain.environment(), { ...ORDER, signatures: null }, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error).message).toContain("not co-signed");
});
