import { LANGUAGE } from "../strings/language";

/**
 * The first sight of a page: its frame and head from the templates that the build wrote into index.html (markup.ts),
 * while the page's own script is still on its way. Imports next to nothing, so that nothing is waited for.
 */

const ID = /^0x[\da-f]{40,64}$/i;
const BLOCK = /^\d{1,16}$/;
/** Pages that know no wallet; the frame of the others keeps a place for it. */
const WITHOUT_WALLET = /^\/(?:explore|verify|account|attestation|certificate|tx|address|block)(?:\/|$)/;

/** In a development server there are no templates, and nothing is seen before the page. */
function templateContent(): DocumentFragment | undefined {
  return document.querySelector<HTMLTemplateElement>(`template[lang=${LANGUAGE}]`)?.content;
}

/** The name of an address among the heads, and the id that it is about. */
function nameOf({ pathname, search }: Pick<Location, "pathname" | "search">): [string, string] {
  const [, first, id] = pathname.split("/");
  const account = new URLSearchParams(search).get("account") ?? "";
  if (pathname === "/ledger" && ID.test(account)) return ["/ledger?", account];
  return id === undefined || id === "tokens" ? [pathname, ""] : [`/${first}/*`, id];
}

/** As the page will write it; nothing of what is no id. */
function shortId(id: string): string {
  if (ID.test(id)) return `${id.slice(0, 6)}…${id.slice(-4)}`;
  return BLOCK.test(id) ? id : "";
}

/** The head of the page at an address, or null where it has none of its own. */
export function headAt(place: Pick<Location, "pathname" | "search">): Element | null {
  const [name, id] = nameOf(place);
  const heads = [...(templateContent()?.querySelectorAll("[data-path]") ?? [])];
  const head = heads
    .find((head) => head.getAttribute("data-path") === name)
    ?.firstElementChild?.cloneNode(true);
  if (!(head instanceof Element)) return null;
  const slot = head.querySelector("[data-id]");
  if (slot) slot.textContent = shortId(id);
  return head;
}

/** Puts frame and head where the page will stand. */
export function showFirst(root: Element, place: Pick<Location, "pathname" | "search">): void {
  const content = templateContent();
  if (content === undefined) return;
  document.documentElement.lang = LANGUAGE;
  const frame = content.cloneNode(true) as DocumentFragment;
  for (const head of frame.querySelectorAll("[data-path]")) head.remove();
  for (const link of frame.querySelectorAll(".nav a"))
    if (link.getAttribute("href") === place.pathname) link.setAttribute("aria-current", "page");
  if (WITHOUT_WALLET.test(place.pathname)) frame.querySelector(".wallet-place")?.remove();
  const head = headAt(place);
  if (head) frame.querySelector("main")?.prepend(head);
  root.append(frame);
}
