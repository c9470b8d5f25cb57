import type { Client, Hex } from "viem";
import type { AppConfig } from "../config";
import { type Attestation, readAttestations, readSupersessions, type Supersession } from "./ledger";

/** So many corrections each way are followed; more than that is not a correction but a habit. */
const MOST_STEPS = 20;

/** One attestation in a line of corrections. */
export interface Version {
  id: Hex;
  state: Attestation;
  /** Transaction of the correction that made it; none for the first. */
  transaction: Hex | undefined;
}

type Direction = "older" | "newer";

function neighbour(id: Hex, found: readonly Supersession[], direction: Direction): Supersession | undefined {
  return found.find((step) => (direction === "older" ? step.by === id : step.id === id));
}

async function follow(
  client: Client,
  config: AppConfig,
  id: Hex,
  known: readonly Supersession[],
  direction: Direction,
  block: bigint,
): Promise<Supersession[]> {
  const steps: Supersession[] = [];
  let next = neighbour(id, known, direction);
  while (next !== undefined && steps.length < MOST_STEPS) {
    steps.push(next);
    const at: Hex = direction === "older" ? next.id : next.by;
    next = neighbour(at, await readSupersessions(client, config, at, block), direction);
  }
  return steps;
}

/** The whole line of corrections that an attestation is part of, oldest first; `known` are its own two steps. */
export async function readHistory(
  client: Client,
  config: AppConfig,
  id: Hex,
  known: readonly Supersession[],
  block: bigint,
): Promise<Version[]> {
  const [older, newer] = await Promise.all([
    follow(client, config, id, known, "older", block),
    follow(client, config, id, known, "newer", block),
  ]);
  const steps = [...older.reverse(), ...newer];
  const first = steps[0];
  const ids = first === undefined ? [id] : [first.id, ...steps.map(({ by }) => by)];
  const states = await readAttestations(client, config, ids, block);
  return ids.flatMap((version, index) => {
    const state = states[index];
    return state ? [{ id: version, state, transaction: steps[index - 1]?.transaction }] : [];
  });
}
