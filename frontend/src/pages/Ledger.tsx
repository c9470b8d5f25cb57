import { type FormEvent, useState } from "react";
import { type Address, getAddress, isAddress } from "viem";
import { useSearchParams } from "wouter";
import { Field } from "../components/Field";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { short } from "../format";
import { text } from "../strings/text";
import { useWallet } from "../wallet/useWallet";
import { AccountView } from "./ledger/AccountView";

const words = text.ledger;

function parseAccount(value: string): Address | null {
  const trimmed = value.trim();
  return isAddress(trimmed, { strict: false }) ? getAddress(trimmed) : null;
}

function LookUp({ given, onLook }: { given: string; onLook: (account: string) => void }) {
  const [draft, setDraft] = useState(given);
  const malformed = given !== "" && parseAccount(given) === null;

  function submit(event: FormEvent) {
    event.preventDefault();
    onLook(draft.trim());
  }

  return (
    <details className="card" open={given !== "" || undefined}>
      <summary>{words.lookUp}</summary>
      <form className="stack-tight" onSubmit={submit} noValidate>
        <Field label={words.account} error={malformed ? words.malformed : undefined}>
          {(control) => (
            <input
              {...control}
              className="mono"
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <div className="actions">
          <button type="submit" className="button">
            {words.show}
          </button>
        </div>
      </form>
    </details>
  );
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
        {account && <AccountView account={account} />}
        {!account && given === "" && !restoring && (
          <Notice>
            <p>{words.choose}</p>
          </Notice>
        )}
        <LookUp
          key={given}
          given={given}
          onLook={(asked) => setParams(asked === "" ? {} : { account: asked })}
        />
      </div>
    </>
  );
}
