import { type Hex, toHex } from "viem";
import { mnemonicToAccount } from "viem/accounts";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these tests need a running stack, see make test`);
  return value;
}

/** Where the running stack is. */
export const ORIGIN = required("E2E_URL");
export const RPC_URL = required("E2E_RPC_URL");
export const BACKEND_PID = Number(required("E2E_BACKEND_PID"));
export const MARKETPLACE_PID = Number(required("E2E_MARKETPLACE_PID"));
export const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
export const CHAIN_ID = 31337;

const LOCAL_MNEMONIC = "test test test test test test test test test test test junk";

/** Private key of a funded account of the local chain. Each journey has its own, so that none disturbs another. */
export function localKey(index: number): Hex {
  const key = mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: index }).getHdKey().privateKey;
  if (!key) throw new Error("the mnemonic gave no private key");
  return toHex(key);
}
