import { useEffect, useRef } from "react";
import { getBlockNumber, getChainId } from "viem/actions";
import { useLedger } from "../ledgerContext";
import { reread } from "../reads/store";
import { useRead } from "../reads/useRead";

const INTERVAL_MS = 4_000;
// Not under "chain": what is read again at a new block must not be what tells of new blocks.
export const CHAIN_HEAD_KEY = ["head"];

export interface ChainHead {
  state: "reading" | "up" | "down" | "other";
  block: bigint | null;
  foundChainId: number | null;
}

/** The newest block, and whether the RPC answers for the configured chain. */
export function useChainHead(): ChainHead {
  const { config, reader } = useLedger();
  const query = useRead(
    CHAIN_HEAD_KEY,
    async () => {
      const [chainId, block] = await Promise.all([
        getChainId(reader),
        getBlockNumber(reader, { cacheTime: 0 }),
      ]);
      return { chainId, block };
    },
    { everyMs: INTERVAL_MS },
  );
  const foundChainId = query.data?.chainId ?? null;
  const isOther = foundChainId !== null && foundChainId !== config.chainId;
  // A block of another chain is none of ours.
  const block = isOther ? null : (query.data?.block ?? null);
  if (query.isError) return { state: "down", block, foundChainId };
  if (foundChainId === null) return { state: "reading", block, foundChainId };
  return { state: isOther ? "other" : "up", block, foundChainId };
}

/** Reads everything of the chain again when there is a new block, whoever caused it. Used once, at the top. */
export function useRereadOnNewBlock(): void {
  const { block } = useChainHead();
  const seen = useRef<bigint | null>(null);
  useEffect(() => {
    if (block === null) return;
    // Before the first block that is known, whatever was read is as new as it can be; only what failed is asked again.
    reread(["chain"], seen.current === null);
    seen.current = block;
  }, [block]);
}
