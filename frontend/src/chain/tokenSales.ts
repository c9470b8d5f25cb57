import { type Address, type Client, zeroAddress } from "viem";
import { getContractEvents } from "viem/actions";
import type { BaseUnits } from "../amounts";
import type { AppConfig, CreditAdapter, PaymentToken } from "../config";
import { creditMarketAbi } from "../generated/abi";
import { allLogs } from "./logs";
import { readCall } from "./readCall";
import { carbonTokenAbi } from "./tokenAbi";
import { type PermitDomain, statedDomain, takesPermits } from "./tokenPermit";
import { grouped, optional, readMany } from "./tokenReads";
import { readableSymbol } from "./tokenSymbol";
import type { HeldToken } from "./tokens";

/** Most payment tokens of one adapter that are read, the newest first. */
const MOST_PAYMENT_TOKENS = 8;

/** A token that an adapter takes for what it buys and retires, and what the wallet has of it. */
export interface SalePayment extends PaymentToken {
  /** Base units of the payment token. */
  balance: bigint;
  permit: PermitDomain | null;
}

/** Credits that an adapter buys at its protocol and retires in one transaction. */
export interface Sale {
  token: HeldToken;
  payments: readonly SalePayment[];
}

async function everPaidIn(client: Client, config: AppConfig, adapter: CreditAdapter): Promise<Address[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      address: adapter.address,
      abi: creditMarketAbi,
      eventName: "PaymentTokenSet",
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  const newestFirst = logs.map(({ args }) => args.payment_token).reverse();
  return [...new Set(newestFirst)].slice(0, MOST_PAYMENT_TOKENS);
}

async function readPayments(
  client: Client,
  config: AppConfig,
  adapter: CreditAdapter,
  holder: Address,
): Promise<SalePayment[]> {
  const tokens = await everPaidIn(client, config, adapter);
  const questions = tokens.flatMap((token) => [
    { address: adapter.address, abi: creditMarketAbi, functionName: "spender", args: [token] },
    { address: token, abi: carbonTokenAbi, functionName: "decimals" },
    { address: token, abi: carbonTokenAbi, functionName: "symbol" },
    { address: token, abi: carbonTokenAbi, functionName: "balanceOf", args: [holder] },
    ...takesPermits(token, holder),
  ]);
  const each = grouped(await readMany(client, questions), tokens.length);
  return tokens.flatMap((token, index) => {
    const [spender, decimals, symbol, balance, ...permit] = each[index] ?? [];
    const has = { decimals: optional<number>(decimals), balance: optional<bigint>(balance) };
    const isTaken = (optional<Address>(spender) ?? zeroAddress) !== zeroAddress;
    if (!isTaken || has.decimals === undefined || has.balance === undefined) return [];
    return [
      {
        address: token,
        symbol: readableSymbol(optional<string>(symbol), token),
        decimals: has.decimals,
        balance: has.balance,
        permit: statedDomain(token, config.chainId, permit),
      },
    ];
  });
}

/** What of the listed tokens can be bought and retired in one transaction, and in what it is paid. */
export async function readSales(
  client: Client,
  config: AppConfig,
  listed: readonly HeldToken[],
  holder: Address,
): Promise<Sale[]> {
  const offers = await readMany(
    client,
    listed.map(({ adapter, token }) => ({
      address: adapter.address,
      abi: creditMarketAbi,
      functionName: "offer",
      args: [token],
    })),
  );
  // An adapter that sells nothing has no such function.
  const forSale = listed.filter(
    (_token, index) => (optional<Address>(offers[index]) ?? zeroAddress) !== zeroAddress,
  );
  const sales = await Promise.all(
    forSale.map(async (token) => ({
      token,
      payments: await readPayments(client, config, token.adapter, holder),
    })),
  );
  return sales.filter(({ payments }) => payments.length > 0);
}

/** What the protocol asks now for an amount, in base units of the payment token. Throws its revert. */
export function readQuote(
  client: Client,
  { adapter, token }: Pick<HeldToken, "adapter" | "token">,
  amountUg: BaseUnits,
  payment: Address,
): Promise<bigint> {
  return readCall(client, {
    address: adapter.address,
    abi: creditMarketAbi,
    functionName: "quote",
    args: [token, amountUg, payment],
  });
}
