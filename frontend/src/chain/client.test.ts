import { numberToHex } from "viem";
import { getBlockNumber, getChainId } from "viem/actions";
import { afterEach, expect, test, vi } from "vitest";
import { CONFIG, FOOTPRINT_ID } from "../testing/fixtures";
import { readerOf } from "./client";
import { readAttestation } from "./ledger";

const WORD = "0".repeat(63);
/** An attestation as the contract answers it: seven words of one. */
const ANSWER = `0x${`${WORD}1`.repeat(7)}`;

interface Question {
  id: number;
  method: string;
}

/** A node of a chain: gives the methods of each request that it was sent. */
function nodeOf(chainId: number): string[][] {
  const requests: string[][] = [];
  vi.stubGlobal("fetch", async (_url: unknown, init: RequestInit) => {
    const asked = [JSON.parse(String(init.body))].flat() as Question[];
    requests.push(asked.map(({ method }) => method));
    const result = { eth_chainId: numberToHex(chainId), eth_blockNumber: "0x10", eth_call: ANSWER };
    const answers = asked.map(({ id, method }) => ({
      jsonrpc: "2.0",
      id,
      result: result[method as keyof typeof result],
    }));
    return Response.json(answers);
  });
  return requests;
}

afterEach(() => vi.unstubAllGlobals());

test("readerOf: the chain is asked for in the request of what is read, once", async () => {
  const requests = nodeOf(CONFIG.chainId);
  const reader = readerOf(CONFIG);
  const read = () => readAttestation(reader, CONFIG, FOOTPRINT_ID);
  const [one] = await Promise.all([read(), read()]);
  expect(one).toMatchObject({ low_ug: 1n, recorded_at: 1 });
  expect(requests.map((methods) => methods.sort())).toEqual([["eth_call", "eth_call", "eth_chainId"]]);
});

test("readerOf: nothing that a node of another chain says is given, only which chain it is of", async () => {
  nodeOf(1);
  const reader = readerOf(CONFIG);
  await expect(readAttestation(reader, CONFIG, FOOTPRINT_ID)).rejects.toThrow(/chain 1, not/);
  expect(await getChainId(reader)).toBe(1);
  expect(await getBlockNumber(reader, { cacheTime: 0 })).toBe(16n);
});
