import { signMessage } from "viem/actions";
import { createSiweMessage } from "viem/siwe";
import { getNonce, postSignIn } from "../api/gateway";
import type { Session } from "../api/types";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";

/** The part of the page's address that a sign-in message names. */
export interface Origin {
  host: string;
  origin: string;
}

/** Builds the EIP-4361 text that the wallet shows and the gateway checks. */
export function signInMessage(env: FlowEnvironment, nonce: string, origin: Origin, issuedAt: Date): string {
  return createSiweMessage({
    address: env.account,
    chainId: env.config.chainId,
    domain: origin.host,
    uri: origin.origin,
    version: "1",
    nonce,
    issuedAt,
    statement: text.signIn.statement,
  });
}

/** Fetches a nonce, has the wallet sign the message and opens a session. Costs no gas. */
export async function signIn(env: FlowEnvironment, origin: Origin = window.location): Promise<Session> {
  const { nonce } = await getNonce();
  const message = signInMessage(env, nonce, origin, new Date());
  const wallet = await env.wallet();
  const signature = await signMessage(wallet, { account: wallet.account, message });
  const session = await postSignIn(message, signature);
  if (session.account.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.accountChanged);
  }
  return session;
}
