import { afterEach, expect, test, vi } from "vitest";
import { CONFIG } from "../testing/fixtures";
import { walletConfig } from "./wagmi";

afterEach(() => vi.restoreAllMocks());

test("walletConfig: a browser that forbids storage still has wallets", async () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("The request is denied", "SecurityError");
  });
  const { storage } = walletConfig(CONFIG);
  await storage?.setItem("recentConnectorId", "one");
  expect(await storage?.getItem("recentConnectorId")).toBe("one");
});
