import { type Address, type Client, type Hex, isAddressEqual } from "viem";
import { getContractEvents } from "viem/actions";
import type { BaseUnits } from "../amounts";
import type { AppConfig, CreditAdapter } from "../config";
import { creditAdapterAbi, creditsAbi } from "../generated/abi";
import { allLogs } from "./logs";
import { carbonTokenAbi } from "./tokenAbi";
import { type PermitDomain, statedDomain, takesPermits } from "./tokenPermit";
import { type Answer, grouped, needed, optional, readMany } from "./tokenReads";
import { readableSymbol } from "./tokenSymbol";

/** Base units of a carbon token that are 1 ug CO2e: it has 18 decimals and stands for one tonne. */
export const UNITS_PER_UG = 10n ** 6n;
/** Adapters with `retire_token`; others, such as one that waits for a registry's answer, have acts of their own. */
const RETIRE_AT_ONCE: ReadonlySet<string> = new Set(["KlimaAdapter", "ToucanAdapter"]);
/** Most listings of one adapter that are read, the newest first. */
const MOST_LISTINGS = 100;

/** What an adapter's owner says that a token stands for. */
export interface Listing {
  registry: Hex;
  project: string;
  vintage: number;
  enabled: boolean;
}

/** A carbon token that can be retired on chain, and how much of it a wallet has. */
export interface HeldToken {
  adapter: CreditAdapter;
  token: Address;
  symbol: string;
  listing: Listing;
  /** For approvals by signature; null if the token takes none that this page understands. */
  permit: PermitDomain | null;
  /** What the wallet holds, in ug CO2e, rounded down. */
  heldUg: BaseUnits;
}

interface Listed {
  adapter: CreditAdapter;
  token: Address;
}

/** Adapters of the configuration whose certificates the ledger takes now. */
async function approvedAdapters(client: Client, config: AppConfig): Promise<CreditAdapter[]> {
  const known = config.adapters.filter(({ name }) => RETIRE_AT_ONCE.has(name));
  const answers = await readMany(
    client,
    known.map(({ address }) => ({
      address: config.credits,
      abi: creditsAbi,
      functionName: "is_adapter",
      args: [address],
    })),
  );
  return known.filter((_adapter, index) => needed<boolean>(answers[index]));
}

async function everListed(client: Client, config: AppConfig, adapter: CreditAdapter): Promise<Listed[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      address: adapter.address,
      abi: creditAdapterAbi,
      eventName: "ListingSet",
      args: { token_id: 0n },
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  const newestFirst = logs.map(({ args }) => args.token).reverse();
  return [...new Set(newestFirst)].slice(0, MOST_LISTINGS).map((token) => ({ adapter, token }));
}

/** Each token that is listed and switched on now; an event only says where to look. */
async function nowListed(
  client: Client,
  listed: readonly Listed[],
): Promise<(Listed & { listing: Listing })[]> {
  const answers = await readMany(
    client,
    listed.map(({ adapter, token }) => ({
      address: adapter.address,
      abi: creditAdapterAbi,
      functionName: "listing",
      args: [token, 0n],
    })),
  );
  return listed
    .map((item, index) => ({ ...item, listing: needed<Listing>(answers[index]) }))
    .filter(({ listing }) => listing.enabled);
}

function questions({ token }: Listed, holder: Address) {
  const at = { address: token, abi: carbonTokenAbi } as const;
  return [
    { ...at, functionName: "balanceOf", args: [holder] },
    { ...at, functionName: "symbol" },
    ...takesPermits(token, holder),
  ] as const;
}

function heldToken(
  item: Listed & { listing: Listing },
  [balance, symbol, ...permit]: readonly Answer[],
  chainId: number,
): HeldToken {
  return {
    ...item,
    symbol: readableSymbol(optional<string>(symbol), item.token),
    heldUg: needed<bigint>(balance) / UNITS_PER_UG,
    permit: statedDomain(item.token, chainId, permit),
  };
}

/**
 * Every carbon token that an adapter of the ledger retires now, with what a wallet holds of it. All of it is read from
 * the chain; symbols are the tokens' own words, everything else about the credits is the adapter's owner's.
 */
export async function readHeldTokens(
  client: Client,
  config: AppConfig,
  holder: Address,
): Promise<HeldToken[]> {
  const adapters = await approvedAdapters(client, config);
  const listed = await Promise.all(adapters.map((adapter) => everListed(client, config, adapter)));
  const current = await nowListed(client, listed.flat());
  const answers = await readMany(
    client,
    current.flatMap((item) => questions(item, holder)),
  );
  const each = grouped(answers, current.length);
  return current.map((item, index) => heldToken(item, each[index] ?? [], config.chainId));
}

/** Whether two listings say the same of a token. */
export function sameListing(one: Listing, other: Listing): boolean {
  return (
    one.registry === other.registry &&
    one.project === other.project &&
    one.vintage === other.vintage &&
    one.enabled === other.enabled
  );
}

/** Whether two entries are the same token at the same adapter. */
export function sameToken(one: Listed, other: Listed): boolean {
  return isAddressEqual(one.token, other.token) && isAddressEqual(one.adapter.address, other.adapter.address);
}
