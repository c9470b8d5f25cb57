import { stringToHex } from "viem";
import { expect, test } from "vitest";
import { InvalidShape } from "../../evidence/reader";
import { ACCOUNT, CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT } from "../../testing/fixtures";
import { type AccountExport, exportJson, FORMAT } from "./accountExport";
import { attestationsCsv, certificatesCsv } from "./exportCsv";
import { readCsvExport } from "./readCsvExport";
import { readExport } from "./readExport";

const HASH = `0x${"ab".repeat(32)}` as const;
const { footprint } = FOOTPRINT_REPORT;
const BIG = 2n ** 72n - 1n;

const EXPORTED: AccountExport = {
  format: FORMAT,
  chain_id: CONFIG.chainId,
  ledger: CONFIG.ledger,
  credits: CONFIG.credits,
  account: ACCOUNT,
  block: 4_321n,
  totals: { low_ug: 1n, central_ug: 2n, high_ug: BIG, covered_ug: 0n, count: 1 },
  attestations: [
    {
      id: FOOTPRINT_ID,
      transaction: HASH,
      recorded_in_block: 17n,
      recorded_at: 1_770_000_000,
      superseded: false,
      covered_ug: BIG,
      footprint: { ...footprint, energy_uwh: 2n ** 128n - 1n },
    },
  ],
  certificates: [
    {
      id: 2n ** 256n - 1n,
      transaction: HASH,
      arrived_in_block: 18n,
      holder: ACCOUNT,
      amount_ug: BIG,
      allocated_ug: 7n,
      minted_at: 1_770_000_001,
      voided: true,
      vintage: 2021,
      registry: stringToHex("ICR", { size: 32 }),
      project: '=HYPERLINK("http://x")',
      beneficiary: "Équipe, \n„BLOOM“",
      serials: "+1-2",
      retired_at: 1_760_000_000n,
    },
  ],
};
test("exportJson: what was written is read again without loss", () => {
  expect(readExport(exportJson(EXPORTED))).toEqual(EXPORTED);
});

test.each([
  ["format", { format: "greenledger-account/2" }],
  ["export.block", { block: -1 }],
  ["export.account", { account: "0x12" }],
  ["attestations", { attestations: {} }],
  ["attestations[0]", { attestations: [null] }],
  ["certificates[0].id", { certificates: [{}] }],
])("readExport: a wrong %s is named", (field, change) => {
  const json = JSON.stringify({ ...JSON.parse(exportJson(EXPORTED)), ...change });
  try {
    readExport(json);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidShape);
    expect((error as InvalidShape).field).toBe(field);
  }
});

test("readExport: a file that is no JSON is a syntax error", () => {
  expect(() => readExport("id,tonnes\r\n")).toThrow(SyntaxError);
});

test("attestationsCsv: names hold units, and the block where a value may change after it", () => {
  const [header, row] = attestationsCsv(EXPORTED).split("\r\n");
  const names = header?.split(",") ?? [];
  const cells = row?.split(",") ?? [];
  const of = (name: string) => cells[names.indexOf(name)];
  expect(cells).toHaveLength(names.length);
  expect(of("covered_ug_co2e_at_block_4321")).toBe(BIG.toString());
  expect(of("superseded_at_block_4321")).toBe("no");
  expect(of("recorded_in_block_number")).toBe("17");
  expect(of("central_ug_co2e")).toBe(footprint.central_ug.toString());
});

test("certificatesCsv: texts of strangers are neither run nor do they break their row", () => {
  const csv = certificatesCsv(EXPORTED);
  expect(csv).toContain(`,"'=HYPERLINK(""http://x"")",2021,'+1-2,"Équipe, \n„BLOOM“",`);
  expect(csv).toContain("allocated_ug_co2e_at_block_4321");
});

test("attestationsCsv: what was written is read again without loss", () => {
  const { block, chain_id, ledger, account, attestations } = EXPORTED;
  expect(readCsvExport(attestationsCsv(EXPORTED))).toEqual({
    block,
    chain_id,
    ledger,
    account,
    attestations,
  });
});

test.each(["ICR", "vcs-2", "", "\u0007"])(
  "certificatesCsv: the registry %j and all else is read again",
  (name) => {
    const { block, chain_id, credits, account } = EXPORTED;
    const registry = stringToHex(name, { size: 32 });
    const certificates = EXPORTED.certificates.map((one) => ({ ...one, registry, beneficiary: "'=it" }));
    const read = readCsvExport(certificatesCsv({ ...EXPORTED, certificates }));
    expect(read).toEqual({ block, chain_id, credits, account, certificates });
  },
);

test("readCsvExport: a list of nothing has its block alone", () => {
  const empty = readCsvExport(certificatesCsv({ ...EXPORTED, certificates: [] }));
  expect(empty).toMatchObject({ block: 4_321n, certificates: [] });
});

test.each([
  [
    "a figure that is none",
    (csv: string) => csv.replace(/,17,(0x\w+)\r\n$/, ",1.7E1,$1\r\n"),
    "row 1.recorded_in_block",
  ],
  ["a cell too few", (csv: string) => csv.replace(/,17,(0x\w+)\r\n$/, ",17\r\n"), "row 1"],
  ["a flag that is none", (csv: string) => csv.replace(",no,", ",maybe,"), "row 1.superseded"],
  [
    "two accounts",
    (csv: string) => `${csv}${csv.split("\r\n")[1]?.replaceAll(ACCOUNT, CONFIG.ledger)}\r\n`,
    "row 2.account",
  ],
])("readCsvExport: %s is named", (_what, change, field) => {
  try {
    readCsvExport(change(attestationsCsv(EXPORTED)));
    expect.unreachable();
  } catch (error) {
    expect((error as InvalidShape).field).toBe(field);
  }
});

test.each(["id,tonnes\r\n1,2\r\n", "", '"open'])("readCsvExport: %j is no list of ours", (text) => {
  expect(() => readCsvExport(text)).toThrow(SyntaxError);
});
