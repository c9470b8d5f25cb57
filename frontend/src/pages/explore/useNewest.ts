import { useState } from "react";
import type { Client } from "viem";
import { type EventQuery, readHead } from "../../chain/events";
import { type Newest, readNewest } from "../../chain/eventsNewest";
import type { AppConfig } from "../../config";
import { useChainRead, useLast } from "../../reads/useChainRead";

const STEP = 20;

/** The newest events of a kind, and more of them on demand. What is shown stays while older ones are read. */
export function useNewest<Args>(name: string, queryOf: (config: AppConfig) => EventQuery<Args>) {
  const [wanted, setWanted] = useState(STEP);
  const query = useChainRead(["newest", name, String(wanted)], (client, config) =>
    read(client, queryOf(config), wanted),
  );
  return { query: useLast(query), onOlder: () => setWanted((now) => now + STEP) };
}

async function read<Args>(client: Client, query: EventQuery<Args>, wanted: number): Promise<Newest<Args>> {
  return readNewest(client, query, await readHead(client), wanted);
}
