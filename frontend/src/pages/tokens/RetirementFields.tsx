import type { ReactNode } from "react";
import { byteLength } from "../../amounts";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { text } from "../../strings/text";
import { MOST_BENEFICIARY_BYTES, nameError } from "./tokenForm";

const words = text.tokens;

interface AmountProps {
  hint: string;
  error: string | undefined;
  grams: string;
  onChange: (grams: string) => void;
}

/** Grams to retire. */
export function AmountField({ hint, error, grams, onChange }: AmountProps) {
  return (
    <Field label={words.amount} hint={hint} error={grams === "" ? undefined : error}>
      {(control) => (
        <input
          {...control}
          inputMode="decimal"
          value={grams}
          onChange={(event) => onChange(event.target.value)}
          maxLength={40}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

/** In whose name it is retired, after the warning that it is public for ever. */
export function BeneficiaryField({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  return (
    <>
      <Notice kind="warn">
        <p className="small">{words.forEver}</p>
      </Notice>
      <Field
        label={words.beneficiary}
        hint={words.beneficiaryHint(byteLength(name.trim()), MOST_BENEFICIARY_BYTES)}
        error={name === "" ? undefined : nameError(name)}
      >
        {(control) => (
          <input
            {...control}
            value={name}
            onChange={(event) => onChange(event.target.value)}
            maxLength={120}
            autoComplete="organization"
          />
        )}
      </Field>
    </>
  );
}

interface ConfirmProps {
  /** What will happen, in one sentence. */
  what: string;
  name: string;
  understood: boolean;
  onChange: (understood: boolean) => void;
  children?: ReactNode;
}

/** What is final, shown once more, and the person's word that it is right. */
export function ConfirmField({ what, name, understood, onChange, children }: ConfirmProps) {
  return (
    <div className="stack-tight">
      <h3>{words.confirmTitle}</h3>
      <p>{what}</p>
      <p className="break">
        <strong>{name}</strong>
      </p>
      {children}
      <p className="small soft">{words.final}</p>
      <label className="choice">
        <input type="checkbox" checked={understood} onChange={(event) => onChange(event.target.checked)} />{" "}
        {words.understood}
      </label>
    </div>
  );
}
