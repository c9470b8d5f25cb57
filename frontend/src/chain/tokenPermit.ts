import { type Address, type Hex, hashDomain } from "viem";
import { carbonTokenAbi } from "./tokenAbi";
import { type Answer, optional } from "./tokenReads";

/** The EIP-712 domain under which a token takes approvals by signature. */
export interface PermitDomain {
  name: string;
  version: string;
  chainId: number;
  verifyingContract: Address;
}

/** EIP-2612. Amounts are in base units of the token, `deadline` in Unix seconds. */
export const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

const DOMAIN_TYPES = {
  EIP712Domain: [
    { name: "name", type: "string" },
    { name: "version", type: "string" },
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
  ],
};

/**
 * The domain among some guesses whose hash is the one that the token itself states. Null if none is: a signature under a
 * wrong domain would be worth nothing, and a token need not have permits at all.
 */
function permitDomain(
  token: Address,
  chainId: number,
  separator: Hex | undefined,
  guesses: readonly { name: unknown; version: unknown }[],
): PermitDomain | null {
  for (const { name, version } of guesses) {
    if (typeof name !== "string" || typeof version !== "string") continue;
    const domain: PermitDomain = { name, version, chainId, verifyingContract: token };
    // The function's type for its domain is that of no domain at all: it takes what is checked against the types.
    if (separator === hashDomain({ domain: domain as never, types: DOMAIN_TYPES })) return domain;
  }
  return null;
}

/** The questions whose answers `statedDomain` takes, in its order. */
export function takesPermits(token: Address, owner: Address) {
  const at = { address: token, abi: carbonTokenAbi } as const;
  return [
    { ...at, functionName: "nonces", args: [owner] },
    { ...at, functionName: "DOMAIN_SEPARATOR" },
    { ...at, functionName: "eip712Domain" },
    { ...at, functionName: "name" },
    { ...at, functionName: "version" },
  ] as const;
}

/** The domain under which a token takes permits, from what it says of itself; null if it takes none. */
export function statedDomain(
  token: Address,
  chainId: number,
  answers: readonly Answer[],
): PermitDomain | null {
  const [nonce, separator, domain, name, version] = answers;
  if (optional<bigint>(nonce) === undefined) return null;
  const stated = optional<readonly unknown[]>(domain);
  return permitDomain(token, chainId, optional<Hex>(separator), [
    { name: stated?.[1], version: stated?.[2] },
    { name: optional<string>(name), version: optional<string>(version) },
    { name: optional<string>(name), version: "1" },
  ]);
}
