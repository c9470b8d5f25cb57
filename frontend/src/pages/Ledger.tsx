import { type Address, getAddress, isAddress } from "viem";
import { useSearchParams } from "wouter";
import { LookUpForm } from "../components/LookUpForm";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { short } from "../format";
import { text } from "../strings/text";
import { useWallet } from "../wallet/useWallet";
import { AccountView } from "./ledger/AccountView";

const words = text.myLedger;

function parseAccount(value: string): Address | null {
  const trimmed = value.trim();
  return isAddress(trimmed, { strict: false }) ? getAddress(trimmed) : null;
}

/** One account's totals, attestations and certificates: the connected one's, or any that is asked for. */
export default function Ledger() {
  const [params, setParams] = useSearchParams();
  const { account: own, restoring } = useWallet();
  const given = params.get("account") ?? "";
  const account = given === "" ? own : parseAccount(given);
  const isOwn = account !== null && account === own;
  return (
    <>
      <PageHead
        title={words.title}
        eyebrow={words.eyebrow}
        headline={account && !isOwn ? words.headlineOf(short(account)) : words.headline}
        lead={words.lead}
      />
      <div className="stack">
        {account && (
          <div className="place-of-much">
            <AccountView key={account} account={account} isOwn={isOwn} />
          </div>
        )}
        {!account && given === "" && !restoring && (
          <Notice>
            <p>{words.choose}</p>
          </Notice>
        )}
        <details className="card" open={given !== "" || undefined} key={given}>
          <summary>{words.lookUp}</summary>
          <LookUpForm
            label={words.account}
            action={words.show}
            given={given}
            error={given !== "" && parseAccount(given) === null ? words.malformed : undefined}
            maxLength={60}
            onLook={(asked) => setParams(asked === "" ? {} : { account: asked })}
          />
        </details>
      </div>
    </>
  );
}
