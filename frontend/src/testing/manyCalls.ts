import {
  decodeAbiParameters,
  decodeFunctionData,
  deploylessCallViaBytecodeBytecode,
  encodeFunctionResult,
  type Hex,
  multicall3Abi,
} from "viem";

interface InnerCall {
  to: Hex;
  data: Hex;
}

/**
 * Answers a call that brings its own multicall code: each inner call by `run`, one that throws as failed. Anything else
 * without an address is an error of the test.
 */
export function answerMany(data: Hex, run: (call: InnerCall) => Hex): Hex {
  if (!data.startsWith(deploylessCallViaBytecodeBytecode)) throw new Error("a call without an address");
  const constructed = `0x${data.slice(deploylessCallViaBytecodeBytecode.length)}` as const;
  const [, inner] = decodeAbiParameters([{ type: "bytes" }, { type: "bytes" }], constructed);
  const { functionName, args } = decodeFunctionData({ abi: multicall3Abi, data: inner });
  if (functionName !== "aggregate3") throw new Error(`the multicall was asked for ${functionName}`);
  const result = args[0].map(({ target, callData }) => {
    try {
      return { success: true, returnData: run({ to: target, data: callData }) };
    } catch {
      return { success: false, returnData: "0x" as const };
    }
  });
  return encodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", result });
}
