import { useState } from "react";
import { MAX_CARBON_UG, UG_PER_TONNE } from "../../amounts";
import { readQuote, type Sale } from "../../chain/tokenSales";
import { useChainQuery } from "../../chain/useChainQuery";
import { Fact } from "../../components/Fact";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { maxPriceOf } from "../../flows/buyPrice";
import type { RetiredToken } from "../../flows/retireToken";
import { carbon, money } from "../../format";
import { text } from "../../strings/text";
import { AmountField, BeneficiaryField, ConfirmField } from "./RetirementFields";
import { RetireProgress } from "./RetireProgress";
import { nameError, readGrams } from "./tokenForm";
import { useFinalForm } from "./useFinalForm";

const words = text.tokens;

interface Props {
  sale: Sale;
  onRetired: (retired: RetiredToken) => void;
}

/** Amount, payment and beneficiary of one purchase that is retired at once, with the price as the protocol has it now. */
export function BuyTokenForm({ sale, onRetired }: Props) {
  const { token: held, payments } = sale;
  const [address, setAddress] = useState<string>(payments[0]?.address ?? "");
  const [agreed, setAgreed] = useState<bigint>();
  const payment = payments.find((one) => one.address === address);
  const form = useFinalForm(async (environment, onStage) => {
    if (!payment || agreed === undefined || amount.ug === undefined) throw new Error(words.noPrice);
    const flow = await import("../../flows/buyToken");
    const beneficiary = form.beneficiary.trim();
    const request = { held, payment, amountUg: amount.ug, beneficiary, maxPrice: agreed };
    return flow.buyToken(environment, request, onStage);
  }, onRetired);
  const { grams, beneficiary, sending, stage } = form;
  const amount = readGrams(grams, MAX_CARBON_UG);
  const quote = useChainQuery(
    ["token-quote", held.adapter.address, held.token, address, String(amount.ug)],
    (client) => readQuote(client, held, amount.ug ?? 0n, payment?.address ?? "0x"),
    amount.ug !== undefined && payment !== undefined,
  );
  // What was confirmed stays the most that is paid, however the price moves after it.
  const maxPrice = form.understood ? agreed : quote.data === undefined ? undefined : maxPriceOf(quote.data);
  const tooDear = payment !== undefined && maxPrice !== undefined && payment.balance < maxPrice;
  const ready =
    amount.ug !== undefined && maxPrice !== undefined && !tooDear && nameError(beneficiary) === undefined;

  function confirm(understood: boolean) {
    setAgreed(maxPrice);
    form.setUnderstood(understood);
  }

  return (
    <form className="stack-tight" onSubmit={form.submit} noValidate>
      <fieldset className="stack-tight" disabled={sending.isPending}>
        <AmountField hint={words.buyHint} error={amount.error} grams={grams} onChange={form.setGrams} />
        <Field label={words.payIn}>
          {(control) => (
            <select
              {...control}
              value={address}
              onChange={(event) => form.edit(setAddress)(event.target.value)}
            >
              {payments.map((one) => (
                <option key={one.address} value={one.address}>
                  {words.payWith(one.symbol, money(one.balance, one))}
                </option>
              ))}
            </select>
          )}
        </Field>
        {payment && amount.ug !== undefined && quote.data !== undefined && maxPrice !== undefined && (
          <dl className="facts">
            <Fact name={words.price}>
              <strong>{money(quote.data, payment)}</strong>
            </Fact>
            <Fact name={words.perTonne}>{money((quote.data * UG_PER_TONNE) / amount.ug, payment)}</Fact>
            <Fact name={words.maxPrice}>{money(maxPrice, payment)}</Fact>
          </dl>
        )}
        {amount.ug !== undefined && quote.isError && (
          <Notice kind="bad">
            <p>{words.noPrice}</p>
          </Notice>
        )}
        {tooDear && payment && (
          <Notice kind="bad">
            <p>{words.tooDear(payment.symbol)}</p>
          </Notice>
        )}
        <BeneficiaryField name={beneficiary} onChange={form.setBeneficiary} />
        {ready && payment && amount.ug !== undefined && maxPrice !== undefined && (
          <ConfirmField
            what={words.confirmBuy(
              carbon(amount.ug, "exact"),
              held.symbol,
              held.listing.project,
              money(maxPrice, payment),
            )}
            name={beneficiary.trim()}
            understood={form.understood}
            onChange={confirm}
          >
            <p className="small soft">{words.maxPriceNote}</p>
          </ConfirmField>
        )}
      </fieldset>
      {stage && <RetireProgress stage={stage} failed={sending.isError} />}
      {sending.error && <FailureNotice error={sending.error} />}
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={!ready || !form.canSend}>
          {words.buyAction}
        </button>
      </div>
    </form>
  );
}
