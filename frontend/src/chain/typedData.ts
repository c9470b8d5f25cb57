import { type Address, type Hex, hashTypedData } from "viem";
import { type Footprint, footprintFields } from "./footprint";

/** The EIP-712 types of the reports. Field order is part of every hash: it is that of the contracts' interfaces. */
export const footprintTypes = {
  FootprintReport: [
    { name: "account", type: "address" },
    { name: "footprint", type: "Footprint" },
  ],
  Footprint: footprintFields,
} as const;

export const retirementTypes = {
  RetirementReport: [
    { name: "holder", type: "address" },
    { name: "minter", type: "address" },
    { name: "order", type: "bytes32" },
    { name: "retirement", type: "Retirement" },
    { name: "source", type: "Source" },
  ],
  Retirement: [
    { name: "registry", type: "bytes32" },
    { name: "project", type: "string" },
    { name: "vintage", type: "uint16" },
    { name: "amount_ug", type: "uint72" },
    { name: "beneficiary", type: "string" },
    { name: "serials", type: "string" },
    { name: "retired_at", type: "uint64" },
    { name: "evidence", type: "bytes32" },
    { name: "valid_until", type: "uint64" },
  ],
  Source: [
    { name: "kind", type: "uint8" },
    { name: "book", type: "bytes32" },
    { name: "first", type: "uint256" },
    { name: "last", type: "uint256" },
  ],
} as const;

export interface FootprintReport {
  account: Address;
  footprint: Footprint;
}

export interface RetirementReport {
  holder: Address;
  /** The only account that may mint it; the zero address for anyone. */
  minter: Address;
  /** The minter's order that the credits were retired for; zero without one. */
  order: Hex;
  retirement: {
    registry: Hex;
    project: string;
    vintage: number;
    amount_ug: bigint;
    beneficiary: string;
    serials: string;
    retired_at: bigint;
    evidence: Hex;
    valid_until: bigint;
  };
  source: { kind: number; book: Hex; first: bigint; last: bigint };
}

const FOOTPRINTS = "GPTX Green AI Ledger: Footprints";
const RETIREMENTS = "GPTX Green AI Ledger: Retirements";

function domain(name: string, chainId: number, verifyingContract: Address) {
  return { name, version: "1", chainId, verifyingContract };
}

/** The attestation id of a report: its EIP-712 digest, bound to the chain and the ledger contract. */
export function attestationId(report: FootprintReport, chainId: number, ledger: Address): Hex {
  return hashTypedData({
    domain: domain(FOOTPRINTS, chainId, ledger),
    types: footprintTypes,
    primaryType: "FootprintReport",
    message: report,
  });
}

/** The token id of a retirement's certificate: the EIP-712 digest of its report. */
export function certificateId(report: RetirementReport, chainId: number, credits: Address): Hex {
  return hashTypedData({
    domain: domain(RETIREMENTS, chainId, credits),
    types: retirementTypes,
    primaryType: "RetirementReport",
    message: report,
  });
}
