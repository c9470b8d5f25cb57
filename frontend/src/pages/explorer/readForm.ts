import { type AbiFunction, type AbiParameter, getAddress, isAddress } from "viem";
import { explorer } from "../../strings/explorerText";

/** An argument that cannot be what the function takes; the message says what can. */
export class InvalidArgument extends Error {
  override name = "InvalidArgument";
}

const words = explorer.read;

function whole(type: string, written: string): bigint {
  const bits = Number(/\d+$/.exec(type)?.[0] ?? "256");
  const signed = type.startsWith("int");
  if (!/^-?(\d{1,78}|0x[0-9a-f]{1,64})$/i.test(written)) throw new InvalidArgument(words.wholeNumber);
  const value = written.startsWith("-") ? -BigInt(written.slice(1)) : BigInt(written);
  const top = 2n ** BigInt(signed ? bits - 1 : bits);
  if (value >= top || value < (signed ? -top : 0n)) throw new InvalidArgument(words.range(type));
  return value;
}

function bytes(type: string, written: string): string {
  const size = Number(/\d+$/.exec(type)?.[0] ?? "0");
  const form = size === 0 ? /^0x([0-9a-f]{2})*$/i : new RegExp(`^0x[0-9a-f]{${size * 2}}$`, "i");
  if (!form.test(written)) throw new InvalidArgument(size === 0 ? words.bytes : words.bytesOf(size));
  return written;
}

/** One value of a plain type from what was written in its field. Throws `InvalidArgument`. */
function plain(type: string, written: string): unknown {
  if (/^u?int\d*$/.test(type)) return whole(type, written);
  if (/^bytes\d*$/.test(type)) return bytes(type, written);
  if (type === "bool") {
    if (written !== "true" && written !== "false") throw new InvalidArgument(words.trueOrFalse);
    return written === "true";
  }
  if (type === "address") {
    if (!isAddress(written, { strict: false })) throw new InvalidArgument(words.address);
    return getAddress(written);
  }
  if (type === "string") return written;
  throw new InvalidArgument(words.unknownType(type));
}

function structured(parameter: AbiParameter, value: unknown): unknown {
  const list = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (list) {
    const length = list[2] === "" ? null : Number(list[2]);
    if (!Array.isArray(value) || (length !== null && value.length !== length))
      throw new InvalidArgument(words.list(parameter.type));
    const inner = { ...parameter, type: list[1] ?? "" } as AbiParameter;
    return value.map((item) => structured(inner, item));
  }
  if (parameter.type === "tuple") {
    const { components } = parameter as AbiParameter & { components: readonly AbiParameter[] };
    const names = components.map(({ name }) => name ?? "").join(", ");
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new InvalidArgument(words.object(names));
    const row = value as Record<string, unknown>;
    const missing = components.find(({ name }) => !(name && Object.hasOwn(row, name)));
    if (missing) throw new InvalidArgument(words.object(names));
    return Object.fromEntries(
      components.map((part) => [part.name ?? "", structured(part, row[part.name ?? ""])]),
    );
  }
  // A number that JSON cannot hold exactly must come as text.
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new InvalidArgument(words.wholeNumber);
  return plain(parameter.type, String(value));
}

/** Whether an argument is written as JSON: lists and structs. */
export function isStructured({ type }: AbiParameter): boolean {
  return type === "tuple" || type.endsWith("]");
}

/** The value of an argument from what was written in its field. Throws `InvalidArgument` saying what would be right. */
export function parseArgument(parameter: AbiParameter, written: string): unknown {
  if (!isStructured(parameter)) {
    return plain(parameter.type, parameter.type === "string" ? written : written.trim());
  }
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch {
    throw new InvalidArgument(words.json(parameter.type));
  }
  return structured(parameter, json);
}

/** All that can be asked of a contract without a transaction, in the order of its ABI. */
export function viewFunctions(abi: readonly { type: string }[]): AbiFunction[] {
  return abi.filter(
    (item): item is AbiFunction =>
      item.type === "function" && ["view", "pure"].includes((item as AbiFunction).stateMutability),
  );
}
