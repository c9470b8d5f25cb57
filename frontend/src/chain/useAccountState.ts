import { useMemo } from "react";
import type { Address } from "viem";
import { type OwnAttestation, type OwnCertificate, readAccountEvents } from "./accountView";
import { useChainQuery } from "./useChainQuery";
import { type Stated, useCertificates, useStates } from "./useStates";

/** The state of everything that an account has, newest first. */
export interface AccountState {
  attestations: readonly OwnAttestation[];
  certificates: readonly OwnCertificate[];
}

function attestationsOf({ records, states }: Stated): OwnAttestation[] {
  return records.flatMap((record, index) => {
    const state = states[index];
    return state ? [{ ...record, state }] : [];
  });
}

/** What the chain says about an account; nothing is read while there is none. */
export function useAccountState(account: Address | null) {
  const events = useChainQuery(
    ["account events", account ?? ""],
    (client, config) => {
      if (account === null) throw new Error("no account to read");
      return readAccountEvents(client, config, account);
    },
    account !== null,
  );
  const stated = useStates(account, events.data);
  const held = useCertificates(account, events.data);
  const data = useMemo<AccountState | undefined>(
    () => stated.data && held.data && { attestations: attestationsOf(stated.data), certificates: held.data },
    [stated.data, held.data],
  );
  const reads = [events, stated, held];
  return {
    data,
    isError: reads.some(({ isError }) => isError),
    refetch: () => Promise.all(reads.filter(({ isError }) => isError).map(({ refetch }) => refetch())),
  };
}
