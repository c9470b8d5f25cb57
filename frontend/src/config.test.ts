import { afterEach, expect, test, vi } from "vitest";
import { InvalidConfig, loadConfig, parseConfig } from "./config";

const DOCUMENT = {
  chain_id: 31337,
  chain_name: "Local chain",
  rpc_url: "http://127.0.0.1:8545/",
  contracts: {
    council: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
    ledger: "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
    credits: "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0",
  },
  deployed_block: 3,
  methodology: `0x${"ab".repeat(32)}`,
  explorer_url: null,
  dev_wallet: true,
};

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

test("parseConfig: a complete document is read", () => {
  const config = parseConfig(DOCUMENT);
  expect(config).toMatchObject({
    chainId: 31337,
    rpcUrl: "http://127.0.0.1:8545",
    deployedBlock: 3n,
    devWallet: true,
  });
});

test("parseConfig: a document without desk, payment tokens and adapters has none", () => {
  expect(parseConfig(DOCUMENT)).toMatchObject({ desk: null, paymentTokens: [], adapters: [] });
});

test("parseConfig: desk, payment tokens and adapters are read", () => {
  const { council: address, ...rest } = DOCUMENT.contracts;
  const config = parseConfig({
    ...DOCUMENT,
    contracts: { ...rest, council: address, desk: address },
    payment_tokens: [{ address, symbol: "USDC", decimals: 6 }],
    adapters: { ToucanAdapter: address },
  });
  expect(config.desk).toBe(address);
  expect(config.paymentTokens).toEqual([{ address, symbol: "USDC", decimals: 6 }]);
  expect(config.adapters).toEqual([{ name: "ToucanAdapter", address }]);
});

test.each([
  ["contracts.desk", { contracts: { ...DOCUMENT.contracts, desk: "0x12" } }],
  ["payment_tokens", { payment_tokens: {} }],
  ["payment_tokens\\[0\\].symbol", { payment_tokens: [{ address: DOCUMENT.contracts.ledger, decimals: 6 }] }],
  ["adapters.ToucanAdapter", { adapters: { ToucanAdapter: "0x12" } }],
  ["adapters", { adapters: [] }],
  ["chain_id", { chain_id: -1 }],
  ["rpc_url", { rpc_url: "javascript:alert(1)" }],
  ["contracts.ledger", { contracts: { ...DOCUMENT.contracts, ledger: "0x12" } }],
  ["methodology", { methodology: "0xab" }],
  ["deployed_block", { deployed_block: 1.5 }],
  ["explorer_url", { explorer_url: "ftp://x" }],
])("parseConfig: a wrong %s is named", (field, change) => {
  expect(() => parseConfig({ ...DOCUMENT, ...change })).toThrow(new RegExp(`${field} must be`));
});

test("parseConfig: the development wallet is refused on a real chain", () => {
  expect(parseConfig({ ...DOCUMENT, chain_id: 1 }).devWallet).toBe(false);
});

test("loadConfig: the copy of the last visit serves while the server is down", async () => {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(DOCUMENT)));
  const first = await loadConfig();
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("fetch failed");
  });
  expect(await loadConfig()).toEqual(first);
});

test("loadConfig: without a copy a wrong answer is an error", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
  await expect(loadConfig()).rejects.toThrow(InvalidConfig);
});

function refuse(): never {
  throw new DOMException("The request is denied", "SecurityError");
}

test.each([
  ["forbids storage", refuse],
  ["has no room left", () => null],
])("loadConfig: a browser that %s reads what the server says", async (_, getItem) => {
  vi.stubGlobal("localStorage", { getItem, setItem: refuse, removeItem: refuse, clear: () => undefined });
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(DOCUMENT)));
  expect(await loadConfig()).toEqual(parseConfig(DOCUMENT));
});
