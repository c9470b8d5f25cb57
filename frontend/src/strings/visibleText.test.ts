import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";

/** Attributes that people see or hear. */
const SEEN = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "placeholder",
  "title",
]);
/** Props of our own components that take a text to show. */
const SEEN_BY_NAME = /^(?:label|hint|heading|caption|eyebrow|headline|lead|note)$/;
/** Signs, units and names of formulas, which no language translates. */
const SIGNS = /CO₂e|CO2e/g;

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text.replace(SIGNS, ""));
}

/** Texts that an expression gives as they stand: a literal, a template, or either side of a choice. */
function literals(node: unknown): string[] {
  if (!isNode(node)) return [];
  if (node.type === "Literal") return typeof node.value === "string" ? [node.value] : [];
  if (node.type === "TemplateLiteral")
    return (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
  if (node.type === "JSXExpressionContainer") return literals(node.expression);
  if (node.type === "ConditionalExpression")
    return [...literals(node.consequent), ...literals(node.alternate)];
  if (node.type === "LogicalExpression") return [...literals(node.left), ...literals(node.right)];
  return [];
}

function shown(node: Node): string[] {
  if (node.type === "JSXText") return [node.value as string];
  if (node.type === "JSXElement" || node.type === "JSXFragment")
    return (node.children as Node[])
      .filter(({ type }) => type === "JSXExpressionContainer")
      .flatMap(literals);
  if (node.type !== "JSXAttribute") return [];
  const { name } = node.name as { name: unknown };
  const seen = typeof name === "string" && (SEEN.has(name) || SEEN_BY_NAME.test(name));
  return seen ? literals(node.value) : [];
}

/** Visible texts of a TSX file that stand in it, each with its line. */
function visibleTexts(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isNode(value)) return;
    const line = source.slice(0, value.start).split("\n").length;
    found.push(
      ...shown(value)
        .filter(hasLetters)
        .map((text) => `${path}:${line}: ${text.trim()}`),
    );
    Object.values(value).forEach(walk);
  };
  walk(program);
  return found;
}

const ROOT = join(import.meta.dirname, "..");

test("visible text: stands in the catalogues alone, so that every language has it", () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" });
  const pages = files.filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx")).sort();
  expect(pages.length).toBeGreaterThan(50);
  expect(pages.flatMap((file) => visibleTexts(file, readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
});

test.each([
  ["text", "<p>Hello</p>", "Hello"],
  ["text in braces", '<p>{"Hello"}</p>', "Hello"],
  ["a choice", '<p>{open ? "Hello" : text.bye}</p>', "Hello"],
  ["a template", "<p>{`Hello $" + "{name}`}</p>", "Hello"],
  ["an attribute", '<button aria-label="Hello" />', "Hello"],
  ["a prop", '<Fact label="Hello" />', "Hello"],
])("the rule: finds %s", (_, jsx, wanted) => {
  expect(visibleTexts("Page.tsx", `export const page = ${jsx};`)).toEqual([`Page.tsx:1: ${wanted}`]);
});

test("the rule: lets signs, classes and catalogues be", () => {
  const jsx = '<p className="soft" title={text.title}>{text.hello} → · {open ? text.a : text.b} CO₂e</p>';
  expect(visibleTexts("Page.tsx", `export const page = ${jsx};`)).toEqual([]);
});
