import type { Address } from "viem";
import { carbonTokenAbi } from "../chain/tokenAbi";
import type { SalePayment } from "../chain/tokenSales";
import { creditAdapterAbi, creditMarketAbi } from "../generated/abi";
import { ADAPTER, CERTIFICATE, LISTING, TOKEN } from "./carbonTokens";
import { type FakeContract, type FakeEvent, Revert } from "./strictChain";

export const MONEY: Address = "0x00000000000000000000000000000000000000D1";
export const PAYMENT: SalePayment = {
  address: MONEY,
  symbol: "tUSD",
  decimals: 6,
  balance: 1_000n,
  permit: null,
};

/** An adapter that sells what it lists, and the token that it is paid in. */
export class CarbonMarket {
  price = 100n;
  balance = 1_000n;
  allowance = 0n;
  listing = LISTING;
  offer: Address = ADAPTER.address;
  spender: Address = ADAPTER.address;
  buyer: Address;
  past: FakeEvent[] = [{ name: "PaymentTokenSet", args: { payment_token: MONEY, spender: ADAPTER.address } }];

  constructor(buyer: Address) {
    this.buyer = buyer;
  }

  get contracts(): FakeContract[] {
    const snapshot = () => {
      const { balance, allowance } = this;
      return () => Object.assign(this, { balance, allowance });
    };
    const money: FakeContract = {
      address: MONEY,
      abi: carbonTokenAbi,
      call: (name, args) => this.answerOfMoney(name, args),
      events: (_name, args) => {
        this.allowance = args[1] as bigint;
        return [];
      },
      snapshot,
    };
    const adapter: FakeContract = {
      address: ADAPTER.address,
      abi: [...creditAdapterAbi, ...creditMarketAbi],
      call: (name, args) => this.answerOfAdapter(name, args),
      events: (_name, args) => [bought(args[1] as bigint, this.buyer)],
      past: this.past,
    };
    return [money, adapter];
  }

  private answerOfMoney(name: string, args: readonly unknown[]): unknown {
    if (name === "balanceOf") return this.balance;
    if (name === "allowance") return this.allowance;
    if (name === "decimals") return 6;
    if (name === "symbol") return "tUSD";
    if (name !== "approve") throw new Revert(`the token has no ${name}`);
    if (this.allowance > 0n && (args[1] as bigint) > 0n) throw new Revert("one allowance into another");
    return true;
  }

  private answerOfAdapter(name: string, args: readonly unknown[]): unknown {
    if (name === "listing") return this.listing;
    if (name === "offer") return this.offer;
    if (name === "spender") return this.spender;
    if (name === "quote") return this.price;
    if (name !== "buy_and_retire") throw new Error(`the adapter was asked for ${name}`);
    if (this.allowance < (args[4] as bigint)) throw new Revert("adapter: not allowed");
    return CERTIFICATE;
  }
}

function bought(amount_ug: bigint, holder: Address): FakeEvent {
  return {
    name: "TokenRetired",
    args: {
      certificate: CERTIFICATE,
      holder,
      token: TOKEN,
      amount_ug,
      reference: 1n,
      protocol_reference: 0n,
    },
  };
}
