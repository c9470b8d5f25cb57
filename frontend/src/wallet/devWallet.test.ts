import { encodeFunctionData, hexToString, recoverMessageAddress, stringToHex } from "viem";
import { afterEach, expect, test, vi } from "vitest";
import { creditsAbi } from "../generated/abi";
import { ACCOUNT, CERTIFICATE_ID, CONFIG, FOOTPRINT_HASH } from "../testing/fixtures";
import type { Confirmation } from "./confirmDialog";
import { announceDevWallet, devProvider } from "./devWallet";

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

function walletThat(approves: boolean) {
  const shown: Confirmation[] = [];
  const provider = devProvider(CONFIG, async (confirmation) => {
    shown.push(confirmation);
    return approves;
  });
  return { provider, shown };
}

test("devProvider: shows no account before the person allows it", async () => {
  const { provider } = walletThat(true);
  expect(await provider.request({ method: "eth_accounts" })).toEqual([]);
  expect(await provider.request({ method: "eth_requestAccounts" })).toEqual([ACCOUNT]);
  expect(await provider.request({ method: "eth_accounts" })).toEqual([ACCOUNT]);
});

test("devProvider: a person who says no is a 4001, and nothing is allowed", async () => {
  const { provider } = walletThat(false);
  await expect(provider.request({ method: "eth_requestAccounts" })).rejects.toMatchObject({ code: 4001 });
  expect(await provider.request({ method: "eth_accounts" })).toEqual([]);
});

test("devProvider: asks with the very message that it then signs", async () => {
  const { provider, shown } = walletThat(true);
  await provider.request({ method: "eth_requestAccounts" });
  const message = stringToHex("ledger.example wants you to sign in");
  const signature = await provider.request({ method: "personal_sign", params: [message, ACCOUNT] });
  expect(shown[1]?.facts[0]?.[1]).toBe(hexToString(message));
  expect(
    await recoverMessageAddress({ message: { raw: message }, signature: signature as `0x${string}` }),
  ).toBe(ACCOUNT);
});

test("devProvider: shows a call to a contract of ours by its function and arguments", async () => {
  const { provider, shown } = walletThat(true);
  await provider.request({ method: "eth_requestAccounts" });
  const data = encodeFunctionData({
    abi: creditsAbi,
    functionName: "allocate",
    args: [CERTIFICATE_ID, ACCOUNT, FOOTPRINT_HASH, 5n],
  });
  // No chain answers here, so sending fails; what counts is what was shown before.
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("fetch failed");
  });
  await provider
    .request({ method: "eth_sendTransaction", params: [{ to: CONFIG.credits, data }] })
    .catch(() => undefined);
  const values = shown[1]?.facts.map(([, value]) => value).join("\n") ?? "";
  expect(values).toContain("allocate");
  expect(values).toContain(FOOTPRINT_HASH);
});

test("devProvider: signs nothing for a page that was not allowed", async () => {
  const { provider } = walletThat(true);
  await expect(
    provider.request({ method: "personal_sign", params: ["0x00", ACCOUNT] }),
  ).rejects.toMatchObject({ code: 4100 });
});

test("devProvider: refuses what it does not know and another chain", async () => {
  const { provider } = walletThat(true);
  await expect(provider.request({ method: "eth_sign", params: [] })).rejects.toMatchObject({ code: 4200 });
  const switched = provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId: "0x1" }] });
  await expect(switched).rejects.toMatchObject({ code: 4902 });
});

test("announceDevWallet: answers whoever asks for wallets", () => {
  const names: string[] = [];
  const hear = (event: Event) => names.push((event as CustomEvent).detail.info.name);
  window.addEventListener("eip6963:announceProvider", hear);
  announceDevWallet(CONFIG);
  window.dispatchEvent(new Event("eip6963:requestProvider"));
  window.removeEventListener("eip6963:announceProvider", hear);
  expect(names).toEqual(["Development wallet", "Development wallet"]);
});
