import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/preact";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readerOf } from "../chain/client";
import { PageHead } from "../components/PageHead";
import { Shell } from "../components/Shell";
import { LedgerContext } from "../ledgerContext";
import Home from "../pages/Home";
import { enExplore } from "../strings/enExplore";
import { text } from "../strings/text";
import { ACCOUNT, CONFIG } from "../testing/fixtures";
import { firstSights } from "./markup";
import { headAt, showFirst } from "./show";

const ID = `0x${"ab12".repeat(16)}`;

beforeEach(() => {
  document.body.innerHTML = firstSights();
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

function shown(page: ReactNode, path = "/"): Element {
  window.history.replaceState(null, "", path);
  return render(
    <LedgerContext value={{ config: CONFIG, reader: readerOf(CONFIG) }}>
      <QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>
    </LedgerContext>,
  ).container;
}

function firstSight(pathname: string, search = ""): HTMLElement {
  const root = document.createElement("div");
  showFirst(root, { pathname, search });
  return root;
}

function html(root: ParentNode, selector: string): string | undefined {
  return root.querySelector(selector)?.outerHTML.replaceAll(' data-id=""', "");
}

test.each(["/record", "/explore", "/"])("first sight of %s: has the frame that the page then has", (path) => {
  const isPublic = path === "/explore";
  const page = shown(
    <Shell aside={isPublic ? undefined : <span className="wallet-place" />}>nothing</Shell>,
    path,
  );
  const first = firstSight(path);
  for (const part of [".skip", ".header"])
    expect(first.querySelector(part)?.isEqualNode(page.querySelector(part)), html(first, part)).toBe(true);
  expect(first.querySelector("main")?.textContent).toContain(text.loading);
  expect(document.documentElement.lang).toBe("en");
});

test.each([
  ["/record", text.record],
  ["/retire", text.retire],
  ["/retire/tokens", text.tokens],
  ["/ledger", text.myLedger],
  ["/explore", enExplore.explore],
])("first sight of %s: has the head that the page then has", (path, words) => {
  const page = shown(<PageHead {...words} />);
  const first = firstSight(path);
  const head = first.querySelector(".page-head");
  expect(head?.isEqualNode(page.querySelector(".page-head")), html(first, "main")).toBe(true);
  expect(first.querySelectorAll("h1")).toHaveLength(1);
});

test("first sight of the start: has what the page then begins with", () => {
  const page = shown(<Home />);
  const hero = firstSight("/").querySelector(".hero");
  expect(hero?.isEqualNode(page.querySelector(".hero")), hero?.outerHTML).toBe(true);
});

test.each([
  [`/attestation/${ID}`, "", "Attestation 0xab12…ab12"],
  [`/account/${ACCOUNT}`, "", "Account 0xf39F…2266"],
  ["/block/12", "", "Block 12"],
  ["/ledger", `?account=${ACCOUNT}`, "Ledger of 0xf39F…2266"],
  ["/ledger", "?account=<b>", text.myLedger.headline],
  ["/attestation/<img src=x onerror=alert(1)>", "", "Attestation"],
])("first sight of %s%s: names what it is about, and nothing that is no id", (pathname, search, headline) => {
  expect(headAt({ pathname, search })?.querySelector("h1")?.textContent.trim()).toBe(headline);
});

test.each(["/nowhere", "/tokens", "/toString", '/"]', "/account", "/record/more"])(
  "first sight of %s: an address of no page has the frame and no head",
  (path) => {
    const first = firstSight(path);
    expect(first.querySelector(".header")).not.toBeNull();
    expect(first.querySelector("h1, [data-path]")).toBeNull();
  },
);

test("first sight: where the build wrote none, nothing is shown", () => {
  document.body.innerHTML = "";
  expect(firstSight("/record").childNodes).toHaveLength(0);
  expect(headAt({ pathname: "/record", search: "" })).toBeNull();
});
