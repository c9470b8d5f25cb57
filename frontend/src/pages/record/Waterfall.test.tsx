import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Explanation, Step } from "../../api/types";
import { barsOf, Waterfall } from "./Waterfall";

afterEach(cleanup);

function step(name: Step["name"], unit: Step["unit"], low: string, central: string, high: string): Step {
  return { name, unit, low, central, high };
}

const STEPS = [
  step("machines", "uWh", "400000000000", "433000000000", "485000000000"),
  step("facility", "uWh", "448000000000", "520000000000", "617000000000"),
  step("operational", "ug", "24000000000", "30000000000", "39000000000"),
  step("embodied", "ug", "9000000000", "23000000000", "53000000000"),
  step("total", "ug", "33000000000", "53000000000", "92000000000"),
];
const EXPLANATION: Explanation = { steps: STEPS, shares: [], narrowing: [] };

test("barsOf: embodied carbon stands on the end of operational carbon, the total on the ground", () => {
  const starts = barsOf(STEPS, "ug").map(({ step: { name }, from }) => [name, from]);

  expect(starts).toEqual([
    ["operational", 0n],
    ["embodied", 30_000_000_000n],
    ["total", 0n],
  ]);
});

test("Waterfall: every stage is a row with its value and its bounds", () => {
  render(<Waterfall explanation={EXPLANATION} />);

  const rows = screen.getAllByRole("row").slice(1);
  expect(rows).toHaveLength(5);
  const total = within(rows[4] as HTMLElement);
  expect(total.getByText(/53 kg/)).toBeTruthy();
  expect(total.getByText("33 kg – 92 kg")).toBeTruthy();
});

test("Waterfall: bars never leave their picture", () => {
  const { container } = render(<Waterfall explanation={EXPLANATION} />);

  for (const bar of container.querySelectorAll("rect")) {
    const end = Number(bar.getAttribute("x")) + Number(bar.getAttribute("width"));
    expect(end).toBeLessThanOrEqual(1000);
  }
  expect(container.querySelectorAll("rect")).toHaveLength(10);
});

test("Waterfall: nothing used gives bars of no length and no division by zero", () => {
  const none = STEPS.map((entry) => ({ ...entry, low: "0", central: "0", high: "0" }));

  render(<Waterfall explanation={{ ...EXPLANATION, steps: none }} />);

  expect(screen.getAllByText("0 g").length).toBeGreaterThan(0);
});
