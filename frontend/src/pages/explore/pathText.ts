import type { Path } from "../../chain/path";
import { explore } from "../../strings/exploreText";

const words = explore.paths;

/** How a retirement came onto the ledger, in words. */
export function pathText(path: Path): string {
  if (path.kind !== "adapter") return words[path.kind];
  return path.name === undefined ? words.adapterUnknown : words.adapter(path.name);
}
