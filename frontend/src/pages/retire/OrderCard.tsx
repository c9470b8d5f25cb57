import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Order } from "../../api/types";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { Notice } from "../../components/Notice";
import { isMinted } from "../../flows/watchOrder";
import { carbon } from "../../format";
import { text } from "../../strings/text";
import { FurtherParts } from "./FurtherParts";
import { OrderTimeline } from "./OrderTimeline";

const words = text.order;

/** An order on its way and at its end: timeline, what it waits for, and what one can do with the certificate. */
export function OrderCard({ order, children }: { order: Order; children?: ReactNode }) {
  const title = words.of(carbon(BigInt(order.quote.amount_ug), "exact"), order.quote.project);
  const said = order.waits_for ?? order.ended;
  return (
    <article className="card stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <p className="small soft break">{order.beneficiary_name}</p>
      <OrderTimeline order={order} />
      {said && (
        <Notice>
          <p>{said}</p>
        </Notice>
      )}
      {order.error && (
        <Notice kind="bad">
          <p>{order.error.detail}</p>
        </Notice>
      )}
      {order.desk ? (
        <dl className="facts">
          <Fact name={words.deskId}>
            <Hash value={order.desk.id} />
          </Fact>
        </dl>
      ) : (
        <p className="hint">{words.unpaid}</p>
      )}
      {children}
      {isMinted(order) && order.certificate && (
        <div className="actions">
          <Link className="button button-primary" href={`/certificate/${order.certificate}`}>
            {words.view}
          </Link>
          <Link className="button" href={`/retire?certificate=${order.certificate}#allocate`}>
            {words.allocate}
          </Link>
          <a className="button" href={`/v1/orders/${encodeURIComponent(order.id)}/receipt.pdf`} download>
            {words.receipt}
          </a>
        </div>
      )}
      <FurtherParts order={order} />
    </article>
  );
}
