import { type Address, type Client, domainSeparator, type Hex, type TypedDataDomain } from "viem";
import { readCall } from "./readCall";
import { permitAbi } from "./tokenAbi";

/** ERC-20 as the page needs it. `approve` names no result, because some tokens, USDT among them, return none. */
export const tokenAbi = [
  {
    type: "function",
    name: "balanceOf",
    stateMutability: "view",
    inputs: [{ name: "owner", type: "address" }],
    outputs: [{ name: "", type: "uint256" }],
  },
  {
    type: "function",
    name: "allowance",
    stateMutability: "view",
    inputs: [
      { name: "owner", type: "address" },
      { name: "spender", type: "address" },
    ],
    outputs: [{ name: "", type: "uint256" }],
  },
  {
    type: "function",
    name: "approve",
    stateMutability: "nonpayable",
    inputs: [
      { name: "spender", type: "address" },
      { name: "amount", type: "uint256" },
    ],
    outputs: [],
  },
] as const;

/** EIP-2612 and EIP-3009, and what of EIP-712 a token shows of itself. */
export const signedPaymentAbi = [
  ...permitAbi,
  {
    type: "function",
    name: "name",
    stateMutability: "view",
    inputs: [],
    outputs: [{ name: "", type: "string" }],
  },
  {
    type: "function",
    name: "PERMIT_TYPEHASH",
    stateMutability: "view",
    inputs: [],
    outputs: [{ name: "", type: "bytes32" }],
  },
  {
    type: "function",
    name: "authorizationState",
    stateMutability: "view",
    inputs: [
      { name: "authorizer", type: "address" },
      { name: "nonce", type: "bytes32" },
    ],
    outputs: [{ name: "", type: "bool" }],
  },
] as const;

/** keccak256 of EIP-2612's type; DAI, for one, has a permit of its own that the desk cannot use. */
const PERMIT_TYPEHASH = "0x6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9";

export interface TokenHolding {
  /** What the owner has, and what the spender may take of it; base units of the token. */
  balance: bigint;
  allowance: bigint;
}

/** What a token takes in place of an approval, each with the nonce that it wants next. */
export interface SignedPayments {
  domain: TypedDataDomain;
  /** EIP-3009 with a nonce of the caller's choice. */
  authorization: boolean;
  /** EIP-2612: the nonce of the next permit, or null if there are no permits. */
  permitNonce: bigint | null;
}

export async function readHolding(
  client: Client,
  token: Address,
  owner: Address,
  spender: Address,
): Promise<TokenHolding> {
  const at = { address: token, abi: tokenAbi } as const;
  const [balance, allowance] = await Promise.all([
    readCall(client, { ...at, functionName: "balanceOf", args: [owner] }),
    readCall(client, { ...at, functionName: "allowance", args: [owner, spender] }),
  ]);
  return { balance, allowance };
}

/** A token without a function reverts, or answers nothing that could be decoded: it does not have it. */
async function orNull<T>(read: Promise<T>): Promise<T | null> {
  return read.catch(() => null);
}

/**
 * What a token takes signed, or null. A domain counts only if its hash is the token's own separator: with a wrong one
 * the person would sign something that nobody can use.
 */
export async function readSignedPayments(
  client: Client,
  chainId: number,
  token: Address,
  owner: Address,
  nonce: Hex,
): Promise<SignedPayments | null> {
  const at = { address: token, abi: signedPaymentAbi } as const;
  const [name, version, separator, typehash, permitNonce, used] = await Promise.all([
    orNull(readCall(client, { ...at, functionName: "name" })),
    orNull(readCall(client, { ...at, functionName: "version" })),
    orNull(readCall(client, { ...at, functionName: "DOMAIN_SEPARATOR" })),
    orNull(readCall(client, { ...at, functionName: "PERMIT_TYPEHASH" })),
    orNull(readCall(client, { ...at, functionName: "nonces", args: [owner] })),
    orNull(readCall(client, { ...at, functionName: "authorizationState", args: [owner, nonce] })),
  ]);
  if (name === null || separator === null) return null;
  const domain = { name, version: version ?? "1", chainId, verifyingContract: token };
  if (domainSeparator({ domain }) !== separator) return null;
  const isStandardPermit = typehash === null || typehash === PERMIT_TYPEHASH;
  return {
    domain,
    authorization: used === false,
    permitNonce: isStandardPermit ? permitNonce : null,
  };
}
