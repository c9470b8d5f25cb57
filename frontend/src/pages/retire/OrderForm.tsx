import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { postOrder } from "../../api/gateway";
import type { Order, Quote } from "../../api/types";
import { Fact } from "../../components/Fact";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { carbon, dollars, moment } from "../../format";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";
import { beneficiaryError, messageError } from "./retireForm";

const words = text.retire;

/** The quote, in whose name it is retired, and the order. Says first that free text is public for ever. */
export function OrderForm({ quote, onOrder }: { quote: Quote; onOrder: (order: Order) => void }) {
  const { config } = useLedger();
  const [beneficiary, setBeneficiary] = useState("");
  const [message, setMessage] = useState("");
  const [tried, setTried] = useState(false);
  const errors = { beneficiary: beneficiaryError(beneficiary), message: messageError(message) };
  const order = useMutation({
    mutationFn: () => postOrder(quote.id, beneficiary.trim(), message.trim()),
    onSuccess: onOrder,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!errors.beneficiary && !errors.message) order.mutate();
  }

  return (
    <form className="stack" onSubmit={submit} noValidate>
      <dl className="facts">
        <Fact name={words.amountOf}>{carbon(BigInt(quote.amount_ug))}</Fact>
        <Fact name={words.cost}>
          <strong>{dollars(quote.cost_usd)}</strong>
        </Fact>
        <Fact name={words.price}>{words.perTonne(dollars(quote.price_usd_per_tonne))}</Fact>
        <Fact name={words.validUntil}>{moment(Number(quote.expires_at))}</Fact>
      </dl>
      {config.devWallet && <p className="hint">{words.localOnly}</p>}
      <h3>{words.detailsTitle}</h3>
      <Notice kind="warn">
        <p className="small">{words.forEver}</p>
      </Notice>
      <Field label={words.beneficiary} error={tried || beneficiary !== "" ? errors.beneficiary : undefined}>
        {(control) => (
          <input
            {...control}
            value={beneficiary}
            onChange={(event) => setBeneficiary(event.target.value)}
            maxLength={120}
            autoComplete="organization"
          />
        )}
      </Field>
      <Field label={words.message} error={tried || message !== "" ? errors.message : undefined}>
        {(control) => (
          <textarea
            {...control}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
            maxLength={1_000}
          />
        )}
      </Field>
      {order.error && <FailureNotice error={order.error} />}
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={order.isPending}>
          {order.isPending ? words.ordering : words.order}
        </button>
      </div>
    </form>
  );
}
