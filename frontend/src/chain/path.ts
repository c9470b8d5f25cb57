import type { Hex } from "viem";
import type { AppConfig } from "../config";
import { type Minted, SOURCE_KIND } from "./credits";

/** By what way a retirement came onto the ledger. */
export type Path =
  | { kind: "adapter"; adapter: Hex; name: string | undefined }
  | { kind: "desk"; order: Hex }
  | { kind: "order"; minter: Hex; order: Hex }
  | { kind: "signed" };

const NO_ORDER = `0x${"00".repeat(32)}`;

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** By what way a certificate was minted, from its event. */
export function pathOf({ minter, order, source }: Minted, config: AppConfig): Path {
  if (source.kind === SOURCE_KIND.adapter) {
    const adapter: Hex = `0x${source.book.slice(-40)}`;
    return {
      kind: "adapter",
      adapter,
      name: config.adapters.find((known) => same(known.address, adapter))?.name,
    };
  }
  if (config.desk !== null && same(minter, config.desk)) return { kind: "desk", order };
  if (order !== NO_ORDER) return { kind: "order", minter, order };
  return { kind: "signed" };
}
