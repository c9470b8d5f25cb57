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

test.each([
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
