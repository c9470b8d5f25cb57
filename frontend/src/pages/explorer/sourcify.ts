import type { Abi, Address } from "viem";
import { InvalidShape, readRow, readText } from "../../evidence/reader";

/** What the gateway's Sourcify endpoint says about a contract whose source is exactly what was deployed. */
export interface VerifiedSource {
  name: string;
  abi: Abi;
  compiler: string;
  /** Content by path; the contract's own file is the first. */
  sources: readonly { path: string; content: string }[];
}

/** What came of asking: the gateway may be away, and then nothing is known either way. */
export type SourceAnswer = VerifiedSource | "unverified" | "unanswered";

const TIMEOUT_MS = 5_000;
const FIELDS = "abi,sources,compilation";

function readAbi(value: unknown): Abi {
  if (!Array.isArray(value)) throw new InvalidShape("contract.abi", "a list");
  for (const item of value) readText(readRow(item, "contract.abi[]"), "type", "contract.abi[]");
  return value as Abi;
}

export function readVerifiedSource(json: unknown): VerifiedSource {
  const row = readRow(json, "contract");
  if (row.match !== "exact_match") throw new InvalidShape("contract.match", "exact_match");
  const compilation = readRow(row.compilation, "contract.compilation");
  const name = readText(compilation, "name", "contract.compilation");
  const own = readText(compilation, "fullyQualifiedName", "contract.compilation").split(":")[0];
  const sources = Object.entries(readRow(row.sources, "contract.sources")).map(([path, file]) => {
    const { content } = readRow(file, `contract.sources.${path}`);
    if (typeof content !== "string") throw new InvalidShape(`contract.sources.${path}.content`, "a text");
    return { path, content };
  });
  return {
    name,
    abi: readAbi(row.abi),
    compiler: readText(compilation, "compilerVersion", "contract.compilation"),
    sources: sources.sort((one, other) => Number(other.path === own) - Number(one.path === own)),
  };
}

/** Asks the gateway of this origin. Never throws: an explorer without sources is still an explorer. */
export async function askForSource(chainId: number, address: Address): Promise<SourceAnswer> {
  try {
    const response = await fetch(`/v2/contract/${chainId}/${address}?fields=${FIELDS}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      credentials: "omit",
    });
    if (response.status === 404) return "unverified";
    if (!response.ok) return "unanswered";
    return readVerifiedSource(await response.json());
  } catch {
    return "unanswered";
  }
}
