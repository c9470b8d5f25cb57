import { expect, test } from "vitest";
import { parseCertificateId, parseReportId, tokenHex } from "./ids";

const ID = `0x${"0A".repeat(32)}`;

test("parseReportId: takes 32 bytes in hex and nothing else", () => {
  expect(parseReportId(` ${ID} `)).toBe(ID.toLowerCase());
  expect(parseReportId(ID.slice(0, -1))).toBeNull();
  expect(parseReportId(`${ID}00`)).toBeNull();
  expect(parseReportId("0xzz")).toBeNull();
});

test("parseCertificateId: takes hex or the whole number that wallets show", () => {
  const id = BigInt(ID);
  expect(parseCertificateId(ID)).toBe(id);
  expect(parseCertificateId(id.toString())).toBe(id);
  expect(parseCertificateId((2n ** 256n).toString())).toBeNull();
  expect(parseCertificateId("12.5")).toBeNull();
  expect(tokenHex(id)).toBe(ID.toLowerCase());
});
