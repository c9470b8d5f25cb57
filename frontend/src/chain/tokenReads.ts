import type { Client } from "viem";
import { multicall } from "viem/actions";

export type Answer = { status: "success"; result: unknown } | { status: "failure"; error: Error };

/** What a contract answered; an answer that must be there and is not is an error of the read. */
export function needed<T>(answer: Answer | undefined): T {
  if (answer?.status === "success") return answer.result as T;
  throw answer?.error ?? new Error("an answer is missing");
}

export function optional<T>(answer: Answer | undefined): T | undefined {
  return answer?.status === "success" ? (answer.result as T) : undefined;
}

/**
 * Many views in one call, through code that the call itself brings along: no chain needs a multicall contract for it,
 * and a token that reverts spoils its own answer only.
 */
export async function readMany(client: Client, contracts: readonly unknown[]): Promise<Answer[]> {
  if (contracts.length === 0) return [];
  const found = await multicall(client, {
    contracts: contracts as never[],
    deployless: true,
    batchSize: 16_384,
  });
  return found as Answer[];
}

/** Answers in groups of the questions about one thing each. */
export function grouped(answers: readonly Answer[], groups: number): Answer[][] {
  const size = answers.length / Math.max(groups, 1);
  return Array.from({ length: groups }, (_, index) => answers.slice(index * size, (index + 1) * size));
}
