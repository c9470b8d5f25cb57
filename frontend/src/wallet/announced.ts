/** What a wallet says of itself (EIP-6963). Any extension may announce anything, so nothing of it is taken as it is. */
export interface Announced {
  /** Reverse domain name, such as "io.metamask". */
  id: string;
  name: string;
  icon?: string | undefined;
}

const MAX_NAME_CHARACTERS = 40;
/** Icons are some kilobytes; a picture of 96 KiB is more than anybody needs at 28 px. */
const MAX_ICON_CHARACTERS = 131_072;
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;
/** Control and format characters, such as those that turn the direction of writing. */
const INVISIBLE = /\p{C}/gu;

/**
 * The icon to show, or null. Only a picture that travels in the announcement: an address would tell a stranger who reads
 * this page. As an image, an SVG runs no script and loads nothing.
 */
export function iconOf({ icon }: Announced): string | null {
  const source = icon?.trim() ?? "";
  return source.length <= MAX_ICON_CHARACTERS && PICTURE.test(source) ? source : null;
}

/** A name of one short, visible line; the reverse domain name where there is none. */
export function nameOf({ name, id }: Announced): string {
  const shown = name.replace(INVISIBLE, "").replace(/\s+/g, " ").trim() || id;
  return shown.length > MAX_NAME_CHARACTERS ? `${shown.slice(0, MAX_NAME_CHARACTERS - 1)}…` : shown;
}

/** What tells wallets of the same name apart: the reverse domain name, or null where the name is enough. */
export function hintOf(wallet: Announced, all: readonly Announced[]): string | null {
  const same = all.filter((other) => nameOf(other) === nameOf(wallet));
  return same.length > 1 ? nameOf({ id: wallet.id, name: wallet.id }) : null;
}
