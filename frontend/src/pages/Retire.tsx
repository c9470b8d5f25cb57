import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { getOrders, getProjects } from "../api/gateway";
import type { Order, Project, Quote } from "../api/types";
import { useAccountState } from "../chain/useAccountState";
import { FailureNotice } from "../components/FailureNotice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { uncoveredUg } from "../flows/allocationAmounts";
import { text } from "../strings/text";
import { AccessCard } from "../wallet/AccessCard";
import { useSession } from "../wallet/useSession";
import { useWallet } from "../wallet/useWallet";
import { AllocateCard } from "./retire/AllocateCard";
import { OrderCard } from "./retire/OrderCard";
import { OrderForm } from "./retire/OrderForm";
import { ProjectChoice } from "./retire/ProjectChoice";
import { QuoteForm } from "./retire/QuoteForm";

const words = text.retire;
const ORDERS_KEY = ["backend", "mine", "orders"];

function Buy({ onOrder }: { onOrder: (order: Order) => void }) {
  const { account, wrongChain } = useWallet();
  const { session } = useSession();
  const state = useAccountState(account);
  const projects = useQuery({ queryKey: ["backend", "projects"], queryFn: getProjects });
  const [project, setProject] = useState<Project>();
  const [quote, setQuote] = useState<Quote>();
  const lackingUg = (state.data?.attestations ?? []).reduce(
    (sum, { state: own }) => sum + uncoveredUg(own),
    0n,
  );

  function choose(next: Project) {
    setProject(next);
    setQuote(undefined);
  }

  return (
    <>
      <section className="card" aria-labelledby="projects">
        <h2 id="projects">{words.projects}</h2>
        {projects.error && <FailureNotice error={projects.error} onRetry={() => void projects.refetch()} />}
        {!projects.error && (
          <QueryView query={projects} failed={text.status.askFailed}>
            {(list) => <ProjectChoice projects={list} chosen={project} onChoose={choose} />}
          </QueryView>
        )}
      </section>
      {project && (
        <section className="card" aria-labelledby="amount">
          <h2 id="amount">{words.amountTitle}</h2>
          <QuoteForm
            key={project.source_id}
            project={project}
            lackingUg={lackingUg}
            enabled={session !== null && !wrongChain}
            onQuote={setQuote}
          />
        </section>
      )}
      {quote && (
        <section className="card" aria-labelledby="quote">
          <h2 id="quote">{words.quoteTitle}</h2>
          <OrderForm key={quote.id} quote={quote} onOrder={onOrder} />
        </section>
      )}
    </>
  );
}

function Orders({ account }: { account: string }) {
  const orders = useQuery({ queryKey: [...ORDERS_KEY, account], queryFn: getOrders });
  return (
    <section className="stack-tight" aria-labelledby="orders">
      <h2 id="orders">{words.orders}</h2>
      <QueryView query={orders} failed={text.status.askFailed}>
        {(list) =>
          list.length === 0 ? (
            <p className="soft">{words.noOrders}</p>
          ) : (
            list.map((order) => <OrderCard key={order.id} order={order} />)
          )
        }
      </QueryView>
    </section>
  );
}

/** Buy and retire credits, receive the certificate, allocate it. */
export default function Retire() {
  const queries = useQueryClient();
  const { account } = useWallet();
  const { session } = useSession();
  const [round, setRound] = useState(0);

  function ordered() {
    void queries.invalidateQueries({ queryKey: ORDERS_KEY });
    setRound(round + 1);
  }

  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="columns">
        <div className="stack">
          <AccessCard />
          <Buy key={round} onOrder={ordered} />
        </div>
        <div className="stack">
          {session && <Orders account={session.account} />}
          {account && <AllocateCard account={account} />}
        </div>
      </div>
    </>
  );
}
