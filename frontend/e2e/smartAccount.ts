import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type Abi,
  concat,
  createPublicClient,
  createWalletClient,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hashMessage,
  hashTypedData,
  http,
  keccak256,
  stringToHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { WalletAccount, WalletCall } from "./walletAccount";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WALLETS = "tests/backend/auth/wallets";
const OWNER_KEY = keccak256(stringToHex("the owner's key"));
/** The end of every signature that ERC-6492 wraps. */
const WRAPPED: Hex = `0x${"6492".repeat(16)}`;
const CALLS = [
  {
    type: "tuple[]",
    components: [
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
    ],
  },
] as const;

interface Compiled {
  abi: Abi;
  bytecode: Hex;
}

async function compile(name: string): Promise<Compiled> {
  const vyper = process.env.VYPER || `${ROOT}.venv/bin/vyper`;
  const { stdout } = await promisify(execFile)(
    vyper,
    ["-f", "abi,bytecode", "--evm-version", "cancun", `${WALLETS}/${name}.vy`],
    { cwd: ROOT },
  );
  const [abi, bytecode] = stdout.split("\n");
  return { abi: JSON.parse(abi ?? "") as Abi, bytecode: bytecode as Hex };
}

/** The contracts that make smart accounts, on a chain. */
export interface SmartAccounts {
  rpcUrl: string;
  factory: Hex;
  factoryAbi: Abi;
  accountAbi: Abi;
  /** Sends for the accounts and pays the fees, as a bundler does. */
  relayer: Hex;
}

/** Compiles and deploys them. */
export async function deploySmartAccounts(rpcUrl: string, relayer: Hex): Promise<SmartAccounts> {
  const reader = createPublicClient({ transport: http(rpcUrl), pollingInterval: 100 });
  const sender = createWalletClient({ account: privateKeyToAccount(relayer), transport: http(rpcUrl) });
  const deploy = async ({ abi, bytecode }: Compiled, args: readonly unknown[]): Promise<Hex> => {
    const hash = await sender.deployContract({ abi, bytecode, args, chain: null } as never);
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash });
    if (!contractAddress) throw new Error("the deployment made no contract");
    return contractAddress;
  };
  const account = await compile("smart_account");
  const factory = await compile("smart_account_factory");
  const address = await deploy(factory, [await deploy(account, [])]);
  return { rpcUrl, factory: address, factoryAbi: factory.abi, accountAbi: account.abi, relayer };
}

/**
 * A smart account (ERC-1271) of a key. Until its first transaction it is not on the chain, and its signatures say how it
 * gets there (ERC-6492). Its transactions are sent by the relayer: their sender is not the account.
 */
export class SmartAccount implements WalletAccount {
  readonly isAtomic = true;
  private readonly owner;
  private readonly reader;

  private constructor(
    private readonly made: SmartAccounts,
    key: Hex,
    readonly address: Hex,
  ) {
    this.owner = privateKeyToAccount(key);
    this.reader = createPublicClient({ transport: http(made.rpcUrl), pollingInterval: 100 });
  }

  /** The account of a key that has none yet. */
  static async of(made: SmartAccounts, key: Hex): Promise<SmartAccount> {
    const reader = createPublicClient({ transport: http(made.rpcUrl) });
    const { result } = await reader.simulateContract({
      address: made.factory,
      abi: made.factoryAbi,
      functionName: "create",
      args: [privateKeyToAccount(key).address],
    });
    return new SmartAccount(made, key, result as Hex);
  }

  async isDeployed(): Promise<boolean> {
    return (await this.reader.getCode({ address: this.address })) !== undefined;
  }

  /** Puts the account on the chain. */
  async deploy(): Promise<void> {
    await this.reader.waitForTransactionReceipt({
      hash: await this.relay(this.made.factory, this.creation()),
    });
  }

  signText(raw: Hex): Promise<Hex> {
    return this.signDigest(hashMessage({ raw }));
  }

  signTyped(definition: Parameters<WalletAccount["signTyped"]>[0]): Promise<Hex> {
    return this.signDigest(hashTypedData(definition));
  }

  async send(calls: readonly WalletCall[]): Promise<Hex> {
    if (!(await this.isDeployed())) await this.deploy();
    const list = calls.map(({ to, data = "0x" }) => ({ target: to, data }));
    const at = { address: this.address, abi: this.made.accountAbi };
    const nonce = (await this.reader.readContract({ ...at, functionName: "nonce" })) as bigint;
    const chainId = BigInt(await this.reader.getChainId());
    const signed = encodeAbiParameters(
      [{ type: "address" }, { type: "uint256" }, { type: "uint256" }, { type: "bytes32" }],
      [this.address, chainId, nonce, keccak256(encodeAbiParameters(CALLS, [list]))],
    );
    const args = [list, await this.sign(keccak256(signed))];
    return this.relay(this.address, encodeFunctionData({ ...at, functionName: "execute", args }));
  }

  private creation(): Hex {
    return encodeFunctionData({
      abi: this.made.factoryAbi,
      functionName: "create",
      args: [this.owner.address],
    });
  }

  private async sign(hash: Hex): Promise<Hex> {
    return concat([OWNER_KEY, await this.owner.sign({ hash })]);
  }

  private async signDigest(digest: Hex): Promise<Hex> {
    const bound = encodeAbiParameters([{ type: "address" }, { type: "bytes32" }], [this.address, digest]);
    const signature = await this.sign(keccak256(bound));
    if (await this.isDeployed()) return signature;
    const parts = [{ type: "address" }, { type: "bytes" }, { type: "bytes" }] as const;
    return concat([encodeAbiParameters(parts, [this.made.factory, this.creation(), signature]), WRAPPED]);
  }

  private relay(to: Hex, data: Hex): Promise<Hex> {
    const account = privateKeyToAccount(this.made.relayer);
    const client = createWalletClient({ account, transport: http(this.made.rpcUrl) });
    return client.sendTransaction({ to, data, chain: null });
  }
}
