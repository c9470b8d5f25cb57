// Sourcify's own verdict on contracts, without any network: reads JSON from standard input, writes JSON.
//
// Input: a list of {address, chainId, compilerVersion, target: {path, name}, input, output, runtime, creation}, where
// `output` is what the compiler gave for `input`, and `runtime` and `creation` are the bytes on chain.
// Output: for each {runtimeMatch, creationMatch, runtime: {list, values}, creation: {list, values}} or {error}.
import { json } from "node:stream/consumers";
import { setLibSourcifyLogger, Verification, VyperCompilation } from "@ethereum-sourcify/lib-sourcify";

setLibSourcifyLogger({ logLevel: -1, setLevel: () => undefined, log: () => undefined });

async function verdict({ address, chainId, compilerVersion, target, input, output, runtime, creation }) {
  const compilation = new VyperCompilation({ compile: async () => output }, compilerVersion, input, target);
  const chain = {
    chainId,
    getBytecode: async () => runtime,
    getTx: async () => ({ blockNumber: null, from: null }),
    getContractCreationBytecodeAndReceipt: async () => ({ creationBytecode: creation, txReceipt: { index: 0 } }),
  };
  // The library asks for the creation code only where it is given a transaction; which one is for the chain to know.
  const verification = new Verification(compilation, chain, address, creation === null ? undefined : "0x");
  try {
    await verification.verify();
  } catch (error) {
    return { error: error.code ?? error.message };
  }
  return { ...verification.status, ...verification.transformations };
}

// Not readFileSync(0): that fails (EAGAIN) where the other side has not written yet.
const contracts = await json(process.stdin);
process.stdout.write(JSON.stringify(await Promise.all(contracts.map(verdict))));
