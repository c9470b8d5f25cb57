import type { Address, Hex } from "viem";
import { DESK_STATE, type PaidOrder, readDeskState, readPaidOrders } from "../../chain/desk";
import { useChainQuery } from "../../chain/useChainQuery";
import { Hash } from "../../components/Hash";
import { QueryView } from "../../components/QueryView";
import { carbon } from "../../format";
import { text } from "../../strings/text";
import { DeskPayment } from "./DeskPayment";

const words = text.order;

interface Props {
  desk: Address;
  /** Whose payments, or which one: its id lets anyone look it up. */
  of: { payer: Address } | { id: Hex };
}

/** Open payments in the desk. They need no backend: the chain knows every field of them. */
export function DeskPayments({ desk, of }: Props) {
  const query = useChainQuery(["desk-payments", "id" in of ? of.id : of.payer], async (client, config) => {
    const paid = await readPaidOrders(client, config, desk, of);
    const states = await Promise.all(paid.map(({ id }) => readDeskState(client, desk, id)));
    return paid.filter((_, index) => states[index] === DESK_STATE.open).reverse();
  });
  return (
    <section className="card" aria-labelledby="at-desk">
      <h2 id="at-desk">{words.atDesk}</h2>
      <p className="soft small">{words.atDeskLead}</p>
      <QueryView query={query} failed={text.status.readFailed}>
        {(list: readonly PaidOrder[]) =>
          list.length === 0 ? (
            <p className="soft">{words.atDeskNone}</p>
          ) : (
            <ul className="plain-list stack-tight">
              {list.map(({ id, order }) => (
                <li key={id}>
                  <p>
                    {words.of(carbon(order.amount_ug, "exact"), order.project)} <Hash value={id} />
                  </p>
                  <DeskPayment desk={desk} id={id} order={order} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
