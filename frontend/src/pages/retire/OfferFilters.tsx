import { useId } from "react";
import { text } from "../../strings/text";
import { type FilterChoices, filterErrors, type OfferFilter } from "./offerFilter";

const words = text.retire.filters;

interface Props {
  filter: OfferFilter;
  choices: FilterChoices;
  onChange: (filter: OfferFilter) => void;
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  // A wish from the address that no offer meets any more stays visible, so that it can be taken back.
  const all = value === "" || options.includes(value) ? options : [value, ...options];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{words.any}</option>
        {all.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

interface NumberProps extends Omit<SelectProps, "options"> {
  error: string | undefined;
}

function NumberField({ label, value, error, onChange }: NumberProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        maxLength={12}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={error && `${id}-error`}
      />
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** What to see of the offers. Filters that nothing could be chosen for are left out. */
export function OfferFilters({ filter, choices, onChange }: Props) {
  const errors = filterErrors(filter);
  const set = (change: Partial<OfferFilter>) => onChange({ ...filter, ...change });
  const toggled = (label: string) =>
    filter.labels.includes(label) ? filter.labels.filter((one) => one !== label) : [...filter.labels, label];
  return (
    <details className="filters" open>
      <summary>{words.title}</summary>
      <div className="filter-fields">
        <Select
          label={words.registry}
          value={filter.registry}
          options={choices.registries}
          onChange={(registry) => set({ registry })}
        />
        {choices.kinds.length > 0 && (
          <Select
            label={words.kind}
            value={filter.kind}
            options={choices.kinds}
            onChange={(kind) => set({ kind })}
          />
        )}
        <Select
          label={words.country}
          value={filter.country}
          options={choices.countries}
          onChange={(country) => set({ country })}
        />
        <NumberField
          label={words.vintageFrom}
          value={filter.vintageFrom}
          error={errors.vintageFrom}
          onChange={(vintageFrom) => set({ vintageFrom })}
        />
        <NumberField
          label={words.vintageTo}
          value={filter.vintageTo}
          error={errors.vintageTo}
          onChange={(vintageTo) => set({ vintageTo })}
        />
        <NumberField
          label={words.maxPrice}
          value={filter.maxPrice}
          error={errors.maxPrice}
          onChange={(maxPrice) => set({ maxPrice })}
        />
      </div>
      <div className="choice-row">
        <label className="check">
          <input
            type="checkbox"
            checked={filter.exPost}
            onChange={(event) => set({ exPost: event.target.checked })}
          />
          {words.exPost}
        </label>
        {choices.labels.map((label) => (
          <label className="check" key={label}>
            <input
              type="checkbox"
              checked={filter.labels.includes(label)}
              onChange={() => set({ labels: toggled(label) })}
            />
            {words.label(label)}
          </label>
        ))}
      </div>
    </details>
  );
}
