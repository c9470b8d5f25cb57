import {
  type Abi,
  type Address,
  createClient,
  custom,
  decodeFunctionData,
  encodeAbiParameters,
  encodeErrorResult,
  encodeEventTopics,
  encodeFunctionResult,
  type Hex,
  HttpRequestError,
  keccak256,
  numberToHex,
} from "viem";
import { chainOf } from "../chain/client";
import type { AppConfig } from "../config";
import type { FlowEnvironment } from "../flows/environment";

/** A refusal of a contract, with the reason that it gives. */
export class Revert extends Error {
  override name = "Revert";
}

export interface FakeEvent {
  name: string;
  /** All arguments, indexed or not, by name. */
  args: Record<string, unknown>;
}

export interface FakeContract {
  address: Address;
  abi: Abi;
  /** What a call returns; throws `Revert` where the contract would refuse. */
  call: (name: string, args: readonly unknown[], from: Address | undefined) => unknown;
  /** Events of a transaction. */
  events?: (name: string, args: readonly unknown[]) => readonly FakeEvent[];
  /** Logs that were there before, by event name. */
  past?: readonly FakeEvent[];
}

interface Call {
  to: Address;
  data: Hex;
  from?: Address;
}

const REQUEST_REFUSED = { code: 4001, message: "User rejected the request." };

/**
 * A chain and a wallet for tests. It knows nothing but what its contracts say, answers no method that it does not know,
 * and sends no transaction that was not simulated before, byte for byte and by the same account.
 */
export class StrictChain {
  readonly sent: Call[] = [];
  /** Methods that the wallet was asked for, in order. */
  readonly asked: string[] = [];
  walletRefuses = false;
  walletAccount: Address;
  walletChainId: number;
  down = false;
  /** What becomes of a transaction in its block, although the simulation went well. */
  receiptStatus: "success" | "reverted" = "success";
  private readonly simulated = new Set<string>();
  private readonly receipts = new Map<Hex, unknown>();
  private block = 7n;

  constructor(
    private readonly config: AppConfig,
    private readonly contracts: readonly FakeContract[],
    readonly account: Address,
  ) {
    this.walletAccount = account;
    this.walletChainId = config.chainId;
  }

  environment(): FlowEnvironment {
    const chain = chainOf(this.config);
    const reader = createClient({
      chain,
      transport: custom({ request: (call) => this.read(call) }, { retryCount: 0 }),
      pollingInterval: 5,
    });
    const wallet = () =>
      createClient({
        chain,
        account: this.walletAccount,
        transport: custom({ request: (call) => this.askWallet(call) }, { retryCount: 0 }),
      });
    return { config: this.config, reader, account: this.account, wallet: async () => wallet() };
  }

  private contract(address: Address): FakeContract {
    const found = this.contracts.find((contract) => contract.address.toLowerCase() === address.toLowerCase());
    if (!found) throw new Error(`no contract at ${address}`);
    return found;
  }

  private run({ to, data, from }: Call): Hex {
    const contract = this.contract(to);
    const { functionName, args = [] } = decodeFunctionData({ abi: contract.abi, data });
    const result = contract.call(functionName, args, from);
    return encodeFunctionResult({ abi: contract.abi, functionName, result });
  }

  private async read({ method, params = [] }: { method: string; params?: unknown }): Promise<unknown> {
    if (this.down) throw new HttpRequestError({ url: this.config.rpcUrl });
    const list = params as readonly unknown[];
    if (method === "eth_chainId") return numberToHex(this.config.chainId);
    if (method === "eth_blockNumber") return numberToHex(this.block);
    if (method === "eth_getTransactionReceipt") return this.receipts.get(list[0] as Hex) ?? null;
    if (method === "eth_getLogs")
      return this.pastLogs(list[0] as { address: Address; topics: (Hex | null)[] });
    if (method !== "eth_call") throw new Error(`the chain was asked for ${method}`);
    const call = list[0] as Call;
    try {
      const result = this.run(call);
      if (call.from) this.simulated.add(key(call));
      return result;
    } catch (error) {
      if (!(error instanceof Revert)) throw error;
      const data = encodeErrorResult({ abi: ERROR_ABI, errorName: "Error", args: [error.message] });
      throw { code: 3, message: "execution reverted", data };
    }
  }

  private async askWallet({ method, params = [] }: { method: string; params?: unknown }): Promise<unknown> {
    this.asked.push(method);
    if (method === "eth_chainId") return numberToHex(this.walletChainId);
    if (method !== "eth_sendTransaction") throw new Error(`the wallet was asked for ${method}`);
    if (this.walletRefuses) throw REQUEST_REFUSED;
    const call = (params as Call[])[0] as Call;
    if (!this.simulated.has(key(call)))
      throw new Error("the wallet was asked for a call that nobody simulated");
    return this.mine(call);
  }

  private mine(call: Call): Hex {
    this.sent.push(call);
    this.block += 1n;
    const hash = keccak256(numberToHex(this.sent.length, { size: 32 }));
    const contract = this.contract(call.to);
    const { functionName, args = [] } = decodeFunctionData({ abi: contract.abi, data: call.data });
    const events = this.receiptStatus === "success" ? (contract.events?.(functionName, args) ?? []) : [];
    this.receipts.set(hash, {
      transactionHash: hash,
      blockHash: keccak256("0x01"),
      blockNumber: numberToHex(this.block),
      status: this.receiptStatus === "success" ? "0x1" : "0x0",
      logs: events.map((event) => this.log(contract, event, hash)),
    });
    return hash;
  }

  private log(contract: FakeContract, event: FakeEvent, transactionHash: Hex) {
    const item = contract.abi.find((entry) => entry.type === "event" && entry.name === event.name);
    if (item?.type !== "event") throw new Error(`no event ${event.name}`);
    const plain = item.inputs.filter((input) => !input.indexed);
    return {
      address: contract.address,
      topics: encodeEventTopics({ abi: [item], args: event.args } as never),
      data: encodeAbiParameters(
        plain,
        plain.map((input) => event.args[input.name ?? ""]),
      ),
      blockNumber: numberToHex(this.block),
      blockHash: keccak256("0x01"),
      transactionHash,
      transactionIndex: "0x0",
      logIndex: "0x0",
      removed: false,
    };
  }

  private pastLogs({ address, topics }: { address: Address; topics: (Hex | null)[] }) {
    const contract = this.contract(address);
    const logs = (contract.past ?? []).map((event) => this.log(contract, event, keccak256("0x02")));
    return logs.filter((log) =>
      topics.every((topic, index) => topic === null || topic === log.topics[index]),
    );
  }
}

const ERROR_ABI = [{ type: "error", name: "Error", inputs: [{ name: "reason", type: "string" }] }] as const;

function key({ to, data, from }: Call): string {
  return `${from} ${to} ${data}`.toLowerCase();
}
