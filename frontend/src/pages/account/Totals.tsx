import { type Address, encodeFunctionData } from "viem";
import type { AccountTotals } from "../../chain/ledger";
import { BadgeDetails } from "../../components/BadgeDetails";
import { BoundBar } from "../../components/BoundBar";
import { CoverageBar } from "../../components/CoverageBar";
import { Hash } from "../../components/Hash";
import { ReadFrom } from "../../components/ReadFrom";
import { carbon, short } from "../../format";
import { ledgerReads } from "../../generated/publicAbi";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/publicText";

const words = text.ledger;

interface Props {
  account: Address;
  totals: AccountTotals;
  block: bigint;
}

/** The contract's own sums over an account's attestations. */
export function Totals({ account, totals, block }: Props) {
  const { config } = useLedger();
  const data = encodeFunctionData({ abi: ledgerReads, functionName: "account", args: [account] });
  const call = {
    contract: text.contract.ledger,
    name: "account",
    args: short(account),
    to: config.ledger,
    data,
  };
  return (
    <section className="card" aria-labelledby="totals">
      <div className="card-head">
        <h2 id="totals">{words.totals}</h2>
        <span className="badge">{words.count(Number(totals.count))}</span>
      </div>
      <p className="figure-value">{carbon(totals.central_ug)}</p>
      <BoundBar low={totals.low_ug} central={totals.central_ug} high={totals.high_ug} />
      <div>
        <h3>{text.coverage.title}</h3>
        <CoverageBar covered={totals.covered_ug} high={totals.high_ug} />
      </div>
      <div className="hint">
        <Hash value={account} path="address" full />
      </div>
      <ReadFrom call={{ ...call, block }} />
      <BadgeDetails id={account} page={`/account/${account}`} />
    </section>
  );
}
