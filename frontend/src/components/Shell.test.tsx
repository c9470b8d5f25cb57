import { act, cleanup, render, screen } from "@testing-library/preact";
import { createClient, custom } from "viem";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { navigate } from "wouter/use-browser-location";
import { LedgerContext } from "../ledgerContext";
import { CONFIG } from "../testing/fixtures";
import { Shell } from "./Shell";

const reader = createClient({ transport: custom({ request: () => new Promise(() => undefined) }) });
const scrolled = vi.fn();

function shell(name: string) {
  return (
    <LedgerContext value={{ config: CONFIG, reader }}>
      <Shell key={name}>
        <a href="/explore">All records</a>
      </Shell>
    </LedgerContext>
  );
}

function isAtContent(): boolean {
  return document.activeElement === screen.getByRole("main");
}

beforeEach(() => {
  window.history.replaceState(null, "", "/explore");
  window.dispatchEvent(new PopStateEvent("popstate"));
  scrolled.mockClear();
  vi.spyOn(window, "scrollTo").mockImplementation(scrolled);
});

afterEach(cleanup);

test("Shell: the page that is opened first is left as it is", () => {
  render(shell("one"));
  expect(scrolled).not.toHaveBeenCalled();
  expect(isAtContent()).toBe(false);
});

test("Shell: another page starts at its top, with the focus on its content", async () => {
  render(shell("one"));
  screen.getByText("All records").focus();
  await act(() => navigate("/verify"));
  expect(scrolled).toHaveBeenCalledWith(0, 0);
  expect(isAtContent()).toBe(true);
});

test("Shell: the focus is on the content also where the page's own frame comes later", async () => {
  const { rerender } = render(shell("one"));
  await act(() => navigate("/record"));
  rerender(shell("another"));
  await vi.waitFor(() => expect(isAtContent()).toBe(true));
});

test("Shell: another question of the same page moves nothing", async () => {
  render(shell("one"));
  screen.getByText("All records").focus();
  await act(() => navigate("/explore?q=1"));
  expect(scrolled).not.toHaveBeenCalled();
  expect(isAtContent()).toBe(false);
});

test("Shell: the way back is the browser's", async () => {
  render(shell("one"));
  await act(() => navigate("/verify"));
  scrolled.mockClear();
  screen.getByText("All records").focus();
  await act(() => {
    window.history.replaceState(null, "", "/explore");
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  expect(scrolled).not.toHaveBeenCalled();
  expect(isAtContent()).toBe(false);
});
