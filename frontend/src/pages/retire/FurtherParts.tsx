import { Link } from "wouter";
import type { Order } from "../../api/types";
import { short } from "../../format";
import { text } from "../../strings/text";

const words = text.order.further;

/** Certificates of the parts beyond the paid one, if the market split the purchase over several projects. */
export function FurtherParts({ order }: { order: Order }) {
  if (!order.further?.length) return null;
  return (
    <section className="stack-tight" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p className="small soft">{words.note}</p>
      <ul className="plain-list">
        {order.further.map(({ certificate, problem }) => (
          <li key={certificate ?? problem ?? "waiting"}>
            {certificate ? (
              <Link href={`/certificate/${certificate}`} className="mono">
                {short(certificate)}
              </Link>
            ) : (
              (problem ?? words.waiting)
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
