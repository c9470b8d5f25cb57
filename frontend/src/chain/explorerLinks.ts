import type { AppConfig } from "../config";

/** The paths of EIP-3091, which explorers of every make understand. */
export type ExplorerPath = "tx" | "address" | "block";

export interface ExplorerLink {
  href: string;
  /** Whether it leads to somebody else's explorer, or to our own small one on this page. */
  foreign: boolean;
}

/** Our own view of a transaction, an address or a block; it works on any chain. */
export function ownExplorerPath(path: ExplorerPath, value: string): string {
  return `/${path}/${value}`;
}

/** The one place that makes links to an explorer: the configured one, or our own where none is. */
export function explorerLink(
  config: Pick<AppConfig, "explorerUrl">,
  path: ExplorerPath,
  value: string,
): ExplorerLink {
  if (config.explorerUrl === null) return { href: ownExplorerPath(path, value), foreign: false };
  return { href: `${config.explorerUrl}${ownExplorerPath(path, value)}`, foreign: true };
}
