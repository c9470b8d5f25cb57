import { createWalletClient, type Hex, http, type TransactionRequest, type TypedDataDefinition } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { chainOf } from "../chain/client";
import type { AppConfig } from "../config";

/** The mnemonic of every local Ethereum node. Its keys are public knowledge: worthless anywhere else. */
const LOCAL_MNEMONIC = "test test test test test test test test test test test junk";

const account = mnemonicToAccount(LOCAL_MNEMONIC);

export const devAddress = account.address;

export function signText(message: Hex): Promise<Hex> {
  return account.signMessage({ message: { raw: message } });
}

export function signTypedData(definition: TypedDataDefinition): Promise<Hex> {
  return account.signTypedData(definition);
}

/** Signs here and sends raw, so that the node needs no unlocked account. */
export function sendTransaction(config: AppConfig, request: TransactionRequest): Promise<Hex> {
  const client = createWalletClient({ account, chain: chainOf(config), transport: http(config.rpcUrl) });
  return client.sendTransaction({
    ...(request.to ? { to: request.to } : {}),
    ...(request.data ? { data: request.data } : {}),
    ...(request.value === undefined ? {} : { value: request.value }),
  });
}
