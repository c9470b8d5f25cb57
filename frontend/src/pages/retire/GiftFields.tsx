import { Field } from "../../components/Field";
import { text } from "../../strings/text";
import { readHolder } from "./retireForm";

const words = text.retire;

interface Props {
  /** The account that was typed, or null if the certificate goes to the buyer. */
  value: string | null;
  tried: boolean;
  onChange: (value: string | null) => void;
}

/** Whether the certificate is a gift, and to whom. */
export function GiftFields({ value, tried, onChange }: Props) {
  const isWrong = value !== null && (tried || value !== "") && readHolder(value) === null;
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={(event) => onChange(event.target.checked ? "" : null)}
        />
        {words.gift}
      </label>
      {value !== null && (
        <Field label={words.holder} hint={words.holderHint} error={isWrong ? words.errors.holder : undefined}>
          {(control) => (
            <input
              {...control}
              className="mono"
              value={value}
              onChange={(event) => onChange(event.target.value)}
              maxLength={60}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
      )}
    </>
  );
}
