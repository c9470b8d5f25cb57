import { useState } from "react";
import { short } from "../format";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";

type ExplorerPath = "tx" | "address" | "block";

interface Props {
  value: string;
  /** What it is in a block explorer with EIP-3091 paths, if one is configured. */
  path?: ExplorerPath;
  /** Shows all of it; otherwise its middle is left out. */
  full?: boolean;
}

/** A hash, id or address that can be copied and, where an explorer is known, looked up. */
export function Hash({ value, path, full = false }: Props) {
  const { config } = useLedger();
  const [copied, setCopied] = useState(false);
  const shown = <span className="mono break">{full ? value : short(value)}</span>;

  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  }

  return (
    <span className="hash" title={full ? undefined : value}>
      {path && config.explorerUrl ? <a href={`${config.explorerUrl}/${path}/${value}`}>{shown}</a> : shown}
      <button
        type="button"
        className="button button-quiet"
        onClick={() => void copy().catch(() => undefined)}
      >
        <span aria-hidden="true">{copied ? text.copied : text.copy}</span>
        <span className="visually-hidden">{`${copied ? text.copied : text.copy} ${short(value)}`}</span>
      </button>
    </span>
  );
}
