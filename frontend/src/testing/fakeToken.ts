import { domainSeparator } from "viem";
import { signedPaymentAbi, tokenAbi } from "../chain/paymentToken";
import { TOKEN } from "./deskFixtures";
import { CONFIG } from "./fixtures";
import { type FakeContract, Revert } from "./strictChain";

export interface TokenFacts {
  balance: bigint;
  allowance: bigint;
  /** Signed payments that it takes. */
  takes: "both" | "permit" | "nothing";
  /** The version that it signs with; another one than it tells makes its separator another. */
  version: string;
  /** Refuses a new approval on top of an old one, as USDT does. */
  needsReset: boolean;
}

/** A payment token, and what was approved at it, in order. */
export function fakeToken(facts: Partial<TokenFacts> = {}): FakeContract & { approved: bigint[] } {
  let allowance = facts.allowance ?? 0n;
  const takes = facts.takes ?? "nothing";
  const approved: bigint[] = [];
  const only = (there: boolean, value: unknown) => {
    if (!there) throw new Revert("no such function");
    return value;
  };
  const domain = {
    name: "Dollar",
    version: facts.version ?? "2",
    chainId: CONFIG.chainId,
    verifyingContract: TOKEN.address,
  };
  const separator = () => only(takes !== "nothing", domainSeparator({ domain }));
  const missing = () => only(false, null);
  const answers: Record<string, (args: readonly unknown[]) => unknown> = {
    balanceOf: () => facts.balance ?? 10n ** 9n,
    allowance: () => allowance,
    approve: ([, amount]) => {
      if (facts.needsReset && allowance > 0n && amount !== 0n) throw new Revert("approve from non-zero");
      return undefined;
    },
    name: () => only(takes !== "nothing", "Dollar"),
    version: () => only(takes !== "nothing", "2"),
    DOMAIN_SEPARATOR: separator,
    PERMIT_TYPEHASH: missing,
    nonces: () => only(takes !== "nothing", 5n),
    authorizationState: () => only(takes === "both", false),
  };
  return {
    approved,
    address: TOKEN.address,
    abi: [...tokenAbi, ...signedPaymentAbi],
    call: (name, args) => {
      const answer = answers[name];
      if (!answer) throw new Error(`the token was asked for ${name}`);
      return answer(args);
    },
    events: (name, args) => {
      if (name === "approve") {
        allowance = args[1] as bigint;
        approved.push(allowance);
      }
      return [];
    },
    snapshot: () => {
      const [kept, count] = [allowance, approved.length];
      return () => {
        allowance = kept;
        approved.length = count;
      };
    },
  };
}
