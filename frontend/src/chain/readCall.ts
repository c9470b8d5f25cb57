import {
  type Abi,
  type Client,
  type ContractFunctionArgs,
  type ContractFunctionName,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type Hex,
  numberToHex,
  type ReadContractParameters,
  type ReadContractReturnType,
} from "viem";

/**
 * Reads a view function at the newest block, or at `blockNumber`. viem's own `readContract` brings along overrides,
 * multicall and off-chain lookups, 12 KiB that a page which only reads has no use for.
 */
export async function readCall<
  const abi extends Abi,
  functionName extends ContractFunctionName<abi, "pure" | "view">,
  const args extends ContractFunctionArgs<abi, "pure" | "view", functionName>,
>(
  client: Client,
  parameters: ReadContractParameters<abi, functionName, args>,
): Promise<ReadContractReturnType<abi, functionName, args>> {
  const { abi, address, functionName, args, blockNumber } = parameters as ReadContractParameters;
  const data = encodeFunctionData({ abi, functionName, args } as EncodeFunctionDataParameters);
  const block: Hex | "latest" = blockNumber === undefined ? "latest" : numberToHex(blockNumber);
  const result = await client.request({ method: "eth_call", params: [{ to: address, data }, block] });
  return decodeFunctionResult({ abi, functionName, args, data: result } as never) as ReadContractReturnType<
    abi,
    functionName,
    args
  >;
}
