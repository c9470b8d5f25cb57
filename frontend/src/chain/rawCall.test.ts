import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { CONFIG } from "../testing/fixtures";
import { callText, curlOf, type RawCall } from "./rawCall";

const CALL: RawCall = {
  contract: "FootprintLedger",
  name: "attestation",
  args: "0x12",
  to: CONFIG.ledger,
  data: "0x1234",
  block: 255n,
};

/** What a shell makes of a command: its words, without running it. */
function words(command: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }; ${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
}

test("curlOf: a shell reads the same call out of it, whatever is in the address", () => {
  const url = "https://rpc.example/it's?a=$(id)&b=`id`";
  const found = words(curlOf(url, CALL));
  expect(found.at(-1)).toBe(url);
  expect(JSON.parse(found.at(-2) ?? "")).toEqual({
    jsonrpc: "2.0",
    id: 1,
    method: "eth_call",
    params: [{ to: CONFIG.ledger, data: "0x1234" }, "0xff"],
  });
});

test("callText: contract, function and arguments as people write them", () => {
  expect(callText(CALL)).toBe("FootprintLedger.attestation(0x12)");
});
