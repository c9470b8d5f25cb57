import { useInfiniteQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { useLedger } from "../../ledgerContext";
import { explorer } from "../../strings/explorerText";
import { readEvents } from "./addresses";
import { ownContracts, useContracts } from "./contracts";
import { EventList } from "./EventList";

const words = explorer.events;

function useEvents(address: Address) {
  const { config, reader } = useLedger();
  // Nothing of ours is older than the deployment; what others did before it may be.
  const floor = ownContracts(config).has(address.toLowerCase()) ? config.deployedBlock : 0n;
  return useInfiniteQuery({
    // Under "chain", so that it is read again on each new block.
    queryKey: ["chain", String(config.chainId), config.ledger, "events", address],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      readEvents(reader, address, pageParam === null ? null : BigInt(pageParam), floor),
    getNextPageParam: (last) => (last.before === null ? undefined : String(last.before)),
    retry: 1,
  });
}

/** Events of one contract, newest first, in pages. */
export function AddressEvents({ address }: { address: Address }) {
  const query = useEvents(address);
  const logs = query.data?.pages.flatMap((page) => page.logs) ?? [];
  const contracts = useContracts([address]);
  if (query.data === undefined) {
    if (!query.isError) return <Loading />;
    return (
      <Notice kind="bad">
        <p>{explorer.readFailed}</p>
      </Notice>
    );
  }
  return (
    <section className="card" aria-label={explorer.address.events}>
      {logs.length === 0 && <p className="soft">{query.hasNextPage ? words.noneSoFar : words.none}</p>}
      <EventList logs={logs} contracts={contracts} withTransaction />
      {query.hasNextPage && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {words.older}
          </button>
        </div>
      )}
    </section>
  );
}
