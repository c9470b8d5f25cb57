import type { Address, Client } from "viem";
import type { AppConfig } from "../config";
import { checkRecords, heldAfter } from "./accountCheck";
import {
  type Certificate,
  type Minted,
  type Move,
  mintedQuery,
  moveQuery,
  readBalance,
  readMinted,
  readMoves,
} from "./credits";
import { forget } from "./eventStore";
import { type EventQuery, readEvents, readHead } from "./events";
import {
  type AccountTotals,
  type Attestation,
  type RecordedEvent,
  readAccount,
  recordedEvent,
  recordedQuery,
} from "./ledger";

export interface OwnAttestation extends RecordedEvent {
  state: Attestation;
}

export interface OwnCertificate {
  id: bigint;
  state: Certificate;
}

/** A certificate that an account holds, however it came to it. */
export interface Held {
  id: bigint;
  /** The move that brought it: its mint, or its move from a lost wallet. */
  arrived: Move;
  /** Its mint, if it was minted to this account. */
  minted: Minted | undefined;
}

/** What the events of both contracts say about one account, newest first, and the contracts' own sums. */
export interface AccountEvents {
  /** Block that all of it was read at. */
  block: bigint;
  totals: AccountTotals;
  records: readonly RecordedEvent[];
  certificates: readonly Held[];
  /** Whether the events add up to what the contracts count. If not, the node left some out. */
  complete: boolean;
}

function queriesOf(config: AppConfig, account: Address) {
  return {
    recorded: recordedQuery(config, { account }),
    minted: mintedQuery(config, { holder: account }),
    came: moveQuery(config, { receiver: account }),
    left: moveQuery(config, { sender: account }),
  };
}

async function readOnce(
  client: Client,
  config: AppConfig,
  account: Address,
  block: bigint,
): Promise<AccountEvents> {
  const [totals, balance, found, minted, came, left] = await Promise.all([
    readAccount(client, config, account, block),
    readBalance(client, config, account, block),
    readEvents(client, queriesOf(config, account).recorded, block),
    readMinted(client, config, { holder: account }, block),
    readMoves(client, config, { receiver: account }, block),
    readMoves(client, config, { sender: account }, block),
  ]);
  const records = found.map(recordedEvent);
  const mints = new Map(minted.map((mint) => [mint.id, mint]));
  const held = heldAfter(came, left).map((arrived) => ({
    id: arrived.id,
    arrived,
    minted: mints.get(arrived.id),
  }));
  return {
    block,
    totals,
    records: records.reverse(),
    certificates: held.reverse(),
    complete: checkRecords(records, totals) && BigInt(held.length) === balance,
  };
}

/**
 * Reads an account from events, at the newest block or at block `at`, and checks them against the contracts' own
 * counts: what was kept from an earlier visit and does not add up is thrown away and read again.
 */
export async function readAccountEvents(
  client: Client,
  config: AppConfig,
  account: Address,
  at?: bigint,
): Promise<AccountEvents> {
  const queries: EventQuery<unknown>[] = Object.values(queriesOf(config, account));
  const block = at ?? (await readHead(client, queries));
  const first = await readOnce(client, config, account, block);
  if (first.complete) return first;
  await Promise.all(queries.map(({ key }) => forget(key)));
  return readOnce(client, config, account, block);
}
