import type { Move } from "./credits";
import { footprintHash } from "./footprint";
import type { AccountTotals, RecordedEvent } from "./ledger";

const NOTHING = `0x${"00".repeat(32)}`;

/** Records that a later one of the same account replaced, or null if one of them is not among the records. */
function replaced(records: readonly RecordedEvent[]): RecordedEvent[] | null {
  const wanted = new Set(records.map(({ footprint }) => footprint.supersedes as string));
  wanted.delete(NOTHING);
  // Hashing ten thousand footprints takes a second: without corrections none is needed.
  if (wanted.size === 0) return [];
  const found = records.filter(({ footprint }) => wanted.has(footprintHash(footprint)));
  return found.length === wanted.size ? found : null;
}

/**
 * Whether an account's records, less those that were replaced, add up to what the ledger counts and sums.
 * A lost or foreign record changes at least one of the four.
 */
export function checkRecords(records: readonly RecordedEvent[], totals: AccountTotals): boolean {
  const sum = { count: 0, low_ug: 0n, central_ug: 0n, high_ug: 0n };
  const add = ({ footprint }: RecordedEvent, sign: 1 | -1) => {
    sum.count += sign;
    sum.low_ug += BigInt(sign) * footprint.low_ug;
    sum.central_ug += BigInt(sign) * footprint.central_ug;
    sum.high_ug += BigInt(sign) * footprint.high_ug;
  };
  const old = replaced(records);
  if (old === null) return false;
  for (const record of records) add(record, 1);
  for (const record of old) add(record, -1);
  return (
    sum.count === totals.count &&
    sum.low_ug === totals.low_ug &&
    sum.central_ug === totals.central_ug &&
    sum.high_ug === totals.high_ug
  );
}

/** What a wallet holds after its moves: for each certificate the move that brought it last, in chain order. */
export function heldAfter(came: readonly Move[], left: readonly Move[]): Move[] {
  const inOrder = [
    ...came.map((move) => ({ move, holds: true })),
    ...left.map((move) => ({ move, holds: false })),
  ].sort((a, b) => Number(a.move.block - b.move.block) || a.move.index - b.move.index);
  const held = new Map<bigint, Move>();
  for (const { move, holds } of inOrder) {
    held.delete(move.id);
    if (holds) held.set(move.id, move);
  }
  return [...held.values()];
}
