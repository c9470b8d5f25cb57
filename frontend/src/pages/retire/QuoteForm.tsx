import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type BaseUnits, decimalText, smaller } from "../../amounts";
import { postQuote } from "../../api/gateway";
import type { Project, Quote } from "../../api/types";
import { FailureNotice } from "../../components/FailureNotice";
import { Field } from "../../components/Field";
import { mass } from "../../format";
import { text } from "../../strings/text";
import { KILOGRAM_DECIMALS, readAmount } from "./retireForm";

const words = text.retire;

interface Props {
  project: Project;
  /** What the person's attestations still lack, in ug. */
  lackingUg: BaseUnits;
  enabled: boolean;
  onQuote: (quote: Quote) => void;
}

/** Amount of one project, and the marketplace's quote for it. */
export function QuoteForm({ project, lackingUg, enabled, onQuote }: Props) {
  const [kilograms, setKilograms] = useState("");
  const [tried, setTried] = useState(false);
  const read = readAmount(kilograms, project);
  const suggestion = smaller(lackingUg, BigInt(project.available_ug));
  const quote = useMutation({
    mutationFn: (amountUg: BaseUnits) => postQuote(project.source_id, amountUg),
    onSuccess: onQuote,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (read.ug !== undefined && enabled) quote.mutate(read.ug);
  }

  return (
    <form className="stack-tight" onSubmit={submit} noValidate>
      <Field
        label={words.amount}
        hint={words.amountHint(mass(BigInt(project.minimum_ug)), mass(BigInt(project.available_ug)))}
        error={tried || kilograms !== "" ? read.error : undefined}
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
      {quote.error && <FailureNotice error={quote.error} />}
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={!enabled || quote.isPending}>
          {quote.isPending ? words.quoting : words.quote}
        </button>
        {suggestion > 0n && (
          <button
            type="button"
            className="button"
            onClick={() => setKilograms(decimalText(suggestion, KILOGRAM_DECIMALS))}
          >
            {words.fillUncovered(mass(suggestion))}
          </button>
        )}
      </div>
    </form>
  );
}
