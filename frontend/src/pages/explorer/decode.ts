import {
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  decodeAbiParameters,
  decodeEventLog,
  type Hex,
  toEventSelector,
  toFunctionSelector,
} from "viem";
import type { Contract, Contracts } from "./contracts";
import type { Log } from "./transactions";
import { rowsOf, type ValueRow } from "./values";

/** A call or an event in the words of the contract's own ABI. */
export interface Decoded {
  contract: string;
  name: string;
  rows: readonly ValueRow[];
}

function functionOf(contract: Contract, data: Hex): AbiFunction | undefined {
  const selector = data.slice(0, 10).toLowerCase();
  const functions = contract.abi.filter((item): item is AbiFunction => item.type === "function");
  return functions.find((item) => toFunctionSelector(item) === selector);
}

/** What values of these types say, or null where the bytes are not such values. */
export function decodeValues(inputs: readonly AbiParameter[], data: Hex): readonly ValueRow[] | null {
  try {
    const values = inputs.length === 0 ? [] : decodeAbiParameters(inputs, data);
    return inputs.flatMap((input, index) => rowsOf(input, values[index], String(index)));
  } catch {
    return null;
  }
}

/** The call that a transaction's data makes, or null where the contract or the function is not known. */
export function decodeCall(contracts: Contracts, to: string | null, data: Hex): Decoded | null {
  const contract = to === null ? undefined : contracts.get(to.toLowerCase());
  const item = contract && functionOf(contract, data);
  if (!contract || !item) return null;
  const rows = decodeValues(item.inputs, `0x${data.slice(10)}`);
  return rows && { contract: contract.name, name: item.name, rows };
}

function argument(args: unknown, input: AbiParameter, index: number): unknown {
  if (Array.isArray(args)) return args[index];
  return (args as Record<string, unknown>)[input.name ?? String(index)];
}

/** An event, or null where the contract or the event is not known, or the log is not what the event says. */
export function decodeLog(contracts: Contracts, log: Log): Decoded | null {
  const contract = contracts.get(log.address.toLowerCase());
  const events = contract?.abi.filter((item): item is AbiEvent => item.type === "event") ?? [];
  const item = events.find((event) => toEventSelector(event) === log.topics[0]);
  if (!contract || !item) return null;
  try {
    const { args } = decodeEventLog({ abi: [item], data: log.data, topics: log.topics as [Hex, ...Hex[]] });
    const rows = item.inputs.flatMap((input, index) =>
      rowsOf(input, argument(args, input, index), String(index)),
    );
    return { contract: contract.name, name: item.name, rows };
  } catch {
    return null;
  }
}
