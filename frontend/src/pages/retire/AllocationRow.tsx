import { decimalText } from "../../amounts";
import type { OwnAttestation } from "../../chain/accountView";
import { Field } from "../../components/Field";
import { uncoveredUg } from "../../flows/allocationAmounts";
import { day, mass } from "../../format";
import { text } from "../../strings/text";
import { OTHER, type RowInput, type RowRead } from "./allocateForm";
import { KILOGRAM_DECIMALS } from "./retireForm";

const words = text.allocate;
/** More than this cannot be looked through in a list: older ones are named by their ids. */
const MOST_LISTED = 200;

interface Props {
  number: number;
  row: RowInput;
  read: RowRead;
  /** Own attestations that still lack something, newest first. */
  lacking: readonly OwnAttestation[];
  /** The own attestation that is chosen, if one is. */
  chosen: OwnAttestation | undefined;
  onChange: (row: RowInput) => void;
  /** Takes the row out; not there for the only one. */
  onRemove: (() => void) | undefined;
}

/** Attestation and amount of one allocation. */
export function AllocationRow({ number, row, read, lacking, chosen, onChange, onRemove }: Props) {
  const set = (change: Partial<RowInput>) => onChange({ ...row, ...change });
  const newest = lacking.slice(0, MOST_LISTED);
  // What is chosen stays in sight when it is covered meanwhile, or was the newest of many.
  const listed = chosen && !newest.includes(chosen) ? [...newest, chosen] : newest;
  return (
    <fieldset className="stack-tight">
      <legend className={onRemove ? "legend" : "visually-hidden"}>{words.row(number)}</legend>
      <Field
        label={words.attestation}
        error={row.target === OTHER ? undefined : read.idError}
        {...(lacking.length > MOST_LISTED ? { hint: words.listed(MOST_LISTED) } : {})}
      >
        {(control) => (
          <select {...control} value={row.target} onChange={(event) => set({ target: event.target.value })}>
            {listed.map(({ id, footprint, state }) => (
              <option key={id} value={id}>
                {words.attestationOption(
                  text.attestation.between(day(footprint.period_start), day(footprint.period_end)),
                  mass(uncoveredUg(state), "down"),
                )}
              </option>
            ))}
            <option value={OTHER}>{words.other}</option>
          </select>
        )}
      </Field>
      {row.target === OTHER && (
        <Field label={words.otherId} error={read.idError}>
          {(control) => (
            <input
              {...control}
              className="mono"
              value={row.otherId}
              onChange={(event) => set({ otherId: event.target.value })}
              maxLength={80}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      <Field label={words.amount} error={read.amountError}>
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            value={row.kilograms}
            onChange={(event) => set({ kilograms: event.target.value })}
            maxLength={40}
            autoComplete="off"
          />
        )}
      </Field>
      <div className="actions">
        {read.mostUg > 0n && (
          <button
            type="button"
            className="button"
            onClick={() => set({ kilograms: decimalText(read.mostUg, KILOGRAM_DECIMALS) })}
          >
            {words.most(mass(read.mostUg, "exact"))}
          </button>
        )}
        {onRemove && (
          <button type="button" className="button button-quiet" onClick={onRemove}>
            {words.remove}
          </button>
        )}
      </div>
    </fieldset>
  );
}
