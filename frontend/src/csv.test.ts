import { expect, test } from "vitest";
import { csvText, readCsv } from "./csv";

test("csvText: what a spreadsheet would run gets an apostrophe, numbers stay numbers", () => {
  const rows = [['=HYPERLINK("x")', "+1 tonne", "-2", -2n, "@SUM(A1)", "\tx", "-", "plain"]];
  expect(csvText(["a"], rows)).toBe(`a\r\n"'=HYPERLINK(""x"")",'+1 tonne,-2,-2,'@SUM(A1),'\tx,'-,plain\r\n`);
});

test("csvText: separators, quotes and line ends stay within their cell", () => {
  expect(csvText(["a", "b"], [['one, "two"', "three\nfour"]])).toBe(
    'a,b\r\n"one, ""two""","three\nfour"\r\n',
  );
});

test("csvText: a return at the start is not run either", () => {
  expect(csvText(["a"], [["\r=1+1"]])).toBe('a\r\n"\'\r=1+1"\r\n');
});

test("readCsv: reads what csvText wrote, whatever is in the cells", () => {
  const texts = [
    "",
    "plain",
    '"',
    ',"',
    "a\nb",
    "\r=1",
    "=1",
    "'=1",
    "''=1",
    "'plain",
    "-2",
    "'-2",
    "+1",
    "\t",
    "é 🌱",
  ];
  const rows = [texts, [...texts].reverse()];
  expect(readCsv(csvText(texts, rows))).toEqual([texts, ...rows]);
  expect(readCsv("\ufeffa,b\n1,")).toEqual([
    ["a", "b"],
    ["1", ""],
  ]);
  expect(readCsv("")).toEqual([]);
});

test.each(['a,"b', 'a,b"c', '"a"b'])("readCsv: %j is an error", (text) => {
  expect(() => readCsv(text)).toThrow(SyntaxError);
});
