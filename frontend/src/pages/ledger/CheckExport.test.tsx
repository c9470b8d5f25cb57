import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { forgetVisit } from "../../chain/eventStore";
import { LedgerContext } from "../../ledgerContext";
import { accountChain, TOTALS } from "../../testing/accountChain";
import { changed } from "../../testing/changed";
import { ACCOUNT, CONFIG, STRANGER } from "../../testing/fixtures";
import { type AccountExport, exportJson, readAccountExport } from "./accountExport";
import { CheckExport } from "./CheckExport";
import { attestationsCsv, certificatesCsv } from "./exportCsv";

afterEach(() => {
  cleanup();
  forgetVisit();
});

const SAID: [string, (honest: AccountExport) => string, RegExp][] = [
  ["an honest export", exportJson, /at block 50: totals, attestations \(1\), certificates \(1\)/],
  ["an honest list", attestationsCsv, /so not checked: totals, certificates/],
  [
    "a list with another figure",
    (honest) => certificatesCsv(honest).replace(",2021,", ",2022,"),
    /certificates 0x0.*: vintage/,
  ],
  [
    "a changed count",
    (honest) => exportJson({ ...honest, totals: { ...TOTALS, count: 777 } }),
    /totals: count/,
  ],
  ["another account", (honest) => exportJson({ ...honest, account: STRANGER }), /of the account 0x/],
  ["another JSON", () => '{"a": 1}', /format must be/],
  ["another CSV", () => "id,amount", /neither the JSON nor a CSV/],
];

test.each(SAID)("CheckExport: %s is told as that", async (_name, written, said) => {
  const reader = accountChain().client();
  const content = written((await readAccountExport(reader, CONFIG, ACCOUNT)).exported);
  render(
    <LedgerContext value={{ config: CONFIG, reader }}>
      <CheckExport account={ACCOUNT} records={[]} />
    </LedgerContext>,
  );
  changed(screen.getByLabelText("Exported file, JSON or CSV"), { files: [new File([content], "ledger")] });
  expect(await screen.findByText(said)).toBeTruthy();
});
