import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { getOrder, type QuoteRequest } from "../../api/gateway";
import type { Order } from "../../api/types";
import { readDeskOrder } from "../../chain/deskOrder";
import { FailureNotice } from "../../components/FailureNotice";
import { Loading } from "../../components/Loading";
import { watchInterval } from "../../flows/watchOrder";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";
import { DeskPayment } from "./DeskPayment";
import { OrderCard } from "./OrderCard";
import { PayCard } from "./PayCard";

const words = text.order;

interface Props {
  id: string;
  asked: QuoteRequest | null;
}

/** Whether it ran out unpaid: nothing happened, and the offer can be asked for again. */
function isExpired(order: Order): boolean {
  return order.state === "failed" && order.error?.code === "quote_expired";
}

function Watched({ order, asked, onPaid }: { order: Order; asked: QuoteRequest | null; onPaid: () => void }) {
  const { config } = useLedger();
  const { desk } = order;
  if (order.state === "quoted" && desk && config.desk) {
    return <PayCard order={order} asked={asked} onPaid={onPaid} />;
  }
  return (
    <OrderCard order={order}>
      {desk && config.desk && (
        <DeskPayment desk={config.desk} id={desk.id} order={readDeskOrder(desk.order)} />
      )}
    </OrderCard>
  );
}

/** One order, watched until its end. Its id is in the address, so that a reload goes on where it was. */
export function OrderView({ id, asked }: Props) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["backend", "mine", "order", id],
    queryFn: ({ signal }) => getOrder(id, signal),
    refetchInterval: ({ state }) => watchInterval(state.data, state.error),
  });
  const state = query.data?.state;
  useEffect(() => {
    if (state) void queries.invalidateQueries({ queryKey: ["backend", "mine", "orders"] });
  }, [state, queries]);
  if (!query.data) {
    if (query.error) return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
    return <Loading />;
  }
  return (
    <div className="stack">
      {query.error && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      <Watched
        order={query.data}
        asked={asked}
        onPaid={() => {
          void query.refetch();
          void queries.invalidateQueries({ queryKey: ["chain"] });
        }}
      />
      <div className="actions">
        <Link className="button" href={`/retire?offer=${encodeURIComponent(query.data.quote.source_id)}`}>
          {isExpired(query.data) || query.data.state === "quoted" ? text.pay.again : words.back}
        </Link>
      </div>
    </div>
  );
}
