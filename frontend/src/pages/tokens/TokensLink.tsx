import { Link } from "wouter";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";

const words = text.tokens;

/** The way to the retirement on chain, where an adapter is deployed. */
export function TokensLink() {
  const { config } = useLedger();
  if (config.adapters.length === 0) return null;
  return (
    <p className="small">
      {words.linkText} <Link href="/retire/tokens">{words.link}</Link>
    </p>
  );
}
