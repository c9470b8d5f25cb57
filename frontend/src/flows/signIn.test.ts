import { createClient, custom, type Hex, hexToString } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { parseSiweMessage } from "viem/siwe";
import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import { readerOf } from "../chain/client";
import { ACCOUNT, answerWith, CONFIG, STRANGER } from "../testing/fixtures";
import type { FlowEnvironment } from "./environment";
import { explain } from "./failure";
import { signIn, signInMessage } from "./signIn";

const KEY: Hex = `0x${"42".repeat(32)}`;
const signer = privateKeyToAccount(KEY);
const ORIGIN = { host: "ledger.example:8080", origin: "https://ledger.example:8080" };
const NONCE = "abcdefgh12345678";

function environment(): FlowEnvironment & { signed: string[] } {
  const signed: string[] = [];
  const request = async ({ method, params }: { method: string; params: readonly Hex[] }) => {
    if (method !== "personal_sign") throw new Error(`the wallet was asked for ${method}`);
    const [message, account] = params;
    if (account?.toLowerCase() !== signer.address.toLowerCase()) throw new Error("asked for another account");
    signed.push(hexToString(message ?? "0x"));
    return signer.signMessage({ message: { raw: message ?? "0x" } });
  };
  const wallet = async () =>
    createClient({ account: signer.address, transport: custom({ request } as never) });
  return { config: CONFIG, reader: readerOf(CONFIG), account: signer.address, wallet, signed };
}

afterEach(() => vi.unstubAllGlobals());

test("signInMessage: names domain, uri, chain, account, nonce and time, and says that it costs nothing", () => {
  const env = { ...environment(), account: ACCOUNT };
  const message = parseSiweMessage(signInMessage(env, NONCE, ORIGIN, new Date("2026-01-02T03:04:05Z")));
  expect(message).toMatchObject({
    domain: ORIGIN.host,
    uri: ORIGIN.origin,
    chainId: CONFIG.chainId,
    address: ACCOUNT,
    nonce: NONCE,
    version: "1",
    issuedAt: new Date("2026-01-02T03:04:05Z"),
  });
  expect(message.statement).toContain("costs no gas");
});

test("signIn: the signed message goes to the gateway with a signature of the account", async () => {
  const env = environment();
  const session = { account: signer.address, expires_at: 1 };
  const bodies: { message: string; signature: Hex }[] = [];
  const answers = answerWith({
    "GET /v1/auth/nonce": { json: { nonce: NONCE } },
    "POST /v1/auth/sign-in": { json: session },
  });
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.body) bodies.push(JSON.parse(String(init.body)));
    return answers(path, init);
  });
  expect(await signIn(env, ORIGIN)).toEqual(session);
  expect(bodies[0]?.message).toBe(env.signed[0]);
  expect(bodies[0]?.signature).toBe(await signer.signMessage({ message: env.signed[0] ?? "" }));
});

test("signIn: a session of another account is refused", async () => {
  vi.stubGlobal(
    "fetch",
    answerWith({
      "GET /v1/auth/nonce": { json: { nonce: NONCE } },
      "POST /v1/auth/sign-in": { json: { account: STRANGER, expires_at: 1 } },
    }),
  );
  const error = await signIn(environment(), ORIGIN).catch((reason: unknown) => reason);
  expect(explain(error).kind).toBe("mismatch");
});

test("signIn: the gateway's refusal is told in its own words", async () => {
  const problem = { title: "Sign-in refused", detail: "The nonce was used before.", code: "nonce_used" };
  vi.stubGlobal(
    "fetch",
    answerWith({
      "GET /v1/auth/nonce": { json: { nonce: NONCE } },
      "POST /v1/auth/sign-in": { status: 401, json: problem },
    }),
  );
  const error = await signIn(environment(), ORIGIN).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect(explain(error)).toMatchObject({ kind: "problem", message: "The nonce was used before." });
});
