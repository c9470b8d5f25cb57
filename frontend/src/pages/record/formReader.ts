import { decimalText } from "../../amounts";
import { type RecordName, RULES } from "../../model/rules";
import { grouped } from "../../numerals";
import { text } from "../../strings/text";
import { parseDecimal } from "../../typedDecimal";

const words = text.record.errors;

/** The smallest and the largest value that the model takes for a field, in its base unit. */
export function boundsOf(record: RecordName, field: string): { low: bigint; high: bigint } {
  const rule = RULES[record][field];
  if (rule?.is !== "whole") throw new Error(`${record}.${field} is not a number of the model`);
  return rule;
}

/** A bound as people write it: "20,000". */
export function shownBound(value: bigint, decimals = 0): string {
  return grouped(decimalText(value, decimals));
}

export interface NumberField {
  /** Digits between the unit of the form and the base unit of the model. */
  decimals: number;
  low: bigint;
  high: bigint;
  required?: boolean;
  /** Said of what is too small, where there is something better to say than the bounds. */
  tooSmall?: string;
}

/** Collects the errors of a form, so that each field is judged once and all of them are shown. */
export class FormReader<Form extends object> {
  readonly errors: Partial<Record<keyof Form, string>> = {};

  constructor(private readonly form: Form) {}

  private typed(key: keyof Form): string {
    return String(this.form[key]);
  }

  /** A number in base units; undefined where there is none, or none that can be used. */
  number(key: keyof Form, field: NumberField): bigint | undefined {
    const { decimals, low, high, required = false, tooSmall } = field;
    const parsed = parseDecimal(this.typed(key), decimals);
    if (!parsed.ok && parsed.problem === "empty") {
      if (required) this.errors[key] = words.required;
      return undefined;
    }
    if (parsed.ok && parsed.value >= low && parsed.value <= high) return parsed.value;
    this.errors[key] = this.problem(parsed, field, tooSmall);
    return undefined;
  }

  private problem(parsed: ReturnType<typeof parseDecimal>, field: NumberField, tooSmall?: string): string {
    const { decimals, low, high } = field;
    const between = words.between(shownBound(low, decimals), shownBound(high, decimals));
    if (parsed.ok) return parsed.value < low ? (tooSmall ?? between) : between;
    if (parsed.problem === "too-large") return between;
    return parsed.problem === "too-precise" ? words.precise(decimals) : words.number;
  }

  /** One of a list; empty where none was chosen, which is an error. */
  choice(key: keyof Form): string {
    if (this.typed(key) === "") this.errors[key] = words.required;
    return this.typed(key);
  }

  /** The start of a day in UTC, Unix seconds. */
  day(key: keyof Form): number | undefined {
    const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(this.typed(key))
      ? Date.parse(`${this.typed(key)}T00:00:00Z`)
      : Number.NaN;
    if (!Number.isNaN(milliseconds)) return milliseconds / 1000;
    this.errors[key] = words.required;
    return undefined;
  }
}
