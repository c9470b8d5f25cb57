import { short } from "../format";

const MOST_CHARACTERS = 24;
/** What is not seen, or changes how its surroundings are read: controls, formats, directions, private use, separators. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{M}]/gu;

/** A token's own word for itself, made safe to show; its address where it says nothing that can be read. */
export function readableSymbol(symbol: string | undefined, token: string): string {
  const seen = (symbol ?? "").normalize("NFC").replace(UNSEEN, "").replace(/\s+/g, " ").trim();
  const characters = [...seen];
  if (characters.length === 0) return short(token);
  return characters.length > MOST_CHARACTERS
    ? `${characters.slice(0, MOST_CHARACTERS).join("")}…`
    : characters.join("");
}
