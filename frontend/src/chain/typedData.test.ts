import { type Address, concat, encodeAbiParameters, type Hex, keccak256, stringToBytes } from "viem";
import { expect, test } from "vitest";
import {
  CERTIFICATE_ID,
  CONFIG,
  FOOTPRINT_HASH,
  FOOTPRINT_ID,
  FOOTPRINT_REPORT,
  RETIREMENT_REPORT,
  vectors,
} from "../testing/fixtures";
import { footprintHash } from "./footprint";
import { attestationId, certificateId } from "./typedData";

test("footprintHash: equals the struct hash that eth_account computes", () => {
  expect(footprintHash(FOOTPRINT_REPORT.footprint)).toBe(FOOTPRINT_HASH);
});

test("attestationId: equals the digest that eth_account computes", () => {
  expect(attestationId(FOOTPRINT_REPORT, CONFIG.chainId, CONFIG.ledger)).toBe(FOOTPRINT_ID);
});

test("attestationId: is made of the account and the footprint hash alone", () => {
  const type =
    "FootprintReport(address account,Footprint footprint)Footprint(bytes32 root,uint32 count,bytes32 methodology,uint64 period_start,uint64 period_end,uint128 energy_uwh,uint72 low_ug,uint72 central_ug,uint72 high_ug,uint72 market_ug,uint72 embodied_ug,uint128 water_ul,uint8 tier,bytes32 supersedes,uint64 valid_until)";
  const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
  const text = (value: string) => keccak256(stringToBytes(value));
  const report = encodeAbiParameters(
    [{ type: "bytes32" }, { type: "address" }, { type: "bytes32" }],
    [text(type), FOOTPRINT_REPORT.account, FOOTPRINT_HASH],
  );
  const domain = encodeAbiParameters(
    [{ type: "bytes32" }, { type: "bytes32" }, { type: "bytes32" }, { type: "uint256" }, { type: "address" }],
    [
      text(domainType),
      text("GPTX Green AI Ledger: Footprints"),
      text("1"),
      BigInt(CONFIG.chainId),
      CONFIG.ledger,
    ],
  );
  expect(keccak256(concat(["0x1901", keccak256(domain), keccak256(report)]))).toBe(FOOTPRINT_ID);
});

test("attestationId: another chain, contract, account or figure gives another id", () => {
  const { footprint } = FOOTPRINT_REPORT;
  const ids = [
    attestationId(FOOTPRINT_REPORT, 1, CONFIG.ledger),
    attestationId(FOOTPRINT_REPORT, CONFIG.chainId, CONFIG.credits),
    attestationId({ ...FOOTPRINT_REPORT, account: CONFIG.credits }, CONFIG.chainId, CONFIG.ledger),
    attestationId(
      { ...FOOTPRINT_REPORT, footprint: { ...footprint, low_ug: footprint.low_ug - 1n } },
      CONFIG.chainId,
      CONFIG.ledger,
    ),
  ];
  expect(new Set([...ids, FOOTPRINT_ID]).size).toBe(5);
});

test("certificateId: equals the digest that eth_account computes, text beyond ASCII included", () => {
  expect(BigInt(certificateId(RETIREMENT_REPORT, CONFIG.chainId, CONFIG.credits))).toBe(CERTIFICATE_ID);
});

test("certificateId: equals the digest that eth_account computes for a desk's report", () => {
  const report = {
    ...RETIREMENT_REPORT,
    minter: vectors.desk.minter as Address,
    order: vectors.desk.order as Hex,
  };
  expect(certificateId(report, CONFIG.chainId, CONFIG.credits)).toBe(vectors.desk.id);
});
