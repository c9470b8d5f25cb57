import { de } from "../strings/de";
import { deExplore } from "../strings/deExplore";
import { deExplorer } from "../strings/deExplorer";
import { deVerify } from "../strings/deVerify";
import { en } from "../strings/en";
import { enExplore } from "../strings/enExplore";
import { enExplorer } from "../strings/enExplorer";
import { enVerify } from "../strings/enVerify";

/**
 * What is seen of each page before its script runs, for the build to write into index.html: the frame, and the head of
 * every page, in every language. One document serves any path on any host, so that all of them are in it.
 */

interface Texts {
  all: typeof en;
  explore: typeof enExplore;
  explorer: typeof enExplorer;
  verify: typeof enVerify;
}

const LANGUAGES: Readonly<Record<string, Texts>> = {
  en: { all: en, explore: enExplore, explorer: enExplorer, verify: enVerify },
  de: { all: de, explore: deExplore, explorer: deExplorer, verify: deVerify },
};

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}

interface Head {
  eyebrow: string;
  headline: string;
  lead?: string;
}

/** Stands in a headline where the short form of an id comes. */
const ID = "\0";

/** As `PageHead` writes it. */
function pageHead({ eyebrow, headline, lead }: Head): string {
  const [before = "", after] = headline.split(ID).map(escaped);
  const shown = after === undefined ? before : `${before}<span data-id></span>${after}`;
  const last = lead === undefined ? "" : `<p class="lead">${escaped(lead)}</p>`;
  return `<div class="page-head"><p class="eyebrow">${escaped(eyebrow)}</p><h1>${shown}</h1>${last}</div>`;
}

/** As the start page has it, down to the places that its figures come to. */
function hero({ home }: typeof en): string {
  const text =
    `<p class="eyebrow">${escaped(home.eyebrow)}</p><h1 class="headline">${escaped(home.headline)}</h1>` +
    `<p class="lead">${escaped(home.lead)}</p><div class="actions">` +
    `<a class="button button-primary" href="/record">${escaped(home.start)}</a>` +
    `<a class="button" href="/verify">${escaped(home.check)}</a></div>`;
  return `<section class="hero"><div class="hero-text">${text}</div><aside class="card specimen" aria-hidden="true"></aside></section>`;
}

/** Heads by path, as `headAt` looks for them: a star is an id, a question mark the account that is asked for. */
function heads({ all, explore, explorer, verify }: Texts): readonly (readonly [string, string])[] {
  const { record, retire, tokens, myLedger, attestation, certificate } = all;
  const ofId = ({ title, eyebrow }: { title: string; eyebrow: string }) =>
    pageHead({ eyebrow, headline: `${title} ${ID}` });
  const inExplorer = ({ title }: { title: string }) => ofId({ title, eyebrow: explorer.eyebrow });
  return [
    ["/", hero(all)],
    ["/record", pageHead(record)],
    ["/retire", pageHead(retire)],
    ["/retire/tokens", pageHead(tokens)],
    ["/ledger", pageHead(myLedger)],
    ["/ledger?", pageHead({ ...myLedger, headline: myLedger.headlineOf(ID) })],
    ["/explore", pageHead(explore.explore)],
    ["/verify", pageHead(verify)],
    ["/account/*", ofId(explore.account)],
    ["/attestation/*", ofId(attestation)],
    ["/certificate/*", ofId(certificate)],
    ["/tx/*", inExplorer(explorer.transaction)],
    ["/address/*", inExplorer(explorer.address)],
    ["/block/*", inExplorer(explorer.block)],
  ];
}

/** As `Shell` writes it, with all heads in its middle. */
function inLanguage(language: string, texts: Texts): string {
  const { nav, skip, brandShort, loading } = texts.all;
  const links = (["record", "retire", "ledger", "explore", "verify"] as const).map(
    (page) => `<a href="/${page}">${escaped(nav[page])}</a>`,
  );
  const middle = heads(texts).map(([path, head]) => `<div data-path="${path}">${head}</div>`);
  return [
    `<template lang="${language}"><a class="skip button" href="#content">${escaped(skip)}</a>`,
    '<header class="header"><div class="header-inner"><a href="/" class="brand">',
    `<img class="brand-mark" src="/favicon.svg" alt="" width="28" height="28">${escaped(brandShort)}</a>`,
    `<nav class="nav" aria-label="${escaped(nav.label)}">${links.join("")}</nav>`,
    '<span class="wallet-place"></span></div></header><main class="main" id="content" tabindex="-1">',
    `${middle.join("")}<p class="loading soft" role="status">${escaped(loading)}</p></main></template>`,
  ].join("");
}

/** A template for each language. */
export function firstSights(): string {
  return Object.entries(LANGUAGES)
    .map(([language, texts]) => inLanguage(language, texts))
    .join("\n    ");
}
