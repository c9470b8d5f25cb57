import type { ExplorerPath } from "../../chain/explorerLinks";
import { Hash } from "../../components/Hash";

/** A hash or address inside our own explorer: its links stay here, also where a public explorer is configured. */
export function ExplorerHash(props: { value: string; path: ExplorerPath; full?: boolean }) {
  return <Hash {...props} own />;
}
