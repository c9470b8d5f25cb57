import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAddressEqual } from "viem";
import type { QuoteRequest } from "../../api/gateway";
import type { Order } from "../../api/types";
import { readDeskOrder } from "../../chain/deskOrder";
import { FailureNotice } from "../../components/FailureNotice";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";
import { useWallet } from "../../wallet/useWallet";
import { Faucet } from "./Faucet";
import { OrderFacts } from "./OrderFacts";
import { PayReady } from "./PayReady";
import { useSecondsLeft } from "./useSecondsLeft";

const words = text.pay;

interface Props {
  order: Order;
  /** What was asked for in this visit; null after a reload. */
  asked: QuoteRequest | null;
  onPaid: () => void;
}

function Countdown({ seconds }: { seconds: number }) {
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, "0")];
  return (
    <p className="countdown">
      {words.expires} <strong role="timer">{words.remaining(minutes, rest)}</strong>
    </p>
  );
}

/** A quote to be looked at once more and paid, until it runs out. */
export function PayCard({ order, asked, onPaid }: Props) {
  const { config } = useLedger();
  const { environment } = useWallet();
  const [plain, setPlain] = useState(false);
  const left = useSecondsLeft(Number(order.quote.expires_at));
  const prepared = useQuery({
    queryKey: ["pay", order.id, environment?.account ?? "", plain],
    queryFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../../flows/payPrepare");
      return flow.preparePayment(environment, order, asked, plain);
    },
    enabled: environment !== null,
    retry: false,
    gcTime: 0,
  });
  const desk = order.desk ? readDeskOrder(order.desk.order) : null;
  const token = config.paymentTokens.find(({ address }) => desk && isAddressEqual(address, desk.token));
  const isPaid = prepared.data?.plan.terms.paid === true;
  const isOver = left === 0 && !isPaid;

  return (
    <section className="card" aria-labelledby="pay">
      <h2 id="pay">{words.title}</h2>
      <div className="stack-tight">
        <OrderFacts order={order} token={token} />
        {isOver && (
          <Notice kind="bad">
            <p>{words.expired}</p>
          </Notice>
        )}
        {!isOver && !isPaid && <Countdown seconds={left} />}
        {!isOver && prepared.isLoading && (
          <div>
            <p className="small">{words.checking}</p>
            <Loading />
          </div>
        )}
        {!isOver && prepared.error && (
          <FailureNotice error={prepared.error} onRetry={() => void prepared.refetch()} />
        )}
        {!isOver && environment && token && (
          <Faucet
            environment={environment}
            token={token}
            error={prepared.error}
            onDone={() => void prepared.refetch()}
          />
        )}
        {!isOver && !isPaid && prepared.data && (
          <PayReady
            environment={environment}
            prepared={prepared.data}
            plain={plain}
            onPlain={setPlain}
            onPaid={onPaid}
            onFailed={() => void prepared.refetch()}
          />
        )}
        {isPaid && (
          <Notice>
            <p>{words.alreadyPaid}</p>
          </Notice>
        )}
      </div>
    </section>
  );
}
