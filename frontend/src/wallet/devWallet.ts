import { type Hex, hexToBigInt, hexToString, isHex, toHex } from "viem";
import { readerOf } from "../chain/client";
import type { AppConfig } from "../config";
import { storage } from "../storage";
import { text } from "../strings/text";
import { type Confirmation, confirmInDialog } from "./confirmDialog";
import {
  ProviderError,
  type ProviderRequest,
  REFUSED,
  UNAUTHORIZED,
  UNKNOWN_CHAIN,
  UNSUPPORTED,
} from "./eip1193";

const ALLOWED_KEY = "greenledger.dev-wallet.allowed";
/** Calls that only read; everything else that the wallet does not know itself is refused. */
const READ_METHODS = /^eth_(blockNumber|call|estimateGas|feeHistory|gasPrice|get\w+|maxPriorityFeePerGas)$/;

type Ask = (confirmation: Confirmation) => Promise<boolean>;

// Neither is needed before somebody signs.
const loadSigner = () => import("./devSigner");
const loadWords = () => import("./devWalletWords");

async function mustApprove(ask: Ask, confirmation: Confirmation): Promise<void> {
  if (!(await ask(confirmation))) throw new ProviderError(REFUSED, "The request was refused.");
}

async function sendTransaction(config: AppConfig, ask: Ask, params: readonly unknown[]): Promise<Hex> {
  const request = (params[0] ?? {}) as { to?: Hex; data?: Hex; value?: Hex };
  const value = request.value ? hexToBigInt(request.value) : 0n;
  const { describeCall } = await loadWords();
  const facts = describeCall(config, request.to ?? "", request.data ?? "0x");
  await mustApprove(ask, { title: text.devWallet.sendTitle, meaning: text.devWallet.sendMeaning, facts });
  const signer = await loadSigner();
  return signer.sendTransaction(config, {
    ...(request.to ? { to: request.to } : {}),
    ...(request.data ? { data: request.data } : {}),
    value,
  });
}

async function signMessage(ask: Ask, params: readonly unknown[]): Promise<Hex> {
  const message = params[0];
  if (!isHex(message)) throw new ProviderError(-32602, "personal_sign takes the message in hex.");
  await mustApprove(ask, {
    title: text.devWallet.signTitle,
    meaning: text.devWallet.signMeaning,
    facts: [[text.devWallet.message, hexToString(message)]],
  });
  return (await loadSigner()).signText(message);
}

async function signTyped(ask: Ask, params: readonly unknown[]): Promise<Hex> {
  const definition = JSON.parse(String(params[1]));
  const { shown } = await loadWords();
  await mustApprove(ask, {
    title: text.devWallet.signTitle,
    meaning: text.devWallet.signMeaning,
    facts: [[text.devWallet.message, shown(definition.message)]],
  });
  return (await loadSigner()).signTypedData(definition);
}

/** An EIP-1193 provider with the local chain's first account, which asks before it shows or signs anything. */
export function devProvider(config: AppConfig, ask: Ask = confirmInDialog) {
  const reader = readerOf(config);
  const isAllowed = () => storage.getItem(ALLOWED_KEY) === "yes";

  async function accounts(): Promise<readonly string[]> {
    return isAllowed() ? [(await loadSigner()).devAddress] : [];
  }

  async function requestAccounts(): Promise<readonly string[]> {
    if (!isAllowed()) {
      const { devAddress } = await loadSigner();
      await mustApprove(ask, {
        title: text.devWallet.connectTitle,
        meaning: text.devWallet.connectMeaning,
        facts: [[text.devWallet.account, devAddress]],
      });
      storage.setItem(ALLOWED_KEY, "yes");
    }
    return accounts();
  }

  async function request({ method, params }: ProviderRequest): Promise<unknown> {
    const list = Array.isArray(params) ? params : [];
    if (method === "eth_chainId") return toHex(config.chainId);
    if (method === "eth_accounts") return accounts();
    if (method === "eth_requestAccounts") return requestAccounts();
    if (method === "wallet_revokePermissions") return storage.removeItem(ALLOWED_KEY) ?? null;
    if (method === "wallet_switchEthereumChain") {
      if (Number((list[0] as { chainId?: string })?.chainId) === config.chainId) return null;
      throw new ProviderError(UNKNOWN_CHAIN, "This wallet knows the local chain only.");
    }
    if (READ_METHODS.test(method)) return reader.request({ method, params: list } as never);
    if (!/^(eth_sendTransaction|personal_sign|eth_signTypedData_v4)$/.test(method)) {
      throw new ProviderError(UNSUPPORTED, `This wallet has no ${method}.`);
    }
    if (!isAllowed()) throw new ProviderError(UNAUTHORIZED, "Connect the wallet first.");
    if (method === "eth_sendTransaction") return sendTransaction(config, ask, list);
    return method === "personal_sign" ? signMessage(ask, list) : signTyped(ask, list);
  }

  // One account on one chain: nothing that a listener could ever hear about.
  return { request, on: () => undefined, removeListener: () => undefined };
}

const ICON =
  "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAzMiAzMiI+PHJlY3Qgd2lkdGg9IjMyIiBoZWlnaHQ9IjMyIiByeD0iOCIgZmlsbD0iI2YwYzc1ZSIvPjxwYXRoIGQ9Ik03IDEyaDE4djExSDd6IiBmaWxsPSIjMGU0ZjNjIi8+PHBhdGggZD0iTTcgOWgxNHYySDd6IiBmaWxsPSIjMGU0ZjNjIi8+PGNpcmNsZSBjeD0iMjEiIGN5PSIxNy41IiByPSIyIiBmaWxsPSIjZjBjNzVlIi8+PC9zdmc+";

/** Announces the development wallet as EIP-6963 asks. Call it only where `config.devWallet` is true. */
export function announceDevWallet(config: AppConfig): void {
  const info = {
    uuid: crypto.randomUUID(),
    name: text.devWallet.name,
    icon: ICON,
    rdns: "local.greenledger.dev",
  };
  const detail = Object.freeze({ info: Object.freeze(info), provider: devProvider(config) });
  const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}
