import { expect, test } from "vitest";
import { readerLanguage } from "./language";

test.each([
  ["de", ["en-US"], "de"],
  [null, ["fr-FR", "de-AT", "en"], "de"],
  [null, ["fr"], "en"],
  [null, [], "en"],
  ["toString", ["de"], "de"],
])("readerLanguage: %j with a browser of %j reads %j", (chosen, preferred, expected) => {
  expect(readerLanguage(chosen, preferred)).toBe(expected);
});
