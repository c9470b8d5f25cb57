import { type Address, type Hex, isAddress, isHex } from "viem";
import { noteBackend } from "./status/backend";
import { storage } from "./storage";

/** A contract that retires carbon tokens and mints the certificate in one transaction. */
export interface CreditAdapter {
  /** Name of the contract, such as "ToucanAdapter". */
  name: string;
  address: Address;
}

/** A token, worth one US dollar, that the desk's seller takes. */
export interface PaymentToken {
  address: Address;
  symbol: string;
  decimals: number;
}

/** What `/config.json` says: the page's only configuration. */
export interface AppConfig {
  chainId: number;
  chainName: string;
  rpcUrl: string;
  council: Address;
  ledger: Address;
  credits: Address;
  /** Where orders are paid, or null where nothing is sold. */
  desk: Address | null;
  paymentTokens: readonly PaymentToken[];
  /** In the order of their names; none where no token is retired on chain. */
  adapters: readonly CreditAdapter[];
  /** First block that can hold an event of ours; log reads start here. */
  deployedBlock: bigint;
  methodology: Hex;
  /** Base of a block explorer with EIP-3091 paths, or null where there is none. */
  explorerUrl: string | null;
  /** Whether to offer the built-in development wallet. True on local chains only. */
  devWallet: boolean;
}

/** Thrown when `/config.json` cannot be read or holds something else than it should. */
export class InvalidConfig extends Error {
  override name = "InvalidConfig";
}

const STORAGE_KEY = "greenledger.config";
const LOCAL_CHAINS = new Set([31337, 1337]);
const TIMEOUT_MS = 3_000;

function fail(field: string, expected: string): never {
  throw new InvalidConfig(`config.json: ${field} must be ${expected}`);
}

function object(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(field, "an object");
  return value as Record<string, unknown>;
}

function address(value: unknown, field: string): Address {
  if (typeof value !== "string" || !isAddress(value, { strict: false })) fail(field, "an address");
  return value;
}

function adapters(value: unknown): CreditAdapter[] {
  // A document from before there were any, such as the copy of an earlier visit, has no such field.
  if (value === undefined) return [];
  const entries = Object.entries(object(value, "adapters"));
  return entries.map(([name, found]) => ({ name, address: address(found, `adapters.${name}`) }));
}

function paymentTokens(value: unknown): PaymentToken[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) fail("payment_tokens", "a list");
  return value.map((item, index) => {
    const at = `payment_tokens[${index}]`;
    const raw = object(item, at);
    const { symbol } = raw;
    if (typeof symbol !== "string" || symbol === "") fail(`${at}.symbol`, "a text");
    return {
      address: address(raw.address, `${at}.address`),
      symbol,
      decimals: wholeNumber(raw.decimals, `${at}.decimals`),
    };
  });
}

function webUrl(value: unknown, field: string): string {
  if (typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value))
    return value.replace(/\/+$/, "");
  return fail(field, "an http or https URL");
}

function wholeNumber(value: unknown, field: string): number {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0)
    fail(field, "a whole number");
  return number;
}

/** Checks each field, because a wrong address here would show a stranger's ledger as ours. */
export function parseConfig(json: unknown): AppConfig {
  const raw = object(json, "the document");
  const contracts = object(raw.contracts, "contracts");
  const chainId = wholeNumber(raw.chain_id, "chain_id");
  const methodology = raw.methodology;
  if (typeof methodology !== "string" || !isHex(methodology) || methodology.length !== 66)
    fail("methodology", "32 bytes in hex");
  return {
    chainId,
    chainName:
      typeof raw.chain_name === "string" && raw.chain_name !== "" ? raw.chain_name : `Chain ${chainId}`,
    rpcUrl: webUrl(raw.rpc_url, "rpc_url"),
    council: address(contracts.council, "contracts.council"),
    ledger: address(contracts.ledger, "contracts.ledger"),
    credits: address(contracts.credits, "contracts.credits"),
    desk: contracts.desk == null ? null : address(contracts.desk, "contracts.desk"),
    paymentTokens: paymentTokens(raw.payment_tokens),
    adapters: adapters(raw.adapters),
    deployedBlock: BigInt(wholeNumber(raw.deployed_block, "deployed_block")),
    methodology,
    explorerUrl: raw.explorer_url == null ? null : webUrl(raw.explorer_url, "explorer_url"),
    // Its key is public knowledge, so the page refuses it on a real chain whatever the document says.
    devWallet: raw.dev_wallet === true && LOCAL_CHAINS.has(chainId),
  };
}

/**
 * Reads `/config.json`. If it cannot be reached, the copy of the last visit serves, so that the ledger can be read
 * while the backend is down.
 */
export async function loadConfig(): Promise<AppConfig> {
  try {
    const response = await fetch("/config.json", {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
    });
    if (!response.ok) throw new InvalidConfig(`config.json: the server answered ${response.status}`);
    const json: unknown = await response.json();
    const config = parseConfig(json);
    storage.setItem(STORAGE_KEY, JSON.stringify(json));
    return config;
  } catch (error) {
    const kept = storage.getItem(STORAGE_KEY);
    if (kept === null) throw error;
    noteBackend(false);
    return parseConfig(JSON.parse(kept));
  }
}
