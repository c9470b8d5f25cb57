import { type Address, type Hex, isAddressEqual, parseSignature, recoverTypedDataAddress } from "viem";
import { getCode, signTypedData } from "viem/actions";
import { readCall } from "../chain/readCall";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { type PermitDomain, permitTypes } from "../chain/tokenPermit";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";

/** What an approval lets whom take, in base units of the token. */
export interface Approval {
  token: Address;
  spender: Address;
  value: bigint;
}

/** A signed approval, in the order of the arguments of `retire_token_with_permit`. */
export type Permit = readonly [deadline: bigint, v: number, r: Hex, s: Hex];

/** How long a signed approval can be used; it is sent right after it is signed. */
const VALID_SECONDS = 3_600n;
/** An account with this code is one with a key that delegates (EIP-7702); it signs like any other. */
const DELEGATION = "0xef0100";
/** Of a wallet that has no typed data: EIP-1193 and JSON-RPC. */
const NO_TYPED_DATA = new Set([4200, -32601]);

/** Whether the account's own key can sign for a token: a contract wallet has none that the token would take. */
export async function hasKey(env: FlowEnvironment): Promise<boolean> {
  const code = await getCode(env.reader, { address: env.account });
  return code === undefined || code.startsWith(DELEGATION);
}

function isWithoutTypedData(error: unknown): boolean {
  for (
    let cause = error as { code?: unknown; cause?: unknown } | undefined;
    cause;
    cause = cause.cause as never
  )
    if (typeof cause.code === "number" && NO_TYPED_DATA.has(cause.code)) return true;
  return false;
}

/**
 * Has the wallet sign that the spender may take the value, and no more. Null where the wallet cannot, or signs in a way
 * that the token would not take: an approval by transaction works there too. A refusal is thrown.
 */
export async function signPermit(
  env: FlowEnvironment,
  { token, spender, value }: Approval,
  domain: PermitDomain,
): Promise<Permit | null> {
  const nonce = await readCall(env.reader, {
    address: token,
    abi: carbonTokenAbi,
    functionName: "nonces",
    args: [env.account],
  });
  const deadline = BigInt(Math.floor(Date.now() / 1000)) + VALID_SECONDS;
  const definition = {
    domain,
    types: permitTypes,
    primaryType: "Permit",
    message: {
      owner: env.account,
      spender,
      value,
      nonce,
      deadline,
    },
  } as const;
  const wallet = await env.wallet();
  if (!isAddressEqual(wallet.account.address, env.account))
    throw new FlowStopped("mismatch", text.failure.accountChanged);
  let signature: Hex;
  try {
    signature = await signTypedData(wallet, { ...definition, account: wallet.account });
  } catch (error) {
    if (isWithoutTypedData(error)) return null;
    throw error;
  }
  if (signature.length !== 132) return null;
  const signer = await recoverTypedDataAddress({ ...definition, signature }).catch(() => null);
  if (signer === null || !isAddressEqual(signer, env.account)) return null;
  const { r, s, yParity } = parseSignature(signature);
  return [deadline, 27 + yParity, r, s];
}
