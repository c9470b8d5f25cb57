import { expect, test } from "vitest";
import { badgeTexts } from "./badge";
import { qrPath } from "./QrCode";
import { registryLink } from "./registries";

test("badgeTexts: each form leads from the image to the page, with its text escaped", () => {
  const texts = badgeTexts("https://ledger.example", "0xab", "/certificate/0xab", 'a "b" <c>');
  expect(texts.markdown).toBe(
    '[![a "b" <c>](https://ledger.example/badge/0xab.svg)](https://ledger.example/certificate/0xab)',
  );
  expect(texts.html).toBe(
    '<a href="https://ledger.example/certificate/0xab"><img src="https://ledger.example/badge/0xab.svg" alt="a &quot;b&quot; &lt;c>"></a>',
  );
  expect(decodeURIComponent(texts.shields.split("url=")[1] ?? "")).toBe(
    "https://ledger.example/badge/0xab.json",
  );
});

test.each([
  ["vcs", "VCS-191", "https://registry.verra.org/app/projectDetail/VCS/191"],
  ["vcs", "nothing of theirs", "https://registry.verra.org/app/search/VCS"],
  ["gs", "GS1&x=2", "https://registry.goldstandard.org/projects?q=gs1%26x%3D2&page=1"],
])("registryLink: %s %s leads to the registry", (key, project, href) => {
  expect(registryLink(key, project)?.href).toBe(href);
});

test.each(["icr-sandbox", "", "constructor", "__proto__"])("registryLink: no link for %j", (key) => {
  expect(registryLink(key, "X-1")).toBeNull();
});

/** Dark modules of a path, as "x y". */
function modules(path: string): Set<string> {
  return new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
}

test("qrPath: three finder patterns stand in its corners, inside a quiet zone of four modules", () => {
  const { size, path } = qrPath("https://ledger.example/certificate/0xab");
  const dark = modules(path);
  const far = size - 4 - 7;
  for (const [left, top] of [
    [4, 4],
    [far, 4],
    [4, far],
  ] as const) {
    for (let step = 0; step < 7; step += 1) {
      expect(dark.has(`${left + step} ${top}`)).toBe(true);
      expect(dark.has(`${left} ${top + step}`)).toBe(true);
    }
    expect(dark.has(`${left + 1} ${top + 1}`)).toBe(false);
  }
  expect(
    [...dark].every((module) => module.split(" ").every((n) => Number(n) >= 4 && Number(n) < size - 4)),
  ).toBe(true);
});
