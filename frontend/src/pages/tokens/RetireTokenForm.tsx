import { decimalText } from "../../amounts";
import type { HeldToken } from "../../chain/tokens";
import { FailureNotice } from "../../components/FailureNotice";
import type { RetiredToken } from "../../flows/retireToken";
import { carbon, mass } from "../../format";
import { text } from "../../strings/text";
import { AmountField, BeneficiaryField, ConfirmField } from "./RetirementFields";
import { RetireProgress } from "./RetireProgress";
import { GRAM_DECIMALS, nameError, readGrams } from "./tokenForm";
import { useFinalForm } from "./useFinalForm";

const words = text.tokens;

interface Props {
  held: HeldToken;
  onRetired: (retired: RetiredToken) => void;
}

/** Amount and beneficiary of one retirement, both final, and the steps of the wallet that make it. */
export function RetireTokenForm({ held, onRetired }: Props) {
  const form = useFinalForm(async (environment, onStage) => {
    const flow = await import("../../flows/retireToken");
    const request = { held, amountUg: amount.ug ?? 0n, beneficiary: form.beneficiary.trim() };
    return flow.retireToken(environment, request, onStage);
  }, onRetired);
  const { grams, beneficiary, sending, stage } = form;
  const amount = readGrams(grams, held.heldUg);
  const ready = amount.ug !== undefined && nameError(beneficiary) === undefined;

  return (
    <form className="stack-tight" onSubmit={form.submit} noValidate>
      <h2>{words.formTitle}</h2>
      <fieldset className="stack-tight" disabled={sending.isPending}>
        <AmountField
          hint={words.amountHint(mass(held.heldUg, "exact"))}
          error={amount.error}
          grams={grams}
          onChange={form.setGrams}
        />
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => form.setGrams(decimalText(held.heldUg, GRAM_DECIMALS))}
          >
            {words.all(mass(held.heldUg, "exact"))}
          </button>
        </div>
        <BeneficiaryField name={beneficiary} onChange={form.setBeneficiary} />
        {ready && amount.ug !== undefined && (
          <ConfirmField
            what={words.confirm(carbon(amount.ug, "exact"), held.symbol, held.listing.project)}
            name={beneficiary.trim()}
            understood={form.understood}
            onChange={form.setUnderstood}
          />
        )}
      </fieldset>
      {stage && <RetireProgress stage={stage} failed={sending.isError} />}
      {sending.error && <FailureNotice error={sending.error} />}
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={!ready || !form.canSend}>
          {words.action}
        </button>
      </div>
    </form>
  );
}
