import { encodeAbiParameters, type Hex, keccak256, stringToHex } from "viem";

/** The fields of a footprint in EIP-712. Their order is part of every hash: it is that of the contracts' interfaces. */
export const footprintFields = [
  { name: "root", type: "bytes32" },
  { name: "count", type: "uint32" },
  { name: "methodology", type: "bytes32" },
  { name: "period_start", type: "uint64" },
  { name: "period_end", type: "uint64" },
  { name: "energy_uwh", type: "uint128" },
  { name: "low_ug", type: "uint72" },
  { name: "central_ug", type: "uint72" },
  { name: "high_ug", type: "uint72" },
  { name: "market_ug", type: "uint72" },
  { name: "embodied_ug", type: "uint72" },
  { name: "water_ul", type: "uint128" },
  { name: "tier", type: "uint8" },
  { name: "supersedes", type: "bytes32" },
  { name: "valid_until", type: "uint64" },
] as const;

/** What an account's footprint was. Units are in the names; times are Unix seconds. */
export interface Footprint {
  root: Hex;
  count: number;
  methodology: Hex;
  period_start: bigint;
  period_end: bigint;
  energy_uwh: bigint;
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
  market_ug: bigint;
  embodied_ug: bigint;
  water_ul: bigint;
  tier: number;
  supersedes: Hex;
  valid_until: bigint;
}

const TYPE = `Footprint(${footprintFields.map(({ name, type }) => `${type} ${name}`).join(",")})`;
const ENCODED = [{ name: "type", type: "bytes32" }, ...footprintFields] as const;

let typeHash: Hex | undefined;

/**
 * EIP-712 struct hash of a footprint: with the account it makes the attestation id. All fields are of one word, so it
 * is the hash of the plain encoding behind the hash of the type (EIP-712, "Definition of hashStruct").
 */
export function footprintHash(footprint: Footprint): Hex {
  typeHash ??= keccak256(stringToHex(TYPE));
  const values = footprintFields.map(({ name }) => footprint[name]);
  return keccak256(encodeAbiParameters(ENCODED, [typeHash, ...values] as never));
}
