import type { Account, Address, Chain, Client, Transport } from "viem";
import type { AppConfig } from "../config";

/** A client that speaks to the wallet: it knows the account that signs. */
export type WalletClient = Client<Transport, Chain | undefined, Account>;

/** What every write flow needs from outside; tests put their own in place. */
export interface FlowEnvironment {
  config: AppConfig;
  /** Reads and simulates, at our own RPC. */
  reader: Client;
  /** Signs and sends. Asked for only when it is needed; throws if the wallet is on another chain. */
  wallet: () => Promise<WalletClient>;
  account: Address;
}
