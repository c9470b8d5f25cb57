import { expect, test } from "vitest";
import { type Minted, SOURCE_KIND } from "../../chain/credits";
import { ACCOUNT, FOOTPRINT_ID, RETIREMENT_REPORT } from "../../testing/fixtures";
import { matches, understand } from "./understand";

test.each([
  ["", "nothing"],
  ["  ", "nothing"],
  ["x", "short"],
  ["0x12", "malformed"],
  [`${ACCOUNT}00`, "malformed"],
  [ACCOUNT, "address"],
  [ACCOUNT.toUpperCase().replace("0X", "0x"), "address"],
  [` ${FOOTPRINT_ID} `, "word"],
  [FOOTPRINT_ID.slice(2), "word"],
  ["12345", "number"],
  ["9".repeat(78), "number"],
  ["VCS-191", "text"],
  ["ICR-9001-2022-1-2000", "text"],
  ["'; drop table", "text"],
])("understand: %s is %s", (written, kind) => {
  expect(understand(written).kind).toBe(kind);
});

test("understand: an address of this page is taken for what it shows", () => {
  expect(understand(`https://ledger.example/attestation/${FOOTPRINT_ID}?x=1`)).toEqual({
    kind: "word",
    word: FOOTPRINT_ID,
  });
  expect(understand(`https://ledger.example/account/${ACCOUNT}#top`)).toEqual({
    kind: "address",
    address: ACCOUNT,
  });
});

function mint(
  id: bigint,
  changes: Partial<Minted["retirement"]>,
  source: Partial<Minted["source"]> = {},
): Minted {
  return {
    ...RETIREMENT_REPORT,
    id,
    retirement: { ...RETIREMENT_REPORT.retirement, ...changes },
    source: { ...RETIREMENT_REPORT.source, ...source },
    transaction: FOOTPRINT_ID,
    block: id,
  };
}

const MINTS = [
  mint(
    1n,
    { project: "VCS-191", serials: "100-200", beneficiary: "Alice" },
    {
      kind: SOURCE_KIND.serialRange,
      first: 100n,
      last: 200n,
    },
  ),
  mint(
    2n,
    { project: "VCS-1911", serials: "ISO-7-X", beneficiary: "Bob GmbH" },
    { kind: SOURCE_KIND.adapter },
  ),
];

test.each([
  [
    "vcs-191",
    [
      [2n, "project"],
      [1n, "project"],
    ],
  ],
  ["150", [[1n, "serial"]]],
  ["201", []],
  ["ISO-7", [[2n, "serial"]]],
  ["gmbh", [[2n, "beneficiary"]]],
  ["nobody", []],
])("matches: %s finds the retirements, newest first", (written, found) => {
  expect(matches(MINTS, written).map(({ minted, by }) => [minted.id, by])).toEqual(found);
});
