// Lighthouse's four scores of each address given, as a line of JSON each. Environment: CHROMIUM.
// One load's performance varies by several points from run to run on the same machine, so that each address is loaded
// RUNS times and the run in the middle is taken; `runs` has them all.
import { writeFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const TRIES = 3;
const RUNS = 3;

// Lighthouse counts the time that the browser waits for its turn, fourfold, as the page's own work, and the stack that
// serves the page runs on the same processors. Where this process may say so (root on Linux), the browser goes first.
function letGoFirst(pid) {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, "-19");
  } catch {
    console.error("The browser takes turns with the stack: scores are a few points lower and vary more.");
  }
}

// Lighthouse's own defaults are a mid-range phone on a slow mobile network.
async function once(url) {
  const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: FLAGS });
  letGoFirst(chrome.pid);
  try {
    return await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
  } finally {
    await chrome.kill();
  }
}

// A busy machine may spoil the recording of a load; a page that cannot be loaded fails each time.
async function result(url) {
  for (let attempt = 1; ; attempt++) {
    const run = await once(url);
    if (run !== undefined && !run.lhr.runtimeError) return run.lhr;
    if (attempt === TRIES) throw new Error(`${url}: ${run?.lhr.runtimeError.message ?? "no result"}`);
  }
}

async function middle(url) {
  const results = [];
  for (let run = 0; run < RUNS; run++) results.push(await result(url));
  results.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
  const runs = results.map(({ categories }) => Math.round(categories.performance.score * 100));
  return { ...results[(RUNS - 1) / 2], runs };
}

for (const url of process.argv.slice(2)) {
  const { categories, audits, runs } = await middle(url);
  const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]));
  const failed = CATEGORIES.flatMap((name) => categories[name].auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
    .map(({ id }) => `${id}: ${audits[id].displayValue ?? audits[id].title}`);
  console.log(JSON.stringify({ url, ...scores, runs, below_90: [...new Set(failed)] }));
}
