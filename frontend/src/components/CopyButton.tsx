import { useState } from "react";
import { text } from "../strings/publicText";

/** Copies a text, and says so. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  }

  return (
    <button type="button" className="button" onClick={() => void copy().catch(() => undefined)}>
      {copied ? text.copied : label}
    </button>
  );
}
