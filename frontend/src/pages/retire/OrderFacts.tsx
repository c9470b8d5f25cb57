import { isAddressEqual } from "viem";
import type { Order } from "../../api/types";
import { type DeskOrder, readDeskOrder } from "../../chain/deskOrder";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import type { PaymentToken } from "../../config";
import { carbon, day, dollars, money } from "../../format";
import { text } from "../../strings/text";

const words = text.pay;

interface Props {
  order: Order;
  token: PaymentToken | undefined;
}

function Price({ order, desk, token }: Props & { desk: DeskOrder }) {
  const { quote } = order;
  return (
    <>
      <Fact name={words.price}>{text.retire.perTonne(dollars(quote.price_usd_per_tonne))}</Fact>
      <Fact name={words.cost}>{dollars(quote.cost_usd)}</Fact>
      <Fact name={words.fee}>{dollars(quote.fee_usd)}</Fact>
      <Fact name={words.total}>
        <strong>{token ? money(desk.price, token) : desk.price.toString()}</strong>
      </Fact>
      <Fact name={words.deadline}>{words.deadlineText(day(desk.deadline))}</Fact>
    </>
  );
}

/** All that stands in an order, as it will be paid. */
export function OrderFacts({ order, token }: Props) {
  const { quote } = order;
  const desk = order.desk ? readDeskOrder(order.desk.order) : null;
  return (
    <dl className="facts">
      <Fact name={words.amount}>{carbon(BigInt(quote.amount_ug), "exact")}</Fact>
      <Fact name={words.project}>
        {quote.name} <span className="mono">{quote.project}</span>, {quote.vintage}
      </Fact>
      <Fact name={words.beneficiary}>
        <strong>{order.beneficiary_name}</strong>
      </Fact>
      <Fact name={words.reason}>{order.message}</Fact>
      {desk && (
        <Fact name={words.holder}>
          {isAddressEqual(desk.holder, desk.payer) ? (
            words.toYou
          ) : (
            <Hash value={desk.holder} path="address" full />
          )}
        </Fact>
      )}
      {desk && <Price order={order} desk={desk} token={token} />}
    </dl>
  );
}
