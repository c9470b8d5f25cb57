import { count, short } from "../format";
import { useLedger } from "../ledgerContext";
import { useChainHead } from "../status/useChainHead";
import { text } from "../strings/publicText";
import { LanguageChoice } from "./LanguageChoice";

/** Where the page reads: chain, block, contracts. */
export function Footer() {
  const { config } = useLedger();
  const head = useChainHead();
  const facts = [
    [text.footer.chain, `${config.chainName} (${config.chainId})`],
    [text.footer.block, head.block === null ? text.unknownValue : count(head.block)],
    [text.footer.rpc, config.rpcUrl],
    [text.contract.ledger, config.ledger],
    [text.contract.credits, config.credits],
    [text.footer.methodology, short(config.methodology)],
  ];
  return (
    <footer className="footer">
      <div className="footer-inner">
        <p>{text.footer.source}</p>
        <LanguageChoice />
        <dl className="footer-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </footer>
  );
}
