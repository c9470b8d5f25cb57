import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { type ExplorerPath, explorerLink } from "../chain/explorerLinks";
import { short } from "../format";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/publicText";

interface Props {
  value: string;
  /** What it is in a block explorer with EIP-3091 paths; without one it is no link. */
  path?: ExplorerPath;
  /** Shows all of it; otherwise its middle is left out. */
  full?: boolean;
  /** Links to our own explorer even where another one is configured. */
  own?: boolean;
}

function Linked({ value, path, own, children }: Props & { path: ExplorerPath; children: ReactNode }) {
  const { config } = useLedger();
  const { href, foreign } = explorerLink(own ? { explorerUrl: null } : config, path, value);
  return foreign ? <a href={href}>{children}</a> : <Link href={href}>{children}</Link>;
}

/** A hash, id or address that can be copied and looked up. */
export function Hash({ value, path, full = false, own = false }: Props) {
  const [copied, setCopied] = useState(false);
  const shown = <span className="mono break">{full ? value : short(value)}</span>;

  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  }

  return (
    <span className="hash" title={full ? undefined : value}>
      {path ? (
        <Linked value={value} path={path} own={own}>
          {shown}
        </Linked>
      ) : (
        shown
      )}
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
