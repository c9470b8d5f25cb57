import { expect, test } from "vitest";
import type { Project } from "../../api/types";
import {
  choicesOf,
  filterErrors,
  filterOf,
  isEmpty,
  type OfferFilter,
  passes,
  withFilter,
} from "./offerFilter";

const WIND: Project = {
  source_id: "s1",
  project: "ICR-1",
  name: "Wind",
  registry: "icr",
  country: "Chile",
  vintage: 2022,
  price_usd_per_tonne: "3.25",
  available_ug: "1",
  minimum_ug: "1",
  ex_ante: false,
  type: "Renewable Energy",
  labels: [{ title: "CCP", seen_at: 1 }],
};
const NONE = filterOf(new URLSearchParams());

test("filterOf: what withFilter wrote is read back, and other parts of the address stay", () => {
  const filter: OfferFilter = {
    registry: "icr",
    kind: "Blue Carbon",
    country: "Chile",
    vintageFrom: "2020",
    vintageTo: "2024",
    maxPrice: "40",
    exPost: true,
    labels: ["CCP", "CORSIA"],
  };
  const params = withFilter(new URLSearchParams("offer=s1"), filter);
  expect(filterOf(new URLSearchParams(params.toString()))).toEqual(filter);
  expect(params.get("offer")).toBe("s1");
  expect(withFilter(params, NONE).toString()).toBe("offer=s1");
});

test("isEmpty: no wish at all", () => {
  expect(isEmpty(NONE)).toBe(true);
  expect(isEmpty({ ...NONE, exPost: true })).toBe(false);
});

test.each<[string, Partial<OfferFilter>, boolean]>([
  ["its registry", { registry: "icr" }, true],
  ["another registry", { registry: "verra" }, false],
  ["its type", { kind: "Renewable Energy" }, true],
  ["another country", { country: "Kenya" }, false],
  ["the years around it", { vintageFrom: "2022", vintageTo: "2022" }, true],
  ["later years", { vintageFrom: "2023" }, false],
  ["its price", { maxPrice: "3.25" }, true],
  ["a lower price", { maxPrice: "3.24" }, false],
  ["its label", { labels: ["CCP"] }, true],
  ["a label that it lacks", { labels: ["CCP", "CORSIA"] }, false],
  ["what is achieved", { exPost: true }, true],
])("passes: an offer asked for by %s", (_wish, filter, expected) => {
  expect(passes(WIND, { ...NONE, ...filter })).toBe(expected);
});

test("filterErrors: what hides no offer because it is no number or year is told", () => {
  const [price, years] = [/12\.50/, /2021/];
  expect(filterErrors({ ...NONE, maxPrice: "12 USD" }).maxPrice).toMatch(price);
  expect(filterErrors({ ...NONE, maxPrice: "1,250" }).maxPrice).toMatch(price);
  expect(filterErrors({ ...NONE, vintageFrom: "20x1", vintageTo: "20" })).toMatchObject({
    vintageFrom: expect.stringMatching(years),
    vintageTo: expect.stringMatching(years),
  });
  expect(Object.values(filterErrors({ ...NONE, maxPrice: "12,50", vintageTo: "2021" }))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(passes(WIND, { ...NONE, maxPrice: "3,2" })).toBe(false);
});

test("passes: what a marketplace does not tell satisfies no wish about it", () => {
  const silent: Project = {
    ...WIND,
    type: null,
    labels: null,
    not_told: ["vintage", "ex_ante", "price_usd_per_tonne"],
  };
  expect(passes(silent, NONE)).toBe(true);
  for (const filter of [
    { kind: "Wind" },
    { labels: ["CCP"] },
    { vintageTo: "2030" },
    { maxPrice: "9" },
    { exPost: true },
  ])
    expect(passes(silent, { ...NONE, ...filter })).toBe(false);
});

test("passes: an ex-ante offer is not one that is achieved", () => {
  expect(passes({ ...WIND, ex_ante: true }, { ...NONE, exPost: true })).toBe(false);
});

test("choicesOf: each value once, in order, and nothing that no marketplace told", () => {
  const other: Project = { ...WIND, country: "Brazil", type: null, labels: null };
  expect(choicesOf([WIND, other, WIND])).toEqual({
    registries: ["icr"],
    kinds: ["Renewable Energy"],
    countries: ["Brazil", "Chile"],
    labels: ["CCP"],
  });
});
