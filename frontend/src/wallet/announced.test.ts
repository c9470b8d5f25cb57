import { expect, test } from "vitest";
import { hintOf, iconOf, nameOf } from "./announced";

const WALLET = { id: "io.example", name: "Example Wallet" };

test.each([
  "data:image/svg+xml,%3Csvg%3E%3C/svg%3E",
  "data:image/png;base64,iVBORw0KGgo=",
  " data:image/webp;base64,AAAA ",
])("iconOf: %s is shown", (icon) => {
  expect(iconOf({ ...WALLET, icon })).toBe(icon.trim());
});

test.each([
  "https://tracker.example/icon.png",
  "//tracker.example/icon.png",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xmlfoo,x",
  "javascript:alert(1)",
  `data:image/png;base64,${"A".repeat(131_072)}`,
  "",
  undefined,
])("iconOf: %.40s is not shown", (icon) => {
  expect(iconOf({ ...WALLET, icon })).toBeNull();
});

test("nameOf: what cannot be seen or turns the direction of writing is left out", () => {
  expect(nameOf({ ...WALLET, name: "\u202eMeta\u200bMask\n\n  Wallet\u0000" })).toBe("MetaMask Wallet");
});

test("nameOf: a long name is cut, and an empty one is replaced by the domain", () => {
  expect(nameOf({ ...WALLET, name: "x".repeat(500) })).toHaveLength(40);
  expect(nameOf({ ...WALLET, name: " \u200b " })).toBe("io.example");
});

test("hintOf: wallets that look alike are told apart by their domain, others are not", () => {
  const other = { id: "evil.example", name: "Example\u200b Wallet" };
  expect(hintOf(WALLET, [WALLET, other])).toBe("io.example");
  expect(hintOf(other, [WALLET, other])).toBe("evil.example");
  expect(hintOf(WALLET, [WALLET])).toBeNull();
});
