import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isHash } from "viem";
import { useLocation } from "wouter";
import { FailureNotice } from "../components/FailureNotice";
import { Hash } from "../components/Hash";
import { Notice } from "../components/Notice";
import {
  forgetPending,
  isWatched,
  onPendingChange,
  type PendingOwner,
  type PendingTransaction,
  readPending,
} from "../flows/pendingTransactions";
import { callsWords } from "../flows/sendCallWords";
import { count } from "../format";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";
import { useWallet } from "./useWallet";

const words = text.pending;

function usePending(owner: PendingOwner | null): readonly PendingTransaction[] {
  const [, setReading] = useState(0);
  useEffect(() => onPendingChange(() => setReading((reading) => reading + 1)), []);
  return owner ? readPending(owner) : [];
}

function Buttons({
  onAgain,
  onForget,
  label,
}: {
  onAgain?: () => void;
  onForget: () => void;
  label: string;
}) {
  return (
    <div className="actions">
      {onAgain && (
        <button type="button" className="button" onClick={onAgain}>
          {words.again}
        </button>
      )}
      <button type="button" className="button" onClick={onForget}>
        {label}
      </button>
    </div>
  );
}

function Row({ owner, sent }: { owner: PendingOwner; sent: PendingTransaction }) {
  const { reader } = useLedger();
  const { environment } = useWallet();
  const what = callsWords(sent.calls);
  // Calls by the wallet's own id: nobody but the wallet knows what became of them.
  const canAsk = sent.kind === "transaction" || environment !== null;
  const watch = useQuery({
    queryKey: ["pending", sent.id],
    queryFn: async () => (await import("../flows/pendingWatch")).watchPending(reader, environment, sent),
    enabled: canAsk,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const forget = () => forgetPending(owner, sent.id);
  if (watch.data) {
    return (
      <Notice>
        <p>{words.mined(what, count(watch.data.blockNumber))}</p>
        <Hash value={watch.data.transactionHash} path="tx" />
        <Buttons onForget={forget} label={words.dismiss} />
      </Notice>
    );
  }
  if (watch.error && !watch.isFetching) {
    return (
      <div className="stack-tight">
        <p>{words.waiting(what)}</p>
        <FailureNotice error={watch.error} />
        {isHash(sent.id) && <Hash value={sent.id} path="tx" />}
        <Buttons onAgain={() => void watch.refetch()} onForget={forget} label={words.forget} />
      </div>
    );
  }
  return (
    <Notice>
      <p>{words.waiting(what)}</p>
      {isHash(sent.id) && <Hash value={sent.id} path="tx" />}
      {!canAsk && <p className="small soft">{words.needsWallet}</p>}
    </Notice>
  );
}

/**
 * What the account sent and nobody saw in a block: from before a reload, from a page that was left, or given up waiting
 * for. It is watched to its end. What the page in front of the person sent is shown there.
 */
export function PendingTransactions() {
  const { config } = useLedger();
  const { account } = useWallet();
  const [location] = useLocation();
  const owner = account ? { config, account } : null;
  const shown = usePending(owner).filter(({ id, page }) => !isWatched(id) || page !== location);
  if (!owner || shown.length === 0) return null;
  return (
    <section className="card pending" aria-labelledby="pending">
      <h2 id="pending">{words.title}</h2>
      <div className="stack-tight">
        {shown.map((sent) => (
          <Row key={sent.id} owner={owner} sent={sent} />
        ))}
      </div>
    </section>
  );
}
