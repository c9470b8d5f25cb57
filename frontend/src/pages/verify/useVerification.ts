import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Hex } from "viem";
import { readAttestation, readRecorded } from "../../chain/ledger";
import { useChainQuery } from "../../chain/useChainQuery";
import type { Recomputation } from "../../evidence/checker";
import { type Check, type Claim, checksOf, type Verdict, verdictOf } from "../../evidence/checks";
import { countOf, type Disclosure } from "../../evidence/disclosure";
import { useLedger } from "../../ledgerContext";
import { loadChecker } from "./loadChecker";

/** A file that was read; `key` names it. */
export interface Opened {
  key: string;
  disclosure: Disclosure;
}

export interface Verification {
  /** Undefined while something is still read or recomputed. */
  claim: Claim | undefined;
  checks: readonly Check[];
  verdict: Verdict | "estimate";
  recomputation: Recomputation | undefined;
  methodology: Hex | undefined;
  /** How many workloads are recomputed, while that goes on. */
  done: number;
  chainError: unknown;
  recomputeError: unknown;
  retry: () => void;
}

const FOR_GOOD = Number.POSITIVE_INFINITY;

/** What the ledger holds under an id: the stored fields as of now, and the event, which never changes. */
function useRecord(id: Hex | undefined) {
  const { config, reader } = useLedger();
  const slot = useChainQuery(
    ["attestation-slot", id ?? ""],
    (client) => readAttestation(client, config, id as Hex),
    id !== undefined,
  );
  const isThere = slot.data !== undefined && slot.data !== null;
  const event = useQuery({
    queryKey: ["recorded-event", String(config.chainId), config.ledger, id ?? ""],
    queryFn: async () => (await readRecorded(reader, config, { id: id as Hex }))[0] ?? null,
    enabled: isThere,
    staleTime: FOR_GOOD,
    retry: 1,
  });
  // A node that keeps no old events still tells the stored fields.
  const isSettled = id === undefined || slot.data === null || (isThere && !event.isPending);
  return { slot, recorded: event.data ?? undefined, isSettled };
}

/** Recomputes what is disclosed and puts it beside the chain. `id` is undefined where nobody said which attestation. */
export function useVerification({ key, disclosure }: Opened, id: Hex | undefined): Verification {
  const { config } = useLedger();
  const { slot, recorded, isSettled } = useRecord(id);
  const [done, setDone] = useState(0);
  const report = recorded?.footprint ?? disclosure.bundle?.report.footprint;
  const canRecompute = isSettled && (id === undefined || report !== undefined) && countOf(disclosure) > 0;
  const recompute = useQuery({
    queryKey: ["recomputed", key, report?.methodology ?? "", report?.root ?? ""],
    queryFn: async ({ signal }) => {
      setDone(0);
      return (await loadChecker()).recompute(disclosure, report, setDone, signal);
    },
    enabled: canRecompute,
    staleTime: FOR_GOOD,
    gcTime: 0,
    retry: false,
  });
  const recomputation = recompute.data;
  const isReady = isSettled && !(canRecompute && recompute.isPending);
  const claim: Claim | undefined =
    isReady && id !== undefined
      ? {
          id,
          config,
          bundle: disclosure.bundle,
          attestation: slot.data ?? null,
          recorded,
          recomputed: recomputation?.footprint,
          leaves: disclosure.leaves.flatMap((shown, index) => {
            const made = recomputation?.leaves[index];
            return made ? [{ shown, made }] : [];
          }),
        }
      : undefined;
  const checks = claim ? checksOf(claim) : [];
  return {
    claim,
    checks,
    verdict: claim ? verdictOf(claim, checks) : "estimate",
    recomputation,
    methodology: report?.methodology,
    done,
    chainError: slot.isError && slot.data === undefined ? slot.error : null,
    recomputeError: recompute.error,
    retry: () => void slot.refetch(),
  };
}
