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
  type LocalAccount,
  numberToHex,
} from "viem";
import { chainOf } from "../chain/client";
import type { AppConfig } from "../config";
import type { FlowEnvironment } from "../flows/environment";
import { answerMany } from "./manyCalls";

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
  /** Keeps the state as it is; what it returns puts it back. Needed where a simulation has several calls. */
  snapshot?: () => () => void;
}

interface Call {
  /** None for a call that brings its own code. */
  to?: Address;
  data: Hex;
  from?: Address;
}

const REQUEST_REFUSED = { code: 4001, message: "User rejected the request." };
const NO_METHOD = { code: 4200, message: "The wallet has no such method." };

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
  /** Time of the newest block, Unix seconds. */
  now = 1_000n;
  /** Code at the account, for one that is a contract. */
  code: Hex = "0x";
  /** What the wallet says of calls that go together (EIP-5792); without it the wallet has no such methods. */
  atomic: "supported" | "ready" | "unsupported" | undefined = undefined;
  /** How the wallet refuses to send calls together, if it does. */
  batchError: { code: number; message: string } | undefined = undefined;
  /** Whether the node has `eth_simulateV1`. */
  simulatesMany = true;
  /** Signs typed data; without it the wallet has no such method. */
  signer: LocalAccount | undefined = undefined;
  private readonly simulated = new Set<string>();
  private readonly receipts = new Map<Hex, unknown>();
  private readonly batches = new Map<string, readonly Hex[]>();
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
    if (to === undefined) return answerMany(data, (inner) => this.run(inner));
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
    if (method === "eth_getCode") return this.code;
    if (method === "eth_getBlockByNumber") return { timestamp: numberToHex(this.now) };
    if (method === "eth_simulateV1" && this.simulatesMany) return this.simulate(list[0] as Simulation);
    if (method === "eth_simulateV1") throw { code: -32601, message: "the method does not exist" };
    if (method !== "eth_call") throw new Error(`the chain was asked for ${method}`);
    const call = list[0] as Call;
    try {
      const result = this.run(call);
      if (call.from) this.simulated.add(key(call));
      return result;
    } catch (error) {
      throw { code: 3, message: "execution reverted", data: revertData(error) };
    }
  }

  /** Runs calls one on the other's state and puts everything back. */
  private simulate({ blockStateCalls }: Simulation) {
    const restore = this.contracts.map((contract) => contract.snapshot?.());
    const calls = (blockStateCalls[0]?.calls ?? []).map((call) => {
      try {
        const returnData = this.run(call);
        this.eventsOf(call);
        this.simulated.add(key(call));
        return { status: "0x1", returnData, gasUsed: "0x1", logs: [] };
      } catch (error) {
        return { status: "0x0", returnData: revertData(error), gasUsed: "0x1", logs: [] };
      }
    });
    for (const back of restore) back?.();
    return [{ number: numberToHex(this.block + 1n), calls }];
  }

  private eventsOf({ to, data }: Call): readonly FakeEvent[] {
    const contract = this.contract(to as Address);
    const { functionName, args = [] } = decodeFunctionData({ abi: contract.abi, data });
    return contract.events?.(functionName, args) ?? [];
  }

  private async askWallet({ method, params = [] }: { method: string; params?: unknown }): Promise<unknown> {
    this.asked.push(method);
    if (method === "eth_chainId") return numberToHex(this.walletChainId);
    if (method === "eth_signTypedData_v4") return this.sign(params as readonly unknown[]);
    if (method.startsWith("wallet_")) return this.askBatch(method, params as readonly unknown[]);
    if (method !== "eth_sendTransaction") throw new Error(`the wallet was asked for ${method}`);
    if (this.walletRefuses) throw REQUEST_REFUSED;
    const call = (params as Call[])[0] as Call;
    this.mustBeSimulated(call);
    return this.mine([call]);
  }

  private sign([, definition]: readonly unknown[]): Promise<Hex> {
    if (this.walletRefuses) throw REQUEST_REFUSED;
    if (!this.signer) throw NO_METHOD;
    return this.signer.signTypedData(JSON.parse(String(definition)));
  }

  private askBatch(method: string, params: readonly unknown[]): unknown {
    if (this.atomic === undefined) throw NO_METHOD;
    if (method === "wallet_getCapabilities")
      return { [numberToHex(this.config.chainId)]: { atomic: { status: this.atomic } } };
    if (method === "wallet_getCallsStatus") return this.batchStatus(String(params[0]));
    if (method !== "wallet_sendCalls") throw new Error(`the wallet was asked for ${method}`);
    if (this.walletRefuses) throw REQUEST_REFUSED;
    if (this.batchError) throw this.batchError;
    const request = params[0] as { from: Address; atomicRequired: boolean; calls: Call[] };
    if (!request.atomicRequired) throw new Error("the calls could be sent apart");
    const calls = request.calls.map((call) => ({ ...call, from: request.from }));
    if (this.simulatesMany) for (const call of calls) this.mustBeSimulated(call);
    const id = `batch-${this.batches.size}`;
    this.batches.set(id, [this.mine(calls)]);
    return { id };
  }

  private batchStatus(id: string) {
    const receipts = (this.batches.get(id) ?? []).map((hash) => this.receipts.get(hash));
    const status = this.receiptStatus === "success" ? 200 : 500;
    return {
      id,
      version: "2.0.0",
      chainId: numberToHex(this.config.chainId),
      atomic: true,
      status,
      receipts,
    };
  }

  private mustBeSimulated(call: Call): void {
    if (!this.simulated.has(key(call)))
      throw new Error("the wallet was asked for a call that nobody simulated");
  }

  /** One transaction with one call, or with several that a wallet puts together. */
  private mine(calls: readonly Call[]): Hex {
    this.sent.push(...calls);
    this.block += 1n;
    const hash = keccak256(numberToHex(this.sent.length, { size: 32 }));
    const isGood = this.receiptStatus === "success";
    const logs = calls.flatMap((call) =>
      (isGood ? this.eventsOf(call) : []).map((event) =>
        this.log(this.contract(call.to as Address), event, hash),
      ),
    );
    this.receipts.set(hash, {
      transactionHash: hash,
      blockHash: keccak256("0x01"),
      blockNumber: numberToHex(this.block),
      gasUsed: "0x1",
      status: isGood ? "0x1" : "0x0",
      logs,
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

interface Simulation {
  blockStateCalls: readonly { calls: readonly Call[] }[];
}

/** What a contract answers where it refuses; any other error is one of the test. */
function revertData(error: unknown): Hex {
  if (!(error instanceof Revert)) throw error;
  return encodeErrorResult({ abi: ERROR_ABI, errorName: "Error", args: [error.message] });
}

function key({ to, data, from }: Call): string {
  return `${from} ${to} ${data}`.toLowerCase();
}
