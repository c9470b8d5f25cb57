import { expect, test } from "vitest";
import { creditsAbi } from "../generated/abi";
import { ADAPTER, CarbonProtocol, DOMAIN, TOKEN } from "../testing/carbonTokens";
import { ACCOUNT, CONFIG } from "../testing/fixtures";
import { type FakeContract, StrictChain } from "../testing/strictChain";
import { readableSymbol } from "./tokenSymbol";
import { readHeldTokens } from "./tokens";

const OTHER = { name: "RequestAdapter", address: "0x00000000000000000000000000000000000000b1" } as const;

function credits(isAdapter = true): FakeContract {
  return {
    address: CONFIG.credits,
    abi: creditsAbi,
    call: (name) => {
      if (name !== "is_adapter") throw new Error(`the contract was asked for ${name}`);
      return isAdapter;
    },
  };
}

function read(protocol: CarbonProtocol, certificates = credits()) {
  const config = { ...CONFIG, adapters: [OTHER, ADAPTER] };
  const chain = new StrictChain(config, [...protocol.contracts, certificates], ACCOUNT);
  return readHeldTokens(chain.environment().reader, config, ACCOUNT);
}

test("readHeldTokens: a token listed twice is there once, as the adapter lists it now", async () => {
  const tokens = await read(new CarbonProtocol());
  expect(tokens).toHaveLength(1);
  expect(tokens[0]).toMatchObject({ token: TOKEN, adapter: ADAPTER, heldUg: 5_000_000n });
  expect(tokens[0]?.listing.vintage).toBe(2021);
});

test("readHeldTokens: the domain of permits is the one whose hash the token states", async () => {
  expect((await read(new CarbonProtocol()))[0]?.permit).toEqual(DOMAIN);
});

test("readHeldTokens: a token without permits has none, and is there all the same", async () => {
  const protocol = new CarbonProtocol();
  protocol.permits = false;
  expect((await read(protocol))[0]?.permit).toBeNull();
});

test("readHeldTokens: a token that is switched off is left out", async () => {
  const protocol = new CarbonProtocol();
  protocol.listing = { ...protocol.listing, enabled: false };
  expect(await read(protocol)).toEqual([]);
});

test("readHeldTokens: an adapter whose certificates the ledger does not take is left out", async () => {
  expect(await read(new CarbonProtocol(), credits(false))).toEqual([]);
});

test("readHeldTokens: what is held is rounded down to a microgram", async () => {
  const protocol = new CarbonProtocol();
  protocol.balance = 1_999_999n;
  expect((await read(protocol))[0]?.heldUg).toBe(1n);
});

test("readHeldTokens: a chain that is down is an error and not an empty list", async () => {
  const config = { ...CONFIG, adapters: [ADAPTER] };
  const chain = new StrictChain(config, [...new CarbonProtocol().contracts, credits()], ACCOUNT);
  chain.down = true;
  await expect(readHeldTokens(chain.environment().reader, config, ACCOUNT)).rejects.toThrow();
});

test.each([
  ["a direction override", "BCT\u202e\u2066x", "BCTx"],
  ["stacked accents", `B${"\u0301".repeat(40)}CT`, "BCT"],
  ["a long text", "A".repeat(5_000), `${"A".repeat(24)}…`],
  ["nothing that is seen", "\u200b\u0000", "0x0000…00C1"],
  ["nothing", undefined, "0x0000…00C1"],
])("readableSymbol: %s is made safe to show", (_what, symbol, expected) => {
  expect(readableSymbol(symbol, TOKEN)).toBe(expected);
});
