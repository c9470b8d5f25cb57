import { expect, test } from "vitest";
import { explorerLink } from "./explorerLinks";

test("explorerLink: a configured explorer gets EIP-3091 paths below its base", () => {
  const config = { explorerUrl: "https://explorer.example/base" };
  expect(explorerLink(config, "tx", "0xab")).toEqual({
    href: "https://explorer.example/base/tx/0xab",
    foreign: true,
  });
  expect(explorerLink(config, "block", "7").href).toBe("https://explorer.example/base/block/7");
});

test("explorerLink: without an explorer the same paths lead to our own", () => {
  expect(explorerLink({ explorerUrl: null }, "address", "0xab")).toEqual({
    href: "/address/0xab",
    foreign: false,
  });
});
