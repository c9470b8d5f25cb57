import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import type { AccountEvents } from "../../chain/accountView";
import { type Attestation, type RecordedEvent, readAttestations } from "../../chain/ledger";
import { useLedger } from "../../ledgerContext";

/** Coverage can move between attestations without a change of their sums: then it is seen after so long. */
const AGAIN_MS = 60_000;

/** Records with the state of each, in the same order. */
export interface Stated {
  records: readonly RecordedEvent[];
  states: readonly Attestation[];
}

/**
 * The state of every attestation of an account. Ten thousand of them are a hundred calls, so they are read when the
 * account's sums change, and not at each block.
 */
export function useStates(account: Address, events: AccountEvents): UseQueryResult<Stated> {
  const { config, reader } = useLedger();
  const { low_ug, central_ug, high_ug, covered_ug } = events.totals;
  const sums = [low_ug, central_ug, high_ug, covered_ug].map(String);
  return useQuery({
    queryKey: ["states", config.ledger, account, String(events.records.length), ...sums],
    queryFn: async () => {
      const ids = events.records.map(({ id }) => id);
      const states = await readAttestations(reader, config, ids);
      return { records: events.records, states };
    },
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
    structuralSharing: false,
  });
}
