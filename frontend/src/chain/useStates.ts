import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Address, Client } from "viem";
import type { AppConfig } from "../config";
import { useLedger } from "../ledgerContext";
import type { AccountEvents, OwnCertificate } from "./accountView";
import { readCertificate } from "./credits";
import { type Attestation, type RecordedEvent, readAttestations } from "./ledger";

/** First part of the keys of what is read here: whoever changes it says so, since a new block alone does not. */
export const STATES_KEY = "states";
/** Coverage can move between attestations without a change of their sums: then it is seen after so long. */
const AGAIN_MS = 60_000;

/** Records with the state of each, in the same order. */
export interface Stated {
  records: readonly RecordedEvent[];
  states: readonly Attestation[];
}

/** What a read has brought so far; the last value stays while a later one is on its way or fails. */
interface Standing<T> {
  data: T | undefined;
  isError: boolean;
  refetch: () => unknown;
}

/** A read for each thing of an account: again when the account's sums or the things change, and not at each block. */
function useStatesOf<T>(
  account: Address | null,
  events: AccountEvents | undefined,
  things: readonly string[],
  read: (client: Client, config: AppConfig, events: AccountEvents) => Promise<T>,
): Standing<T> {
  const { config, reader } = useLedger();
  const { low_ug, central_ug, high_ug, covered_ug } = events?.totals ?? {};
  const sums = [low_ug, central_ug, high_ug, covered_ug].map(String);
  const last = useRef<{ account: Address | null; data: T }>(undefined);
  const { data, isError, refetch } = useQuery({
    queryKey: [STATES_KEY, config.ledger, account, ...things, ...sums],
    queryFn: () => {
      if (events === undefined) throw new Error("no account to read");
      return read(reader, config, events);
    },
    enabled: events !== undefined,
    refetchInterval: AGAIN_MS,
    structuralSharing: false,
  });
  if (data !== undefined) last.current = { account, data };
  return { data: last.current?.account === account ? last.current.data : undefined, isError, refetch };
}

/** The state of every attestation of an account: ten thousand of them are a hundred calls. */
export function useStates(account: Address | null, events: AccountEvents | undefined): Standing<Stated> {
  const things = ["attestations", String(events?.records.length)];
  return useStatesOf(account, events, things, async (client, config, { records }) => {
    const ids = records.map(({ id }) => id);
    return { records, states: await readAttestations(client, config, ids) };
  });
}

/** The state of every certificate that an account holds, newest first. */
export function useCertificates(
  account: Address | null,
  events: AccountEvents | undefined,
): Standing<readonly OwnCertificate[]> {
  const held = events?.certificates ?? [];
  // None comes or goes without another newest one or another number of them.
  const things = ["certificates", String(held.length), String(held[0]?.id)];
  return useStatesOf(account, events, things, async (client, config, { certificates }) => {
    const states = await Promise.all(certificates.map(({ id }) => readCertificate(client, config, id)));
    return certificates.flatMap(({ id }, index) => {
      const state = states[index];
      return state ? [{ id, state }] : [];
    });
  });
}
