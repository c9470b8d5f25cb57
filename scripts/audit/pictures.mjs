// A picture of each address given, wide and on a phone, as a line of JSON each.
// Environment: CHROMIUM, FOLDER, NAMES (of the pages, with commas). The packages are those of the page's browser tests.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../frontend/package.json", import.meta.url))("playwright-core");

const LOOKS = [
  { suffix: "", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { suffix: "-phone", colorScheme: "dark", viewport: { width: 360, height: 740 } },
];
const QUIET_MS = 2_000;

const names = process.env.NAMES.split(",");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  for (const [index, url] of process.argv.slice(2).entries()) {
    const files = [];
    for (const { suffix, ...look } of LOOKS) {
      const context = await browser.newContext({ ...look, locale: "en-GB", serviceWorkers: "block" });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(QUIET_MS);
      const file = `${names[index]}${suffix}.png`;
      await page.screenshot({ path: `${process.env.FOLDER}/${file}` });
      files.push(file);
      await context.close();
    }
    console.log(JSON.stringify({ url, files }));
  }
} finally {
  await browser.close();
}
