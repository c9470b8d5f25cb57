import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { getProjects, type QuoteRequest } from "../api/gateway";
import type { Project, Quote } from "../api/types";
import { useAccountState } from "../chain/useAccountState";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { uncoveredUg } from "../flows/allocationAmounts";
import { parseReportId } from "../ids";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";
import { AccessCard } from "../wallet/AccessCard";
import { useSession } from "../wallet/useSession";
import { useWallet } from "../wallet/useWallet";
import { AllocateCard } from "./retire/AllocateCard";
import { DeskPayments } from "./retire/DeskPayments";
import { Offers } from "./retire/Offers";
import { OrderList } from "./retire/OrderList";
import { OrderView } from "./retire/OrderView";
import { QuoteForm } from "./retire/QuoteForm";
import { TokensLink } from "./tokens/TokensLink";

const words = text.retire;

function Buy({ onQuote }: { onQuote: (quote: Quote, asked: QuoteRequest) => void }) {
  const { config } = useLedger();
  const { account, wrongChain } = useWallet();
  const { session } = useSession();
  const [params, setParams] = useSearchParams();
  const state = useAccountState(account);
  const projects = useQuery({ queryKey: ["backend", "projects"], queryFn: getProjects });
  const project = projects.data?.find(({ source_id }) => source_id === params.get("offer"));
  const lackingUg = (state.data?.attestations ?? []).reduce(
    (sum, { state: own }) => sum + uncoveredUg(own),
    0n,
  );

  function choose(next: Project) {
    setParams(
      (current) => {
        const changed = new URLSearchParams(current);
        changed.set("offer", next.source_id);
        return changed;
      },
      { replace: true },
    );
  }

  if (config.desk === null || config.paymentTokens.length === 0) {
    return (
      <Notice kind="warn">
        <p>{words.noDesk}</p>
      </Notice>
    );
  }
  return (
    <>
      <Offers chosen={project} onChoose={choose} />
      {project && (
        <section className="card" aria-labelledby="details">
          <h2 id="details">{words.detailsTitle}</h2>
          <QuoteForm
            key={project.source_id}
            project={project}
            tokens={config.paymentTokens}
            lackingUg={lackingUg}
            account={session !== null && !wrongChain ? account : null}
            onQuote={onQuote}
          />
        </section>
      )}
    </>
  );
}

/** Buy credits through the desk, watch the order, receive the certificate, allocate it. */
export default function Retire() {
  const queries = useQueryClient();
  const { config } = useLedger();
  const { account } = useWallet();
  const { session } = useSession();
  const [params, setParams] = useSearchParams();
  const [asked, setAsked] = useState<{ order: string; request: QuoteRequest } | null>(null);
  const order = params.get("order");
  const payment = parseReportId(params.get("payment") ?? "");

  function quoted(quote: Quote, request: QuoteRequest) {
    if (!quote.order) return;
    setAsked({ order: quote.order, request });
    void queries.invalidateQueries({ queryKey: ["backend", "mine", "orders"] });
    setParams({ order: quote.order });
    window.scrollTo({ top: 0 });
  }

  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="columns">
        <div className="stack">
          <AccessCard />
          {order === null && <Buy onQuote={quoted} />}
          {order === null && <TokensLink />}
          {order !== null && session && (
            <OrderView key={order} id={order} asked={asked?.order === order ? asked.request : null} />
          )}
          {order !== null && !session && <p className="soft">{text.order.signIn}</p>}
        </div>
        <div className="stack">
          {config.desk && payment && <DeskPayments desk={config.desk} of={{ id: payment }} />}
          {session && <OrderList account={session.account} />}
          {config.desk && account && !payment && <DeskPayments desk={config.desk} of={{ payer: account }} />}
          {account && <AllocateCard account={account} />}
        </div>
      </div>
    </>
  );
}
