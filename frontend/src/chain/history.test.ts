import type { Hex } from "viem";
import { encodeFunctionData, encodeFunctionResult } from "viem";
import { beforeEach, expect, test } from "vitest";
import { ledgerReads } from "../generated/publicAbi";
import { CONFIG } from "../testing/fixtures";
import { LogChain, type PlacedEvent } from "../testing/logChain";
import { forgetVisit } from "./eventStore";
import { readHistory } from "./history";
import { readSupersessions } from "./ledger";

const [A, B, C] = ["aa", "bb", "cc"].map((byte) => `0x${byte.repeat(32)}` as Hex) as [Hex, Hex, Hex];

function superseded(id: Hex, by: Hex, block: bigint): PlacedEvent {
  return { abi: ledgerReads, address: CONFIG.ledger, name: "FootprintSuperseded", args: { id, by }, block };
}

function state(central_ug: bigint, isOld: boolean) {
  const figures = { low_ug: 1n, central_ug, high_ug: 9n, covered_ug: 0n };
  return { ...figures, recorded_at: 1, tier: 3, superseded: isOld };
}

beforeEach(forgetVisit);

test.each([[A], [B], [C]])(
  "readHistory: from %s the whole line of corrections is seen, oldest first",
  async (id) => {
    const chain = new LogChain(CONFIG, [superseded(A, B, 5n), superseded(B, C, 9n)], 20n);
    const call = { abi: ledgerReads, functionName: "attestations" } as const;
    const result = [state(1n, true), state(2n, true), state(3n, false)];
    chain.calls.set(
      encodeFunctionData({ ...call, args: [[A, B, C]] }),
      encodeFunctionResult({ ...call, result }),
    );
    const client = chain.client();
    const known = await readSupersessions(client, CONFIG, id, 20n);
    const versions = await readHistory(client, CONFIG, id, known, 20n);
    expect(versions.map((version) => [version.id, version.state.central_ug])).toEqual([
      [A, 1n],
      [B, 2n],
      [C, 3n],
    ]);
    expect(versions.map(({ transaction }) => transaction !== undefined)).toEqual([false, true, true]);
  },
);
