import {
  createPublicClient,
  createWalletClient,
  type Hex,
  hexToBigInt,
  http,
  type TypedDataDefinition,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** One call that a page asks a wallet to send. */
export interface WalletCall {
  to: Hex;
  data?: Hex;
  value?: Hex;
}

/** What stands behind a wallet: who it is, how it signs, and how it gets calls onto the chain. */
export interface WalletAccount {
  readonly address: Hex;
  signText(message: Hex): Promise<Hex>;
  signTyped(definition: TypedDataDefinition): Promise<Hex>;
  /** Sends all calls in one transaction and gives its hash; accounts with one call each take no more. */
  send(calls: readonly WalletCall[]): Promise<Hex>;
  /** Whether several calls can go together, all or none (EIP-5792). */
  readonly isAtomic: boolean;
}

/** A key, as most wallets have one. */
export function keyAccount(key: Hex, rpcUrl: string): WalletAccount {
  const account = privateKeyToAccount(key);
  return {
    address: account.address,
    isAtomic: false,
    signText: (raw) => account.signMessage({ message: { raw } }),
    signTyped: (definition) => account.signTypedData(definition),
    send: ([call]) => {
      if (!call) throw new Error("nothing to send");
      const client = createWalletClient({ account, transport: http(rpcUrl) });
      const value = call.value ? hexToBigInt(call.value) : 0n;
      return client.sendTransaction({
        to: call.to,
        ...(call.data ? { data: call.data } : {}),
        value,
        chain: null,
      });
    },
  };
}

/** The receipt of a transaction as the node gives it; null while it is in no block. */
export async function rawReceipt(rpcUrl: string, hash: Hex): Promise<Record<string, unknown> | null> {
  const client = createPublicClient({ transport: http(rpcUrl) });
  return (await client.request({ method: "eth_getTransactionReceipt", params: [hash] })) as never;
}
