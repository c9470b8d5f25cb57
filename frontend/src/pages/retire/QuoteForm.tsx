import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Address } from "viem";
import { type BaseUnits, decimalText, smaller } from "../../amounts";
import { postQuote, type QuoteRequest } from "../../api/gateway";
import type { Project, Quote } from "../../api/types";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import type { PaymentToken } from "../../config";
import { mass } from "../../format";
import { text } from "../../strings/text";
import { GiftFields } from "./GiftFields";
import {
  beneficiaryError,
  inSteps,
  KILOGRAM_DECIMALS,
  readAmount,
  readHolder,
  reasonError,
  smallestUg,
} from "./retireForm";

const words = text.retire;

interface Props {
  project: Project;
  tokens: readonly PaymentToken[];
  /** What the person's attestations still lack, in ug. */
  lackingUg: BaseUnits;
  /** Signed in account, or null while no quote can be asked for. */
  account: Address | null;
  onQuote: (quote: Quote, asked: QuoteRequest) => void;
}

/** Amount, beneficiary, reason and who gets the certificate: all that stands in the order for good, before its price. */
export function QuoteForm({ project, tokens, lackingUg, account, onQuote }: Props) {
  const [kilograms, setKilograms] = useState("");
  const [beneficiary, setBeneficiary] = useState("");
  const [reason, setReason] = useState("");
  const [token, setToken] = useState(tokens[0]?.address);
  const [gift, setGift] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const amount = readAmount(kilograms, project);
  const holder = gift === null ? account : readHolder(gift);
  const errors = { beneficiary: beneficiaryError(beneficiary), reason: reasonError(reason) };
  const suggestion = inSteps(smaller(lackingUg, BigInt(project.available_ug)), project);
  const quote = useMutation({ mutationFn: postQuote, onSuccess: onQuote });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (amount.ug === undefined || errors.beneficiary || errors.reason || !holder || !token) return;
    quote.mutate({
      sourceId: project.source_id,
      amountUg: amount.ug,
      token,
      beneficiary: beneficiary.trim(),
      reason: reason.trim(),
      holder,
    });
  }

  return (
    <form className="stack-tight" onSubmit={submit} noValidate>
      <Field
        label={words.amount}
        hint={words.amountHint(
          mass(smallestUg(project), "exact"),
          mass(BigInt(project.available_ug), "exact"),
        )}
        error={tried || kilograms !== "" ? amount.error : undefined}
      >
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            value={kilograms}
            onChange={(event) => setKilograms(event.target.value)}
            maxLength={40}
            autoComplete="off"
          />
        )}
      </Field>
      {suggestion > 0n && (
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => setKilograms(decimalText(suggestion, KILOGRAM_DECIMALS))}
          >
            {words.fillUncovered(mass(suggestion, "exact"))}
          </button>
        </div>
      )}
      <Notice kind="warn">
        <p className="small">{words.forEver}</p>
      </Notice>
      <Field
        label={words.beneficiary}
        hint={words.beneficiaryHint}
        error={tried || beneficiary !== "" ? errors.beneficiary : undefined}
      >
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
      <Field
        label={words.reason}
        hint={words.reasonHint}
        error={tried || reason !== "" ? errors.reason : undefined}
      >
        {(control) => (
          <input
            {...control}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={1_000}
            autoComplete="off"
          />
        )}
      </Field>
      <GiftFields value={gift} tried={tried} onChange={setGift} />
      {tokens.length > 1 && (
        <Field label={words.token}>
          {(control) => (
            <select {...control} value={token} onChange={(event) => setToken(event.target.value as Address)}>
              {tokens.map(({ address, symbol }) => (
                <option key={address} value={address}>
                  {symbol}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {quote.error && <FailureNotice error={quote.error} />}
      {account === null && <p className="hint">{words.needsAccess}</p>}
      <div className="actions">
        <button
          type="submit"
          className="button button-primary"
          disabled={account === null || quote.isPending}
        >
          {quote.isPending ? words.quoting : words.quote}
        </button>
      </div>
    </form>
  );
}
