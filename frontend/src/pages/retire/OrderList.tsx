import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { getOrders } from "../../api/gateway";
import { QueryView } from "../../components/QueryView";
import { carbon, moment } from "../../format";
import { text } from "../../strings/text";

const words = text.order;

/** The account's orders, newest first, each with a link to where it is watched. */
export function OrderList({ account }: { account: string }) {
  const orders = useQuery({ queryKey: ["backend", "mine", "orders", account], queryFn: getOrders });
  return (
    <section className="card" aria-labelledby="orders">
      <h2 id="orders">{words.mine}</h2>
      <QueryView query={orders} failed={text.status.askFailed}>
        {(list) =>
          list.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            <ul className="plain-list order-list">
              {list.map((order) => (
                <li key={order.id}>
                  <Link href={`/retire?order=${encodeURIComponent(order.id)}`}>
                    {words.of(carbon(BigInt(order.quote.amount_ug), "exact"), order.quote.project)}
                  </Link>
                  <span className="small soft break">{order.beneficiary_name}</span>
                  <span className="small soft">
                    {words.states[order.state]} · {moment(Number(order.created_at))}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
