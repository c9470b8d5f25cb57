import type { Hex } from "viem";
import { readPayment } from "../../chain/deskPayment";
import { Hash } from "../../components/Hash";
import { QueryView } from "../../components/QueryView";
import { money } from "../../format";
import { useLedger } from "../../ledgerContext";
import { useChainRead } from "../../reads/useChainRead";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";

const words = claim.trail;

/** What was paid into the desk for a certificate, and what of it the seller got. */
export function DeskPayment({ order }: { order: Hex }) {
  const { config } = useLedger();
  const query = useChainRead(["payment", order], (client, from) => readPayment(client, from, order));
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(payment) => {
        const token = config.paymentTokens.find(
          ({ address }) => address.toLowerCase() === payment?.token.toLowerCase(),
        );
        const paid = payment && token && money(payment.paid, token);
        return (
          <>
            <p>
              {words.purchaseDesk} <Hash value={order} />
            </p>
            {paid && <p>{words.purchasePaid(paid)}</p>}
            {payment && <Hash value={payment.transaction} path="tx" />}
          </>
        );
      }}
    </QueryView>
  );
}
