import { afterEach, expect, test, vi } from "vitest";
import { getAllReports, getWorkloads } from "./statedWork";

/** A list of so many items as the gateway gives it out, newest first, page by page. */
function listOf(count: number): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const query = new URL(path, "http://ledger.test").searchParams;
    const before = query.get("before");
    const from = before === null ? 0 : Number(before.slice(1)) + 1;
    const items = Array.from({ length: count }, (_, index) => ({ id: `w${index}` }));
    return new Response(JSON.stringify({ items: items.slice(from, from + Number(query.get("limit"))) }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("getAllReports: goes on from the last id until a page is not full", async () => {
  const asked = listOf(450);
  expect(await getAllReports()).toHaveLength(450);
  expect(asked).toEqual([
    "/v1/reports?limit=200",
    "/v1/reports?limit=200&before=w199",
    "/v1/reports?limit=200&before=w399",
  ]);
});

test("getWorkloads: stops as soon as all that is wanted was found", async () => {
  const asked = listOf(5_000);
  expect(await getWorkloads(new Set(["w3", "w700"]))).toHaveLength(1_000);
  expect(asked).toHaveLength(2);
});

test("getWorkloads: what is nowhere ends with the list", async () => {
  listOf(600);
  expect(await getWorkloads(new Set(["gone"]))).toHaveLength(600);
});

test("getAllReports: a list that does not move on ends", async () => {
  const items = Array.from({ length: 200 }, (_, index) => ({ id: `w${index}` }));
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ items })));
  expect(await getAllReports()).toHaveLength(400);
});
