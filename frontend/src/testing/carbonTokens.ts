import {
  type Address,
  type Hex,
  hashDomain,
  recoverTypedDataAddress,
  serializeSignature,
  stringToHex,
} from "viem";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { permitTypes } from "../chain/tokenPermit";
import type { HeldToken } from "../chain/tokens";
import { creditAdapterAbi } from "../generated/abi";
import { ACCOUNT, CONFIG } from "./fixtures";
import { type FakeContract, type FakeEvent, Revert } from "./strictChain";

export const ADAPTER = {
  name: "ToucanAdapter",
  address: "0x00000000000000000000000000000000000000A1",
} as const;
export const TOKEN: Address = "0x00000000000000000000000000000000000000C1";
export const CERTIFICATE = 77n;
export const DOMAIN = { name: "Carbon", version: "1", chainId: CONFIG.chainId, verifyingContract: TOKEN };
export const LISTING = {
  registry: stringToHex("verra", { size: 32 }),
  project: "VCS-191",
  vintage: 2021,
  enabled: true,
};

const UNITS_PER_UG = 10n ** 6n;
const DOMAIN_TYPES = {
  EIP712Domain: [
    { name: "name", type: "string" },
    { name: "version", type: "string" },
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
  ],
};

/** One carbon token and its adapter, with the state that a retirement depends on. */
export class CarbonProtocol {
  balance = 5_000_000n * UNITS_PER_UG;
  allowance = 0n;
  listing = LISTING;
  symbol = "TCO2-VCS-191";
  permits = true;
  /** Who an event names, in place of the caller. */
  eventHolder: Address = ACCOUNT;
  past: FakeEvent[] = [
    { name: "ListingSet", args: { token: TOKEN, token_id: 0n, ...LISTING } },
    { name: "ListingSet", args: { token: TOKEN, token_id: 0n, ...LISTING, vintage: 2020 } },
  ];

  get contracts(): FakeContract[] {
    const snapshot = () => {
      const { balance, allowance } = this;
      return () => Object.assign(this, { balance, allowance });
    };
    const token: FakeContract = {
      address: TOKEN,
      abi: carbonTokenAbi,
      call: (name) => this.answerOfToken(name),
      events: (name, args) => {
        if (name === "approve") this.allowance = args[1] as bigint;
        return [];
      },
      snapshot,
    };
    const adapter: FakeContract = {
      address: ADAPTER.address,
      abi: creditAdapterAbi,
      call: (name, args) => this.answerOfAdapter(name, args),
      events: (_name, args) => {
        this.balance -= (args[1] as bigint) * UNITS_PER_UG;
        this.allowance = 0n;
        return [retired(args[1] as bigint, this.eventHolder)];
      },
      past: this.past,
    };
    return [token, adapter];
  }

  private answerOfToken(name: string): unknown {
    if (name === "balanceOf") return this.balance;
    if (name === "allowance") return this.allowance;
    if (name === "approve") return true;
    if (name === "symbol") return this.symbol;
    if (name === "name") return "Carbon";
    if (name === "nonces" && this.permits) return 4n;
    if (name === "DOMAIN_SEPARATOR" && this.permits)
      return hashDomain({ domain: DOMAIN as never, types: DOMAIN_TYPES });
    throw new Revert(`the token has no ${name}`);
  }

  private answerOfAdapter(name: string, args: readonly unknown[]): unknown {
    if (name === "listing") return this.listing;
    const needed = (args[1] as bigint) * UNITS_PER_UG;
    if (name === "retire_token" && this.allowance < needed) throw new Revert("adapter: not allowed");
    if (!name.startsWith("retire_token")) throw new Error(`the adapter was asked for ${name}`);
    return CERTIFICATE;
  }
}

function retired(amount_ug: bigint, holder: Address): FakeEvent {
  return {
    name: "TokenRetired",
    args: {
      certificate: CERTIFICATE,
      holder,
      token: TOKEN,
      amount_ug,
      reference: 1n,
      protocol_reference: 9n,
    },
  };
}

/** The token as the page read it. */
export function heldToken(permit: boolean): HeldToken {
  return {
    adapter: ADAPTER,
    token: TOKEN,
    symbol: "TCO2",
    listing: LISTING,
    permit: permit ? DOMAIN : null,
    heldUg: 5_000_000n,
  };
}

/** Who signed the permit that a call of `retire_token_with_permit` carries. */
export function permitSigner(owner: Address, args: readonly unknown[]): Promise<Address> {
  const [, amountUg, , deadline, v, r, s] = args as [Address, bigint, string, bigint, number, Hex, Hex];
  return recoverTypedDataAddress({
    domain: DOMAIN,
    types: permitTypes,
    primaryType: "Permit",
    message: {
      owner,
      spender: ADAPTER.address,
      value: amountUg * UNITS_PER_UG,
      nonce: 4n,
      deadline,
    },
    signature: serializeSignature({ r, s, yParity: v - 27 }),
  });
}
