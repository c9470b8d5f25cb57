import { type Address, type Hex, hashTypedData } from "viem";
import { readAddress, readHash, readRow, readText, readWhole } from "../evidence/reader";

/** The EIP-712 type of the desk's orders. Field order is part of the hash: it is that of `IRetirementDesk`. */
export const orderTypes = {
  Order: [
    { name: "seller", type: "address" },
    { name: "payer", type: "address" },
    { name: "holder", type: "address" },
    { name: "token", type: "address" },
    { name: "price", type: "uint128" },
    { name: "amount_ug", type: "uint72" },
    { name: "min_ug", type: "uint72" },
    { name: "registry", type: "bytes32" },
    { name: "project", type: "string" },
    { name: "vintage", type: "uint16" },
    { name: "beneficiary", type: "string" },
    { name: "quote_until", type: "uint64" },
    { name: "deadline", type: "uint64" },
    { name: "salt", type: "bytes32" },
  ],
} as const;

/** A quote that its seller signed and, once paid, the order. Prices in base units of the token, times in Unix seconds. */
export interface DeskOrder {
  seller: Address;
  payer: Address;
  /** Wallet that gets the certificate. */
  holder: Address;
  token: Address;
  price: bigint;
  amount_ug: bigint;
  /** Least amount that is paid for, in proportion. */
  min_ug: bigint;
  registry: Hex;
  project: string;
  vintage: number;
  beneficiary: string;
  quote_until: bigint;
  deadline: bigint;
  salt: Hex;
}

/** Reads an order from JSON. Throws `InvalidShape` naming the field. */
export function readDeskOrder(json: unknown): DeskOrder {
  const at = "desk.order";
  const row = readRow(json, at);
  return {
    seller: readAddress(row, "seller", at),
    payer: readAddress(row, "payer", at),
    holder: readAddress(row, "holder", at),
    token: readAddress(row, "token", at),
    price: readWhole(row, "price", at),
    amount_ug: readWhole(row, "amount_ug", at),
    min_ug: readWhole(row, "min_ug", at),
    registry: readHash(row, "registry", at),
    project: readText(row, "project", at),
    vintage: Number(readWhole(row, "vintage", at)),
    beneficiary: readText(row, "beneficiary", at),
    quote_until: readWhole(row, "quote_until", at),
    deadline: readWhole(row, "deadline", at),
    salt: readHash(row, "salt", at),
  };
}

/** The order's id at the desk: its EIP-712 digest, which the seller signs. */
export function deskOrderId(order: DeskOrder, chainId: number, desk: Address): Hex {
  return hashTypedData({
    domain: { name: "GPTX Green AI Ledger: Desk", version: "1", chainId, verifyingContract: desk },
    types: orderTypes,
    primaryType: "Order",
    message: order,
  });
}
