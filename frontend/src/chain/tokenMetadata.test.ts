import { expect, test } from "vitest";
import { parseTokenUri } from "./tokenMetadata";

function uri(json: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  return `data:application/json;base64,${btoa(String.fromCharCode(...bytes))}`;
}

const SVG = `data:image/svg+xml;base64,${btoa("<svg/>")}`;

test("parseTokenUri: name, description and drawing are read, in any language", () => {
  const token = { name: "Équipe", description: "ä", image: SVG };
  expect(parseTokenUri(uri(token))).toEqual(token);
});

test.each([
  "https://elsewhere.example/pixel.png",
  "javascript:alert(1)",
  "data:text/html,<script>",
  "data:image/png;base64,AA==",
  "//elsewhere.example",
  5,
])("parseTokenUri: the image %s is left out", (image) => {
  expect(parseTokenUri(uri({ name: "n", description: "d", image })).image).toBe("");
});

test.each(["", "ipfs://x", "data:text/plain,hello"])("parseTokenUri: %j is refused", (text) => {
  expect(() => parseTokenUri(text)).toThrow("not a JSON data URI");
});
