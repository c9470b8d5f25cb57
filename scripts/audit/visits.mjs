// What each address given costs a first visitor and what axe finds there, as a line of JSON each.
// Environment: CHROMIUM, RPC_URL. The packages are those of the page's own browser tests.
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const page_packages = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { AxeBuilder } = page_packages("@axe-core/playwright");
const { chromium } = page_packages("playwright-core");

const RPC = new URL(process.env.RPC_URL).href;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
  { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  { colorScheme: "light", viewport: { width: 360, height: 740 } },
];
const QUIET_MS = 1_500;
// Asked again with every block for as long as a page is open: no part of what a page costs to read.
const HEAD = new Set(["eth_blockNumber", "eth_chainId"]);

async function settled(page, url) {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("Reading…").first().waitFor({ state: "detached" });
  await page.waitForTimeout(QUIET_MS);
}

function methods(request) {
  const body = JSON.parse(request.postData() ?? "[]");
  return [body].flat().map(({ method }) => method);
}

async function cost(browser, url) {
  // Without the service worker, which would fetch every chunk for a later time without the gateway.
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const scripts = [];
  const reads = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response);
  });
  page.on("request", (request) => {
    if (new URL(request.url()).href !== RPC || request.method() !== "POST") return;
    const asked = methods(request).filter((method) => !HEAD.has(method));
    if (asked.length > 0) reads.push(asked);
  });
  await settled(page, url);
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
  await context.close();
  return {
    script_gzip_bytes: sizes.reduce((sum, size) => sum + size, 0),
    rpc_requests: reads.length,
    rpc_calls: reads.flat().length,
  };
}

async function violations(browser, url) {
  const found = [];
  for (const look of LOOKS) {
    const context = await browser.newContext({ ...look, serviceWorkers: "block" });
    const page = await context.newPage();
    await settled(page, url);
    const result = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const where = `${look.colorScheme} ${look.viewport.width}px`;
    found.push(...result.violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0].target.join(" ")}`));
    await context.close();
  }
  return found;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  for (const url of process.argv.slice(2)) {
    const row = { url, ...(await cost(browser, url)), axe_violations: await violations(browser, url) };
    console.log(JSON.stringify(row));
  }
} finally {
  await browser.close();
}
