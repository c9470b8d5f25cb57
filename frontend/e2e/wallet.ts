import type { BrowserContext, Page } from "playwright-core";
import { type Hex, type TypedDataDefinition, toHex } from "viem";
import { keyAccount, rawReceipt, type WalletAccount, type WalletCall } from "./walletAccount";

/** One EIP-1193 request that the page made. */
export interface Asked {
  method: string;
  params: readonly unknown[];
}

export interface WalletOptions {
  name: string;
  /** A key, or an account that is something else. */
  key: Hex | WalletAccount;
  rpcUrl: string;
  chainId: number;
  /** The icon that it announces; a small square if none is named. */
  icon?: string;
  /** Whether it announces itself only when `announce` is called; some wallets are late. */
  late?: boolean;
}

/** An answer over the bridge: either a result or the number and text of an error. */
type Answer = { result: unknown } | { error: { code: number; message: string } };

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8'/%3E%3C/svg%3E";
const ASKS_THE_PERSON =
  /^(eth_requestAccounts|personal_sign|eth_signTypedData_v4|eth_sendTransaction|wallet_sendCalls|wallet_switchEthereumChain|wallet_addEthereumChain)$/;

class WalletError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A wallet for tests: a real key and a real chain on the Node side, an EIP-6963 provider in the page.
 * Only the click on "approve" is simulated, by `refuse`.
 */
export class TestWallet {
  readonly asked: Asked[] = [];
  /** Methods that the person says no to. */
  readonly refuse = new Set<string>();
  /** Signs messages in the account's place, as a wallet that lies. */
  signInstead: ((message: Hex) => Promise<Hex>) | undefined = undefined;
  chainId: number;
  /** Chains that the wallet can switch to; others are answered by 4902. */
  readonly knownChains: Set<number>;
  private account: WalletAccount;
  private connected = false;
  private pages: Page[] = [];
  private readonly batches = new Map<string, Hex>();

  constructor(private readonly options: WalletOptions) {
    this.account = this.accountOf(options.key);
    this.chainId = options.chainId;
    this.knownChains = new Set([options.chainId]);
  }

  get address(): Hex {
    return this.account.address;
  }

  private accountOf(key: Hex | WalletAccount): WalletAccount {
    return typeof key === "string" ? keyAccount(key, this.options.rpcUrl) : key;
  }

  /** How often the wallet was asked for a method. */
  count(method: string): number {
    return this.asked.filter((asked) => asked.method === method).length;
  }

  async install(context: BrowserContext): Promise<void> {
    const binding = `wallet_${this.options.name.replace(/\W/g, "_")}`;
    await context.exposeBinding(binding, ({ page }, request: Asked) => this.answer(page, request));
    await context.addInitScript(announce, {
      binding,
      name: this.options.name,
      icon: this.options.icon ?? ICON,
      late: this.options.late ?? false,
    });
  }

  /** A late wallet makes itself known to a page that is open already. */
  async announce(page: Page): Promise<void> {
    await page.evaluate(tell, { name: this.options.name, event: "announce", value: null });
  }

  /** Tells the page what a wallet tells it when the person changes something there, once the page listens. */
  async emit(event: "accountsChanged" | "chainChanged", value: unknown): Promise<void> {
    const { name } = this.options;
    for (const page of this.pages.filter((known) => !known.isClosed())) {
      await page.waitForFunction(
        (key) => document.documentElement.dataset[key] === "heard",
        heardKey(name, event),
      );
      await page.evaluate(tell, { name, event, value });
    }
  }

  async changeChain(chainId: number): Promise<void> {
    this.chainId = chainId;
    await this.emit("chainChanged", toHex(chainId));
  }

  /** The person chooses another account in the wallet. */
  async switchAccount(key: Hex | WalletAccount): Promise<void> {
    this.account = this.accountOf(key);
    await this.emit("accountsChanged", [this.address]);
  }

  private async answer(page: Page, request: Asked): Promise<Answer> {
    if (!this.pages.includes(page)) this.pages.push(page);
    this.asked.push(request);
    try {
      if (ASKS_THE_PERSON.test(request.method) && this.refuse.has(request.method)) {
        throw new WalletError(4001, "User rejected the request.");
      }
      return { result: await this.perform(request) };
    } catch (error) {
      const { code = -32603, message } = error as { code?: number; message: string };
      return { error: { code, message } };
    }
  }

  private async perform({ method, params }: Asked): Promise<unknown> {
    if (method === "eth_chainId") return toHex(this.chainId);
    if (method === "eth_accounts") return this.connected ? [this.address] : [];
    if (method === "eth_requestAccounts") {
      this.connected = true;
      return [this.address];
    }
    if (method === "wallet_switchEthereumChain") return this.switchTo(params);
    if (method === "wallet_addEthereumChain") return this.add(params);
    if (!this.connected) throw new WalletError(4100, "Not connected.");
    if (method === "personal_sign") return this.signText(params[0] as Hex);
    if (method === "eth_signTypedData_v4")
      return this.account.signTyped(JSON.parse(String(params[1])) as TypedDataDefinition);
    if (method === "eth_sendTransaction") return this.send([params[0] as WalletCall]);
    if (this.account.isAtomic) return this.performTogether(method, params);
    throw new WalletError(4200, `This wallet has no ${method}.`);
  }

  private async switchTo(params: readonly unknown[]): Promise<null> {
    const chainId = Number((params[0] as { chainId: Hex }).chainId);
    if (!this.knownChains.has(chainId)) throw new WalletError(4902, "Unrecognized chain ID.");
    await this.changeChain(chainId);
    return null;
  }

  private async add(params: readonly unknown[]): Promise<null> {
    const chainId = Number((params[0] as { chainId: Hex }).chainId);
    this.knownChains.add(chainId);
    await this.changeChain(chainId);
    return null;
  }

  /** The methods of EIP-5792. */
  private async performTogether(method: string, params: readonly unknown[]): Promise<unknown> {
    if (method === "wallet_getCapabilities")
      return { [toHex(this.options.chainId)]: { atomic: { status: "supported" } } };
    if (method === "wallet_sendCalls") {
      const hash = await this.send((params[0] as { calls: WalletCall[] }).calls);
      const id = `calls-${this.batches.size + 1}`;
      this.batches.set(id, hash);
      return { id };
    }
    if (method !== "wallet_getCallsStatus") throw new WalletError(4200, `This wallet has no ${method}.`);
    const id = String(params[0]);
    const hash = this.batches.get(id);
    if (!hash) throw new WalletError(5730, "Unknown bundle id.");
    const receipt = await rawReceipt(this.options.rpcUrl, hash);
    const chainId = toHex(this.options.chainId);
    const about = { version: "2.0.0", id, chainId, atomic: true };
    if (receipt === null) return { ...about, status: 100 };
    return { ...about, status: receipt.status === "0x1" ? 200 : 500, receipts: [receipt] };
  }

  private signText(message: Hex): Promise<Hex> {
    return this.signInstead ? this.signInstead(message) : this.account.signText(message);
  }

  private async send(calls: readonly WalletCall[]): Promise<Hex> {
    if (this.chainId !== this.options.chainId)
      throw new WalletError(-32603, "The wallet is on another chain.");
    return this.account.send(calls);
  }
}

/** Name of the mark that the page leaves when it listens to an event of a wallet. */
function heardKey(name: string, event: string): string {
  return `${name.replace(/\W/g, "")}${event}`;
}

/** Runs in the page: reaches the wallet that `announce` put there. */
function tell(detail: { name: string; event: string; value: unknown }): void {
  window.dispatchEvent(new CustomEvent("test-wallet", { detail }));
}

interface Announcement {
  binding: string;
  name: string;
  icon: string;
  late: boolean;
}

/** Runs in the page, before its own scripts. It must stand alone: nothing from this file is there. */
function announce({ binding, name, icon, late }: Announcement): void {
  const listeners: Record<string, Set<(value: unknown) => void>> = {};
  const bridge = (
    window as unknown as Record<string, (request: unknown) => Promise<Record<string, unknown>>>
  )[binding];
  const provider = {
    async request({ method, params = [] }: { method: string; params?: unknown }) {
      const answer = (await bridge?.({ method, params })) as {
        result?: unknown;
        error?: { code: number; message: string };
      };
      if (answer.error) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
      return answer.result;
    },
    on(event: string, listener: (value: unknown) => void) {
      listeners[event] ??= new Set();
      listeners[event].add(listener);
      document.documentElement.dataset[`${name.replace(/\W/g, "")}${event}`] = "heard";
    },
    removeListener(event: string, listener: (value: unknown) => void) {
      listeners[event]?.delete(listener);
    },
  };
  window.addEventListener("test-wallet", (received) => {
    const { name: to, event, value } = (received as CustomEvent).detail;
    if (to !== name) return;
    if (event === "announce") appear();
    for (const listener of listeners[event] ?? []) listener(value);
  });
  const info = { uuid: crypto.randomUUID(), name, icon, rdns: `test.${binding.toLowerCase()}` };
  const detail = Object.freeze({ info, provider });
  const present = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  function appear(): void {
    window.addEventListener("eip6963:requestProvider", present);
    present();
  }
  if (!late) setTimeout(appear);
}
