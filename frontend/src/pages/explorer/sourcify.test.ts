import { afterEach, expect, test, vi } from "vitest";
import { InvalidShape } from "../../evidence/reader";
import { CONFIG } from "../../testing/fixtures";
import { askForSource, readVerifiedSource } from "./sourcify";

afterEach(() => vi.unstubAllGlobals());

const FOUND = {
  match: "exact_match",
  abi: [{ type: "function", name: "pause" }],
  compilation: { name: "Ledger", fullyQualifiedName: "contracts/Ledger.vy:Ledger", compilerVersion: "0.4.3" },
  sources: { "a/module.vy": { content: "# a module" }, "contracts/Ledger.vy": { content: "# it" } },
};

function gateway(status: number, body: string) {
  const asked = vi.fn(async (_path: string) => new Response(body, { status }));
  vi.stubGlobal("fetch", asked);
  return asked;
}

test("readVerifiedSource: the contract's own file comes first", () => {
  expect(readVerifiedSource(FOUND).sources.map(({ path }) => path)).toEqual([
    "contracts/Ledger.vy",
    "a/module.vy",
  ]);
});

test.each([
  ["no exact match", { match: "match" }],
  ["an ABI that is none", { abi: "no" }],
  ["an ABI without types", { abi: [{}] }],
  ["no compilation", { compilation: null }],
  ["sources without content", { sources: { a: {} } }],
])("readVerifiedSource: %s is refused", (_what, change) => {
  expect(() => readVerifiedSource({ ...FOUND, ...change })).toThrow(InvalidShape);
});

test("askForSource: the gateway of this page is asked, and nobody else", async () => {
  const asked = gateway(200, JSON.stringify(FOUND));
  expect(await askForSource(31337, CONFIG.ledger)).toMatchObject({ name: "Ledger", compiler: "0.4.3" });
  expect(asked.mock.calls[0]?.[0]).toBe(`/v2/contract/31337/${CONFIG.ledger}?fields=abi,sources,compilation`);
});

test("askForSource: not found is no answer to worry about, all else says nothing either way", async () => {
  gateway(404, JSON.stringify({ match: null }));
  expect(await askForSource(31337, CONFIG.ledger)).toBe("unverified");
  gateway(503, "");
  expect(await askForSource(31337, CONFIG.ledger)).toBe("unanswered");
  gateway(200, "<html>");
  expect(await askForSource(31337, CONFIG.ledger)).toBe("unanswered");
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("gone")));
  expect(await askForSource(31337, CONFIG.ledger)).toBe("unanswered");
});
