import type { Project } from "../../api/types";
import { text } from "../../strings/text";
import { parseDecimal } from "../../typedDecimal";

const words = text.retire.filters;

/** What a buyer wants to see; an empty text is no wish. Lives in the page's address, so that it can be sent to others. */
export interface OfferFilter {
  registry: string;
  kind: string;
  country: string;
  vintageFrom: string;
  vintageTo: string;
  /** US dollars per tonne. */
  maxPrice: string;
  exPost: boolean;
  labels: readonly string[];
}

/** What the filters can be set to, from the offers that are there. */
export interface FilterChoices {
  registries: readonly string[];
  kinds: readonly string[];
  countries: readonly string[];
  labels: readonly string[];
}

const TEXTS = {
  registry: "registry",
  kind: "type",
  country: "country",
  vintageFrom: "from",
  vintageTo: "to",
  maxPrice: "max",
} as const;
const EX_POST = "ex-post";
const LABEL = "label";
const PRICE_DECIMALS = 6;

export function filterOf(params: URLSearchParams): OfferFilter {
  const read = (key: keyof typeof TEXTS) => (params.get(TEXTS[key]) ?? "").slice(0, 100);
  return {
    registry: read("registry"),
    kind: read("kind"),
    country: read("country"),
    vintageFrom: read("vintageFrom"),
    vintageTo: read("vintageTo"),
    maxPrice: read("maxPrice"),
    exPost: params.get(EX_POST) === "yes",
    labels: params.getAll(LABEL).slice(0, 20),
  };
}

/** Writes a filter into the address and leaves what else is there. */
export function withFilter(params: URLSearchParams, filter: OfferFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [key, name] of Object.entries(TEXTS)) {
    const value = filter[key as keyof typeof TEXTS];
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  if (filter.exPost) next.set(EX_POST, "yes");
  else next.delete(EX_POST);
  next.delete(LABEL);
  for (const label of filter.labels) next.append(LABEL, label);
  return next;
}

export function isEmpty(filter: OfferFilter): boolean {
  return withFilter(new URLSearchParams(), filter).size === 0;
}

function isTold(project: Project, field: string): boolean {
  return !project.not_told?.includes(field);
}

function year(value: string): number | null {
  return /^\d{4}$/.test(value) ? Number(value) : null;
}

function isInVintages(project: Project, filter: OfferFilter): boolean {
  const [from, to] = [year(filter.vintageFrom), year(filter.vintageTo)];
  if (from === null && to === null) return true;
  const vintage = Number(project.vintage);
  return isTold(project, "vintage") && (from === null || vintage >= from) && (to === null || vintage <= to);
}

/** What of a filter cannot be understood, and so hides no offer, in words. */
export function filterErrors({ vintageFrom, vintageTo, maxPrice }: OfferFilter) {
  const ofYear = (typed: string) => (typed === "" || year(typed) !== null ? undefined : words.notYear);
  const isPrice = maxPrice === "" || parseDecimal(maxPrice, PRICE_DECIMALS).ok;
  return {
    vintageFrom: ofYear(vintageFrom),
    vintageTo: ofYear(vintageTo),
    maxPrice: isPrice ? undefined : words.notPrice,
  };
}

function isCheapEnough(project: Project, filter: OfferFilter): boolean {
  const most = parseDecimal(filter.maxPrice, PRICE_DECIMALS);
  if (!most.ok) return true;
  const price = parseDecimal(project.price_usd_per_tonne, PRICE_DECIMALS);
  return isTold(project, "price_usd_per_tonne") && price.ok && price.value <= most.value;
}

/** Whether an offer meets every wish. What a marketplace does not tell never satisfies a wish about it. */
export function passes(project: Project, filter: OfferFilter): boolean {
  const same = (wanted: string, found: string | null | undefined) => wanted === "" || wanted === found;
  const labels = new Set(project.labels?.map(({ title }) => title));
  return (
    same(filter.registry, project.registry) &&
    same(filter.kind, project.type) &&
    same(filter.country, project.country) &&
    isInVintages(project, filter) &&
    isCheapEnough(project, filter) &&
    !(filter.exPost && (project.ex_ante || !isTold(project, "ex_ante"))) &&
    filter.labels.every((label) => labels.has(label))
  );
}

function distinct(values: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))].sort((a, b) =>
    a.localeCompare(b),
  );
}

export function choicesOf(projects: readonly Project[]): FilterChoices {
  return {
    registries: distinct(projects.map(({ registry }) => registry)),
    kinds: distinct(projects.map(({ type }) => type)),
    countries: distinct(projects.map(({ country }) => country)),
    labels: distinct(projects.flatMap(({ labels }) => labels?.map(({ title }) => title) ?? [])),
  };
}
