/** JSON text read strictly: what two readers could understand differently is refused. Whole numbers are bigints. */

export const MAX_BYTES = 1_048_576;
const MAX_DIGITS = 40;
const MAX_DEPTH = 32;

/** An object keeps the order of its members, which a plain object would not do for names such as "1". */
export type JsonObject = ReadonlyMap<string, Json>;
/** A JSON value. A number with a fraction or an exponent is a `number` and is refused by whoever reads the field. */
export type Json = string | bigint | number | boolean | null | readonly Json[] | JsonObject;

/** The text is not JSON that everyone reads alike. The message says what and where. */
export class InvalidJson extends Error {
  override name = "InvalidJson";
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has them escaped only
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const LONE_SURROGATE = /\p{Cs}/u;
const CONSTANT = /NaN|-?Infinity/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.value(0);
    this.skip();
    if (this.at < this.text.length) this.fail("more text after the end");
    return value;
  }

  private fail(problem: string): never {
    const before = this.text.slice(0, this.at).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    throw new InvalidJson(`not JSON: ${problem} at line ${before.length}, column ${column}`);
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private skip(): void {
    this.take(SPACE);
  }

  /** Whether this character comes next, which is then passed. */
  private passes(character: string): boolean {
    this.skip();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private value(depth: number): Json {
    this.skip();
    const first = this.text[this.at];
    if (first === "{") return this.object(depth + 1);
    if (first === "[") return this.list(depth + 1);
    if (first === '"') return this.string();
    return this.number() ?? this.word();
  }

  private open(depth: number): void {
    if (depth > MAX_DEPTH) throw new InvalidJson(`nested deeper than ${MAX_DEPTH} levels`);
    this.at += 1;
  }

  private object(depth: number): JsonObject {
    this.open(depth);
    const members = new Map<string, Json>();
    if (this.passes("}")) return members;
    do {
      this.skip();
      const key = this.string();
      if (members.has(key))
        throw new InvalidJson(`duplicate key '${key.slice(0, 60)}': expected every key once`);
      if (!this.passes(":")) this.fail("expected ':'");
      members.set(key, this.value(depth));
    } while (this.passes(","));
    if (!this.passes("}")) this.fail("expected ',' or '}'");
    return members;
  }

  private list(depth: number): readonly Json[] {
    this.open(depth);
    const items: Json[] = [];
    if (this.passes("]")) return items;
    do items.push(this.value(depth));
    while (this.passes(","));
    if (!this.passes("]")) this.fail("expected ',' or ']'");
    return items;
  }

  private string(): string {
    const found = this.take(STRING);
    if (!found) return this.fail("expected a text in double quotes");
    const value = JSON.parse(found[0]) as string;
    if (LONE_SURROGATE.test(value))
      throw new InvalidJson("text with half a surrogate pair: expected valid Unicode");
    return value;
  }

  private number(): bigint | number | null {
    const constant = this.take(CONSTANT);
    if (constant) throw new InvalidJson(`${constant[0]} is not JSON: expected a finite number`);
    const found = this.take(NUMBER);
    if (!found) return null;
    const [all, whole = "", fraction, exponent] = found;
    if (fraction !== undefined || exponent !== undefined) return Number(all);
    if (whole.length > MAX_DIGITS)
      throw new InvalidJson(`number with ${whole.length} digits: expected at most ${MAX_DIGITS}`);
    return BigInt(whole);
  }

  private word(): Json {
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.fail("expected a value");
  }
}

/**
 * Parses JSON of at most `maxBytes` (default 1 MiB), in UTF-8.
 *
 * Refuses duplicate keys, NaN, infinities, numbers beyond 40 digits, lone surrogates and deep nesting. Throws InvalidJson.
 */
export function loadsStrict(bytes: Uint8Array, maxBytes: number = MAX_BYTES): Json {
  if (bytes.length > maxBytes)
    throw new InvalidJson(`${bytes.length} bytes of JSON: expected at most ${maxBytes}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidJson("not UTF-8 text");
  }
  return new Parser(text).whole();
}
