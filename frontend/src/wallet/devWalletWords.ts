import { type Abi, decodeFunctionData, type Hex } from "viem";
import { tokenAbi } from "../chain/paymentToken";
import type { AppConfig } from "../config";
import { creditsAbi } from "../generated/creditsAbi";
import { deskAbi } from "../generated/deskAbi";
import { ledgerAbi } from "../generated/ledgerAbi";
import { text } from "../strings/text";

/** What the development wallet says of a call or of data before it signs. */

const MAX_SHOWN_CHARACTERS = 1_200;

/** A value as JSON, cut off where nobody reads on. */
export function shown(value: unknown): string {
  const json =
    JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? item.toString() : item), 1) ?? "";
  return json.length > MAX_SHOWN_CHARACTERS ? `${json.slice(0, MAX_SHOWN_CHARACTERS)} …` : json;
}

interface KnownContract {
  address: string;
  abi: Abi;
  name: string;
}

function contractsOf(config: AppConfig): readonly KnownContract[] {
  const tokens = config.paymentTokens.map(({ address, symbol }) => ({
    address,
    abi: tokenAbi,
    name: symbol,
  }));
  return [
    { address: config.ledger, abi: ledgerAbi, name: text.contract.ledger },
    { address: config.credits, abi: creditsAbi, name: text.contract.credits },
    ...(config.desk ? [{ address: config.desk, abi: deskAbi, name: text.contract.desk }] : []),
    ...tokens,
  ];
}

/** Null for a function that the page does not know. */
function decoded(abi: Abi, data: Hex) {
  try {
    return decodeFunctionData({ abi, data });
  } catch {
    return null;
  }
}

/** Names the function and arguments of a call to a contract of ours; other calls are shown as data. */
export function describeCall(
  config: AppConfig,
  to: string,
  data: Hex,
): readonly (readonly [string, string])[] {
  const target = to.toLowerCase();
  const known = contractsOf(config).find(({ address }) => address.toLowerCase() === target);
  const call = known && decoded(known.abi, data);
  if (!known || !call)
    return [
      [text.devWallet.to, known ? `${known.name} ${to}` : to],
      [text.devWallet.data, shown(data)],
    ];
  return [
    [text.devWallet.to, `${known.name} ${to}`],
    [text.devWallet.call, call.functionName],
    [text.devWallet.arguments, shown(call.args)],
  ];
}
