import type { Address, Client, Hex } from "viem";
import { numberToHex } from "viem";

/** A question to a contract in the form that any node takes. */
export interface RawCall {
  /** Name of the contract, of the function, and its arguments as people write them. */
  contract: string;
  name: string;
  args: string;
  to: Address;
  data: Hex;
  block: bigint;
}

/** "RetiredCredits.certificate(0x12…)". */
export function callText({ contract, name, args }: RawCall): string {
  return `${contract}.${name}(${args})`;
}

function requestOf({ to, data, block }: RawCall) {
  return { jsonrpc: "2.0", id: 1, method: "eth_call", params: [{ to, data }, numberToHex(block)] };
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that asks any node the same question. */
export function curlOf(rpcUrl: string, call: RawCall): string {
  const body = quoted(JSON.stringify(requestOf(call)));
  return `curl -s -H 'content-type: application/json' --data ${body} ${quoted(rpcUrl)}`;
}

/** The node's answer as it is on the wire. */
export async function readRaw(client: Client, { to, data, block }: RawCall): Promise<Hex> {
  return client.request({ method: "eth_call", params: [{ to, data }, numberToHex(block)] });
}
