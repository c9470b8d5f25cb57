import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { Pager, shownRows } from "./Pager";

afterEach(cleanup);

const rows = Array.from({ length: 10_000 }, (_, index) => index);

test.each([
  [0, 0, 49],
  [199, 9950, 9999],
  [500, 9950, 9999],
])("shownRows: page %i shows rows %i to %i", (page, first, last) => {
  const shown = shownRows(rows, page, 50);
  expect([shown[0], shown.at(-1)]).toEqual([first, last]);
});

test("shownRows: of no rows none are shown", () => {
  expect(shownRows([], 3, 50)).toEqual([]);
});

test("Pager: it says what is shown, and leads on but not past the end", () => {
  const onPage = vi.fn();
  render(<Pager label="Rows" rows={120} size={50} page={2} onPage={onPage} />);
  expect(screen.getByText("101 to 120 of 120")).toBeTruthy();
  expect((screen.getByRole("button", { name: "Next" }) as HTMLButtonElement).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Previous" }));
  expect(onPage).toHaveBeenCalledExactlyOnceWith(1);
});

test("Pager: a list that fits needs none", () => {
  const { container } = render(<Pager label="Rows" rows={50} size={50} page={0} onPage={() => undefined} />);
  expect(container.textContent).toBe("");
});
