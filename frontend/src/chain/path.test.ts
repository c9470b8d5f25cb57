import { expect, test } from "vitest";
import { CONFIG, FOOTPRINT_ID, RETIREMENT_REPORT, STRANGER } from "../testing/fixtures";
import { type Minted, SOURCE_KIND } from "./credits";
import { pathOf } from "./path";

const ORDER = `0x${"77".repeat(32)}` as const;
const NO_ORDER = `0x${"00".repeat(32)}` as const;
const desk = "0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9";
const adapter = { name: "ToucanAdapter", address: STRANGER };
const config = { ...CONFIG, desk, adapters: [adapter] } as const;

function minted(changes: Partial<Minted>): Minted {
  return { ...RETIREMENT_REPORT, id: 1n, transaction: FOOTPRINT_ID, block: 1n, order: NO_ORDER, ...changes };
}

function byAdapter(address: string): Minted {
  const book = `0x${"00".repeat(12)}${address.slice(2).toLowerCase()}` as const;
  return minted({ source: { ...RETIREMENT_REPORT.source, kind: SOURCE_KIND.adapter, book } });
}

test("pathOf: what an adapter retired is named after it, also one that the configuration does not know", () => {
  expect(pathOf(byAdapter(STRANGER), config)).toMatchObject({ kind: "adapter", name: "ToucanAdapter" });
  expect(pathOf(byAdapter(CONFIG.ledger), config)).toMatchObject({ kind: "adapter", name: undefined });
});

test("pathOf: the desk is known by its address in any case of letters, and only as the minter", () => {
  const lower = desk.toLowerCase() as typeof desk;
  expect(pathOf(minted({ minter: lower, order: ORDER }), config)).toEqual({ kind: "desk", order: ORDER });
  expect(pathOf(minted({ minter: STRANGER, order: ORDER }), config).kind).toBe("order");
  expect(pathOf(minted({ minter: lower, order: ORDER }), { ...config, desk: null }).kind).toBe("order");
});

test("pathOf: without an order the council's signature is all there is", () => {
  expect(pathOf(minted({}), config)).toEqual({ kind: "signed" });
});
