import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { changed } from "../../testing/changed";
import { ACCOUNT, FOOTPRINT_ID, FOOTPRINT_REPORT } from "../../testing/fixtures";
import { BarTable } from "./BarTable";
import { CoverageOverTime } from "./CoverageOverTime";
import { ModelCardPanel } from "./ModelCardPanel";
import type { Bucket } from "./overTime";

const { footprint } = FOOTPRINT_REPORT;
const RECORD = {
  id: FOOTPRINT_ID,
  account: ACCOUNT,
  footprint,
  transaction: FOOTPRINT_ID,
  block: 7n,
};
const KILOGRAM = 10n ** 9n;

function bucket(key: string, kilograms: bigint, covered: bigint): Bucket {
  return {
    key,
    low_ug: kilograms * KILOGRAM,
    central_ug: 2n * kilograms * KILOGRAM,
    high_ug: 4n * kilograms * KILOGRAM,
    covered_ug: covered * KILOGRAM,
    count: 1,
  };
}

const BUCKETS = [bucket("2025-01", 10n, 40n), bucket("2025-02", 0n, 0n), bucket("2025-03", 3n, 50n)];

afterEach(cleanup);

test("CoverageOverTime: the figures of the picture stand in a table as well", () => {
  render(<CoverageOverTime series={{ unit: "month", buckets: BUCKETS }} />);
  expect(screen.getByRole("img", { name: "Column chart of 3 periods from Jan 25 to Mar 25" })).toBeTruthy();
  const row = within(screen.getByRole("row", { name: /Jan 25/, hidden: true }));
  expect(row.getByText("20 kg")).toBeTruthy();
  expect(row.getByText("100 %")).toBeTruthy();
});

test("CoverageOverTime: no column leaves the picture, also where more is covered than was emitted", () => {
  const { container } = render(<CoverageOverTime series={{ unit: "month", buckets: BUCKETS }} />);
  const picture = screen.getByRole("img");
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const columns = [...picture.querySelectorAll("rect")];
  expect(columns).toHaveLength(6);
  for (const column of columns) {
    const of = (name: string) => Number(column.getAttribute(name));
    expect(of("y")).toBeGreaterThanOrEqual(0);
    expect(of("y") + of("height")).toBeLessThanOrEqual(height ?? 0);
    expect(of("x") + of("width")).toBeLessThanOrEqual(width ?? 0);
  }
  expect(container.querySelector("[style]"), "a strict policy forbids styles in place").toBeNull();
});

test("CoverageOverTime: nothing recorded draws nothing", () => {
  const { container } = render(<CoverageOverTime series={{ unit: "month", buckets: [] }} />);
  expect(container.textContent).toBe("");
});

test("BarTable: a group has its sums, its bounds and its share", () => {
  const groups = [
    { label: "llama", low_ug: KILOGRAM, central_ug: 3n * KILOGRAM, high_ug: 9n * KILOGRAM },
    { label: "other", low_ug: 0n, central_ug: KILOGRAM, high_ug: KILOGRAM },
  ];
  render(<BarTable caption="By model" head="Model" groups={groups} />);
  const row = screen.getByRole("row", { name: /llama/ });
  expect(row.textContent).toContain("3 kg");
  expect(row.textContent).toContain("1 kg – 9 kg");
  expect(row.textContent).toContain("75 %");
});

test("ModelCardPanel: grams, the attestation as the source, and what the person adds", async () => {
  render(<ModelCardPanel current={[RECORD]} workloads={[]} />);
  const card = () => screen.getByRole("region", { name: "Front matter" }).textContent ?? "";
  expect(card()).toContain(`attestation ${FOOTPRINT_ID}`);
  expect(card()).not.toContain("geographical_location");
  fireEvent.input(screen.getByLabelText(/Geographical location/), { target: { value: "Paris, France" } });
  changed(screen.getByLabelText(/Training type/), { value: "fine-tuning" });
  await vi.waitFor(() => expect(card()).toContain("training_type"));
  expect(card()).toContain('  geographical_location: "Paris, France"\n');
  expect(card()).toContain('  training_type: "fine-tuning"\n');
});
