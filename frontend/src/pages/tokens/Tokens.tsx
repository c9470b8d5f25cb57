import { useState } from "react";
import type { Address } from "viem";
import { Link } from "wouter";
import { type HeldToken, readHeldTokens, sameToken } from "../../chain/tokens";
import { useChainQuery } from "../../chain/useChainQuery";
import { Notice } from "../../components/Notice";
import { PageHead } from "../../components/PageHead";
import { QueryView } from "../../components/QueryView";
import type { RetiredToken } from "../../flows/retireToken";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";
import { ChainGuard } from "../../wallet/ChainGuard";
import { useWallet } from "../../wallet/useWallet";
import { useWalletPanel } from "../../wallet/walletPanel";
import { RetiredCard } from "./RetiredCard";
import { RetireTokenForm } from "./RetireTokenForm";
import { Sales } from "./Sales";
import { TokenChoice } from "./TokenChoice";

const words = text.tokens;

function Held({ account, tokens }: { account: Address; tokens: readonly HeldToken[] }) {
  const [choice, setChoice] = useState<HeldToken>();
  const [retired, setRetired] = useState<RetiredToken>();
  // As it is read now: balance and listing may have changed since it was chosen.
  const chosen = choice && tokens.find((token) => sameToken(token, choice));

  function again() {
    setRetired(undefined);
    setChoice(undefined);
  }

  if (retired) return <RetiredCard retired={retired} onAnother={again} />;
  if (tokens.length === 0) {
    return (
      <Notice>
        <p>{words.noTokens}</p>
      </Notice>
    );
  }
  return (
    <>
      <section className="card" aria-labelledby="tokens">
        <h2 id="tokens">{words.chooseTitle}</h2>
        <TokenChoice tokens={tokens} chosen={chosen} onChoose={setChoice} />
      </section>
      {chosen && (
        <section className="card" aria-label={words.formTitle}>
          <RetireTokenForm
            key={`${chosen.adapter.address} ${chosen.token}`}
            held={chosen}
            onRetired={setRetired}
          />
        </section>
      )}
      <Sales account={account} tokens={tokens} onRetired={setRetired} />
    </>
  );
}

function Tokens({ account }: { account: Address }) {
  const query = useChainQuery(["held-tokens", account], (client, config) =>
    readHeldTokens(client, config, account),
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(tokens) => <Held account={account} tokens={tokens} />}
    </QueryView>
  );
}

function ConnectCard() {
  const { setOpen } = useWalletPanel();
  return (
    <section className="card" aria-labelledby="connect">
      <h2 id="connect">{words.connectTitle}</h2>
      <p className="soft">{words.connectText}</p>
      <div className="actions">
        <button type="button" className="button button-primary" onClick={() => setOpen(true)}>
          {text.wallet.choose}
        </button>
      </div>
    </section>
  );
}

/** Retires carbon tokens of the wallet on chain. Needs no gateway: adapters come with the configuration. */
export default function TokensPage() {
  const { config } = useLedger();
  const { account, restoring } = useWallet();
  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="stack">
        <ChainGuard />
        {config.adapters.length === 0 && (
          <Notice>
            <p>{words.noAdapters}</p>
          </Notice>
        )}
        {config.adapters.length > 0 && account && <Tokens key={account} account={account} />}
        {config.adapters.length > 0 && !account && !restoring && <ConnectCard />}
        <p className="small">
          <Link href="/retire">{words.back}</Link>
        </p>
      </div>
    </>
  );
}
