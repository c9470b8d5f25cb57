/** The JSON behind `tokenURI`, as far as the page shows it. */
export interface TokenMetadata {
  name: string;
  description: string;
  /** A data URI of an SVG that the contract drew, or empty. */
  image: string;
}

const SVG = /^data:image\/svg\+xml(?:;charset=[\w-]+)?(?:;base64)?,/;

function decodeJsonUri(uri: string): unknown {
  const match = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,([\s\S]*)$/.exec(uri);
  if (match === null) throw new Error("tokenURI is not a JSON data URI");
  const body = match[2] ?? "";
  if (!match[1]) return JSON.parse(decodeURIComponent(body));
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * Reads a token's metadata. An image that is not an SVG data URI is left out, so that the page asks no foreign host.
 * What an SVG may do is bounded by showing it as an image: there it runs no script and loads nothing.
 */
export function parseTokenUri(uri: string): TokenMetadata {
  const raw = decodeJsonUri(uri) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const image = text(raw.image);
  return { name: text(raw.name), description: text(raw.description), image: SVG.test(image) ? image : "" };
}
