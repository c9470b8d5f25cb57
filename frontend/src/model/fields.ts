/** Reading untrusted values field by field, collecting every error instead of stopping at the first. */

import { closeMatches } from "./closeMatches";
import { isPrintable, shown } from "./shown";
import { isList, isObject, type Json, type JsonObject } from "./strictJson";

const MOST_ERRORS = 20; // more help nobody, and each costs the reader time
const DECIMAL = /^(?:0|[1-9][0-9]{0,39})$/;
const HASH = /^0x[0-9a-f]{64}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with control characters
const ASCII = /^[\u0000-\u007f]*$/;

/** What is wrong with one field, where it is, and what would be right. */
export interface FieldError {
  readonly field: string;
  readonly problem: string;
  readonly expected: string;
}

/** A workload that cannot be read. `errors` holds the first problems found, in reading order. */
export class InvalidWorkload extends Error {
  override name = "InvalidWorkload";

  constructor(readonly errors: readonly FieldError[]) {
    super(
      errors.map(({ field, problem, expected }) => `${field}: ${problem}, expected ${expected}`).join("; "),
    );
  }
}

/** Text that names up to three known words close to `word`, or where to find the list. */
export function nearest(word: string, known: readonly string[]): string {
  const close = closeMatches(word.toLowerCase(), known, 3, 0.5);
  return `one of the catalogue${close.length > 0 ? `; did you mean ${close.join(", ")}?` : ""}`;
}

/** The first characters of a text, as people count them. */
export function beginning(text: string, most: number): string {
  return [...text].slice(0, most).join("");
}

/** One object of the input at `path`, and the first errors (shared with its children). */
export class Reader {
  constructor(
    readonly value: JsonObject,
    readonly path = "",
    readonly errors: FieldError[] = [],
  ) {}

  at(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  fail(name: string, problem: string, expected: string): undefined {
    if (!this.isFull) this.errors.push({ field: this.at(name), problem, expected });
  }

  /** Whether further errors are dropped. */
  get isFull(): boolean {
    return this.errors.length >= MOST_ERRORS;
  }

  has(name: string): boolean {
    return this.value.has(name);
  }

  /** Refuses members that are not known, with the nearest known name. */
  only(known: readonly string[]): void {
    for (const name of this.value.keys()) {
      if (known.includes(name)) continue;
      if (this.isFull) return;
      const shortened = beginning(name, 60);
      const [close] = closeMatches(shortened, known, 1, 0.6);
      const hint = close === undefined ? "" : `; did you mean ${close}?`;
      this.fail(shortened, "unknown field", `one of ${known.join(", ")}${hint}`);
    }
  }

  /** The value, or undefined where there is none, which is an error if it is required. */
  private get(name: string, required: boolean, expected: string): Json | undefined {
    const value = this.value.get(name);
    if (value === undefined && required) this.fail(name, "missing", expected);
    return value;
  }

  /** An integer in [low, high], given as a JSON integer or a decimal string. */
  whole(name: string, low: bigint, high: bigint, required: boolean): bigint | undefined {
    const value = this.get(name, required, `a whole number from ${low} to ${high}`);
    if (value === undefined) return undefined;
    const expected = `a whole number from ${low} to ${high}, as an integer or a decimal string`;
    const number = typeof value === "string" && DECIMAL.test(value) ? BigInt(value) : value;
    if (typeof number !== "bigint") return this.fail(name, `${shown(value)} is not a whole number`, expected);
    if (number < low || number > high) return this.fail(name, `${shown(number)} is out of range`, expected);
    return number;
  }

  /** Printable text of 1 to `longest` characters, in Unicode normal form C. */
  text(name: string, longest: number, required: boolean): string | undefined {
    const value = this.get(name, required, `text of 1 to ${longest} characters`);
    if (value === undefined) return undefined;
    const expected = `text of 1 to ${longest} printable characters`;
    if (typeof value !== "string") return this.fail(name, `${shown(value)} is not text`, expected);
    const length = [...value].length;
    if (length > 4 * longest) return this.fail(name, `${length} characters`, expected);
    const normal = value.normalize("NFC");
    const size = [...normal].length;
    if (size < 1 || size > longest) return this.fail(name, `${size} characters`, expected);
    // Every other space is refused as not printable.
    if (!isPrintable(normal) || !/[^ ]/.test(normal))
      return this.fail(name, "holds characters that cannot be printed", expected);
    return normal;
  }

  /**
   * A name of the catalogue in any case: ASCII text of 1 to `longest` characters. Checked as given: normal form and case
   * folding turn some other characters into ASCII (U+212A into K).
   */
  code(name: string, longest: number, required: boolean): string | undefined {
    const value = this.value.get(name);
    if (typeof value === "string" && !ASCII.test(value))
      return this.fail(
        name,
        "holds characters beyond ASCII",
        `1 to ${longest} ASCII characters, as in the catalogue`,
      );
    return this.text(name, longest, required);
  }

  /** One word of `choices`. */
  choice(name: string, choices: readonly string[], required: boolean): string | undefined {
    const expected = `one of ${choices.join(", ")}`;
    const value = this.get(name, required, expected);
    if (value === undefined) return undefined;
    if (typeof value !== "string" || !choices.includes(value))
      return this.fail(name, `${shown(value)} is not known`, expected);
    return value;
  }

  /** 0x and 64 hex digits, in lower case afterwards. */
  hash(name: string, required: boolean): string | undefined {
    const stated = this.text(name, 66, required)?.toLowerCase();
    if (stated === undefined || HASH.test(stated)) return stated;
    return this.fail(name, "not a hash", "0x and 64 hex digits: the hash of the contract's document");
  }

  /** The object at `name`, or undefined if absent or not an object. */
  child(name: string): Reader | undefined {
    const value = this.value.get(name);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Reader(value, this.at(name), this.errors);
    return this.fail(name, `${shown(value)} is not an object`, "a JSON object");
  }

  /** The objects of the list at `name`: 1 to `most` of them; none if absent. */
  children(name: string, most: number): Reader[] {
    const value = this.value.get(name);
    if (value === undefined) return [];
    const expected = `a list of 1 to ${most} objects`;
    if (!isList(value)) {
      this.fail(name, `${shown(value)} is not a list`, expected);
      return [];
    }
    if (value.length < 1 || value.length > most) {
      this.fail(name, `${value.length} entries`, expected);
      return [];
    }
    return value.flatMap((entry, index) => {
      if (isObject(entry)) return [new Reader(entry, `${this.at(name)}[${index}]`, this.errors)];
      this.fail(`${name}[${index}]`, `${shown(entry)} is not an object`, "a JSON object");
      return [];
    });
  }
}
