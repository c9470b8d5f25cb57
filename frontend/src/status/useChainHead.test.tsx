import { cleanup, render, screen } from "@testing-library/preact";
import { type Client, createClient, custom, numberToHex } from "viem";
import { afterEach, expect, test, vi } from "vitest";
import { Banners } from "../components/Banners";
import { Footer } from "../components/Footer";
import { LedgerContext } from "../ledgerContext";
import { CONFIG } from "../testing/fixtures";

function nodeOf(chainId: number): Client {
  const request = async ({ method }: { method: string }) =>
    method === "eth_chainId" ? numberToHex(chainId) : numberToHex(4242);
  return createClient({ transport: custom({ request }, { retryCount: 0 }) });
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("useChainHead: a node of another chain is named, and its block is not shown as ours", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  render(
    <LedgerContext value={{ config: CONFIG, reader: nodeOf(1) }}>
      <Banners />
      <Footer />
    </LedgerContext>,
  );
  expect(await screen.findByText(/answers for chain 1,/)).toBeTruthy();
  expect(document.body.textContent).not.toContain("4,242");
});
