import { expect, test } from "vitest";
import { dePublicPages } from "./dePublicPages";
import { deWalletPages } from "./deWalletPages";
import { en } from "./en";
import { enClaim } from "./enClaim";
import { enExplore } from "./enExplore";
import { enExplorer } from "./enExplorer";
import { enFrame } from "./enFrame";
import { enLedger } from "./enLedger";
import { enProof } from "./enProof";
import { enPublic } from "./enPublic";
import { enVerify } from "./enVerify";
import type { PublicTexts, WalletTexts } from "./loaded";

const ENGLISH: PublicTexts & WalletTexts = {
  text: { ...enFrame, ...enPublic },
  explore: enExplore,
  explorer: enExplorer,
  claim: enClaim,
  proof: enProof,
  verify: enVerify,
  all: en,
  ledger: enLedger,
};
const GERMAN: PublicTexts & WalletTexts = { ...dePublicPages, ...deWalletPages };

/** Texts that are the same in both languages: names, units, symbols, addresses and words that German has taken over. */
const SAME = new Set([
  "",
  "/ledger",
  "/record",
  "/retire",
  "Adapter",
  "Block",
  "Compiler",
  "Export",
  "FootprintLedger",
  "GPTX Green AI Ledger",
  "Green AI Ledger",
  "Hash",
  "Klima",
  "Ledger",
  "Name",
  "Nonce",
  "OracleCouncil",
  "PUE",
  "RPC",
  "Region",
  "RetiredCredits",
  "RetirementDesk",
  "Status",
  "Token",
  "Toucan",
  "Training",
  "fine-tuning",
  "pre-training",
]);
/** What else may be the same where a text only puts its arguments together. */
const SAME_PARTS = /ARG\d|ETH|min|vyper|Block|GPTX Green AI Ledger/g;

type Text = string | ((...values: never[]) => string);

function walk(node: unknown, path: string, found: Map<string, Text>): Map<string, Text> {
  if (typeof node === "string" || typeof node === "function") found.set(path, node as Text);
  else if (typeof node === "object" && node !== null)
    for (const [key, child] of Object.entries(node)) walk(child, path ? `${path}.${key}` : key, found);
  else throw new Error(`${path} is neither a text nor a group of texts`);
  return found;
}

const english = walk(ENGLISH, "", new Map());
const german = walk(GERMAN, "", new Map());

/** What a function says of sample arguments: words that can be found again, then few, then many. */
function said(text: Text): string[] {
  if (typeof text === "string") return [text];
  const indices = Array.from({ length: text.length }, (_, index) => index);
  const samples = [
    indices.map((index) => `ARG${index}`),
    indices.map(() => 1),
    indices.map((index) => index + 2),
  ];
  return samples.map((values) => String(text(...(values as never[]))));
}

test("keys: both languages have the same, lists as long as each other included", () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
});

test.each([...english.keys()])(
  "%s: is said in German, with every value that the English text has",
  (path) => {
    const [inEnglish, inGerman] = [english.get(path), german.get(path)];
    if (inEnglish === undefined || inGerman === undefined) throw new Error(`${path} is missing`);
    expect(typeof inGerman).toBe(typeof inEnglish);
    if (typeof inEnglish === "function") expect(inGerman.length).toBe(inEnglish.length);
    said(inEnglish).forEach((wanted, index) => {
      const given = said(inGerman)[index] ?? "";
      expect(given.trim() === "").toBe(wanted.trim() === "");
      expect(given.match(/ARG\d/g)?.sort()).toEqual(wanted.match(/ARG\d/g)?.sort());
      expect(given.match(/undefined|NaN|\[object/)?.[0]).toBe(wanted.match(/undefined|NaN|\[object/)?.[0]);
    });
  },
);

test("words: no text was left in English", () => {
  const left = [...english].filter(([path, text]) => {
    const [wanted = "", given] = [said(text)[0], said(german.get(path) ?? "")[0]];
    return wanted === given && !SAME.has(wanted) && /\p{L}/u.test(wanted.replace(SAME_PARTS, ""));
  });
  expect(left.map(([path, text]) => `${path}: ${said(text)[0]}`)).toEqual([]);
});

test("words: what need not differ is still used, so that the list does not grow old", () => {
  const equal = new Set(
    [...english].filter(([path, text]) => german.get(path) === text).map(([, text]) => text),
  );
  expect([...SAME].filter((word) => !equal.has(word))).toEqual([]);
});

test("form: German quotation marks, and a reader who is addressed as Sie", () => {
  const texts = [...german.values()].flatMap(said);
  expect(texts.filter((text) => /["“](?=\w)|\b(?:[Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b/.test(text))).toEqual([]);
});
