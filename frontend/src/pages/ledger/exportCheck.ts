import { type Address, type Client, isAddressEqual } from "viem";
import { readHead } from "../../chain/events";
import type { RecordedEvent } from "../../chain/ledger";
import { isRefusal } from "../../chain/logs";
import type { AppConfig } from "../../config";
import { type ExportFile, readAccountExport } from "./accountExport";
import { compareExport, compareRecords, type Difference } from "./compareExport";
import { readCsvExport } from "./readCsvExport";
import { readExport } from "./readExport";

/** What the page knows of the account that is shown. */
export interface Shown {
  account: Address;
  records: readonly RecordedEvent[];
}

export type Outcome =
  | { is: "other chain" }
  | { is: "other account"; account: Address }
  /** Of a block that the chain does not have. */
  | { is: "ahead"; block: bigint }
  /** The node left events out. */
  | { is: "incomplete" }
  | {
      is: "compared";
      file: ExportFile;
      differences: readonly Difference[];
      /** Records after the block of the file. */
      since: number;
      /** Whether only the events of attestations were compared, as the node has no state of that block any more. */
      eventsOnly: boolean;
    };

/** Reads an exported file of either kind. Throws `InvalidShape` naming the field, or `SyntaxError`. */
export function readFile(text: string): ExportFile {
  return /^\ufeff?\s*[{[]/.test(text) ? readExport(text) : readCsvExport(text);
}

/** Why a file cannot be compared here, or null. */
function misplaced(file: ExportFile, config: AppConfig, account: Address): Outcome | null {
  const isOther = (named: Address | undefined, own: Address) =>
    named !== undefined && !isAddressEqual(named, own);
  const chain = file.chain_id ?? config.chainId;
  if (
    chain !== config.chainId ||
    isOther(file.ledger, config.ledger) ||
    isOther(file.credits, config.credits)
  )
    return { is: "other chain" };
  if (file.account && isOther(file.account, account)) return { is: "other account", account: file.account };
  return null;
}

/** Compares an exported file with what the chain held at the block of the file. Throws where the chain is out of reach. */
export async function checkExport(
  file: ExportFile,
  client: Client,
  config: AppConfig,
  shown: Shown,
): Promise<Outcome> {
  const problem = misplaced(file, config, shown.account);
  if (problem !== null) return problem;
  if (file.block > (await readHead(client))) return { is: "ahead", block: file.block };
  const since = file.attestations ? shown.records.filter(({ block }) => block > file.block).length : 0;
  try {
    const { exported, complete } = await readAccountExport(client, config, shown.account, file.block);
    if (!complete) return { is: "incomplete" };
    const differences = compareExport(file, exported);
    return { is: "compared", file, differences, since, eventsOnly: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const differences = compareRecords(file, shown.records);
    return { is: "compared", file, differences, since, eventsOnly: true };
  }
}
