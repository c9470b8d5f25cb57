import { afterEach, expect, test, vi } from "vitest";
import { newEventId } from "./eventId";

afterEach(() => void vi.unstubAllGlobals());

test("newEventId: another one each time, also where the page came over plain http", () => {
  const random = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal("crypto", { getRandomValues: random });
  const ids = Array.from({ length: 100 }, newEventId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});
