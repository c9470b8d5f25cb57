import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { attestationId, type FootprintReport } from "../../chain/typedData";
import type { FlowEnvironment } from "../../flows/environment";
import { ledgerAbi } from "../../generated/ledgerAbi";
import { LedgerContext } from "../../ledgerContext";
import { changed } from "../../testing/changed";
import { ACCOUNT, CONFIG, FOOTPRINT_ID, SIGNATURES, STRANGER, vectors } from "../../testing/fixtures";
import { StrictChain } from "../../testing/strictChain";
import { type Batch, BatchFile } from "./BatchFile";
import { BatchRecord } from "./BatchRecord";
import { BatchResult } from "./BatchResult";

const SUMMARY = {
  rows: 60,
  accepted: 0,
  rejected: 60,
  duplicates: 0,
  complete: true,
  ids: [],
  rejections: Array.from({ length: 60 }, (_, index) => ({
    line: index + 2,
    entry: index + 1,
    field: "duration",
    reason: "is 'x'",
    expected: "seconds",
  })),
  more_rejections: 0,
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function upload(): HTMLButtonElement {
  return screen.getByRole<HTMLButtonElement>("button", { name: "Upload and check" });
}

function choose(name: string): void {
  changed(screen.getByLabelText("File"), { files: [new File(["x"], name)] });
}

test("BatchFile: CodeCarbon's file goes with what it does not say", async () => {
  const given: Batch[] = [];
  render(<BatchFile isCodeCarbon allowed onUpload={(batch) => given.push(batch)} />);
  choose("emissions.csv");
  changed(screen.getByLabelText("The runs were"), { value: "fine-tuning" });
  fireEvent.input(screen.getByLabelText(/machine’s clock/), { target: { value: "+02:00" } });
  await vi.waitFor(() => expect(upload().disabled).toBe(false));
  fireEvent.click(upload());
  expect(given).toMatchObject([
    { mediaType: "text/csv", options: { kind: "fine-tuning", utcOffsetS: 7200 } },
  ]);
});

test("BatchFile: nothing is sent with a wrong clock, an unknown ending, or without a session", async () => {
  const becomes = (disabled: boolean) => vi.waitFor(() => expect(upload().disabled).toBe(disabled));
  const { rerender } = render(<BatchFile isCodeCarbon allowed onUpload={() => undefined} />);
  choose("report.pdf");
  expect((await screen.findByRole("alert")).textContent).toContain(".csv");
  expect(upload().disabled).toBe(true);
  choose("emissions.csv");
  await becomes(false);
  fireEvent.input(screen.getByLabelText(/machine’s clock/), { target: { value: "Paris" } });
  await becomes(true);
  fireEvent.input(screen.getByLabelText(/machine’s clock/), { target: { value: "0" } });
  await becomes(false);
  rerender(<BatchFile isCodeCarbon allowed={false} onUpload={() => undefined} />);
  expect(upload().disabled).toBe(true);
});

test("BatchResult: the first findings are shown, all of them can be downloaded", async () => {
  const made: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    made.push(blob as Blob);
    return "blob:x";
  });
  render(<BatchResult name="jobs" summary={SUMMARY} />);
  expect(screen.getAllByRole("row")).toHaveLength(51);
  fireEvent.click(screen.getByRole("button", { name: "Download the rejected rows as CSV" }));
  expect((await made[0]?.text())?.trim().split("\r\n")).toHaveLength(61);
});

test("BatchRecord: what is co-signed is shown with its bounds before the wallet is asked, then recorded", async () => {
  const { footprint } = vectors.footprint.report;
  const answer = {
    id: FOOTPRINT_ID,
    report: { account: ACCOUNT, footprint: { ...footprint, count: 2 } },
    footprint_hash: FOOTPRINT_ID,
    signatures: SIGNATURES,
    valid_until: "99999999999",
  };
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    return new Response(JSON.stringify(init.method === "POST" ? answer : { items: [] }));
  });
  const idOf = ({ account, footprint: own }: FootprintReport) =>
    attestationId({ account, footprint: own }, CONFIG.chainId, CONFIG.ledger);
  const chain = new StrictChain(
    CONFIG,
    [
      {
        address: CONFIG.ledger,
        abi: ledgerAbi,
        call: (_name, args) => idOf(args[0] as FootprintReport),
        events: (_name, args) => {
          const report = args[0] as FootprintReport;
          const { account, footprint: own } = report;
          const named = { id: idOf(report), account, methodology: own.methodology, footprint: own };
          return [{ name: "FootprintRecorded", args: named }];
        },
      },
    ],
    ACCOUNT,
  );
  const environment = chain.environment();
  const around = ({ children }: { children: ReactNode }) => (
    <LedgerContext value={{ config: CONFIG, reader: environment.reader }}>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </LedgerContext>
  );
  const busy: boolean[] = [];
  const card = (wallet: FlowEnvironment | null) => (
    <BatchRecord environment={wallet} ids={["w0", "w1"]} onBusy={(is) => busy.push(is)} />
  );
  const { rerender } = render(card(environment), { wrapper: around as never });
  fireEvent.click(await screen.findByRole("button", { name: "Have the council co-sign them" }));
  const record = await screen.findByRole("button", { name: "Record on chain" });
  expect(screen.getByText(/2 workloads in one report/)).toBeTruthy();
  expect(chain.asked).toEqual([]);
  rerender(card(null));
  await vi.waitFor(() => expect(record.hasAttribute("disabled"), "no wallet can be asked").toBe(true));
  rerender(card(environment));
  await vi.waitFor(() => expect(record.hasAttribute("disabled"), "what was reached stays").toBe(false));
  rerender(card({ ...environment, account: STRANGER }));
  expect(screen.getByText(/sent by another account/), "no other account can record it").toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
  rerender(card(environment));
  fireEvent.click(await screen.findByRole("button", { name: "Have the council co-sign them" }));
  fireEvent.click(await screen.findByRole("button", { name: "Record on chain" }));
  expect(await screen.findByText("The attestation is on the chain.", {}, { timeout: 10_000 })).toBeTruthy();
  expect(chain.sent).toHaveLength(1);
  await vi.waitFor(() => expect(busy).toEqual([true, false, true, false, true, false]));
});
