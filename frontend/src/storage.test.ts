import { afterEach, expect, test, vi } from "vitest";
import { storage } from "./storage";

const KEY = "greenledger.test";

function refuse(): never {
  throw new DOMException("The request is denied", "SecurityError");
}

afterEach(() => {
  vi.unstubAllGlobals();
  storage.removeItem(KEY);
});

test("storage: what is kept is kept by the browser", () => {
  storage.setItem(KEY, "1");
  expect(localStorage.getItem(KEY)).toBe("1");
  expect(storage.getItem(KEY)).toBe("1");
  storage.removeItem(KEY);
  expect(storage.getItem(KEY)).toBeNull();
});

test("storage: where it is forbidden, the visit remembers", () => {
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  expect(storage.getItem(KEY)).toBeNull();
  storage.setItem(KEY, "1");
  expect(storage.getItem(KEY)).toBe("1");
  storage.removeItem(KEY);
  expect(storage.getItem(KEY)).toBeNull();
});

test("storage: where it is full, the visit remembers what was kept last", () => {
  vi.stubGlobal("localStorage", { getItem: () => "old", setItem: refuse, removeItem: () => undefined });
  storage.setItem(KEY, "new");
  expect(storage.getItem(KEY)).toBe("new");
});
