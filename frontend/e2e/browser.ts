import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { CHROMIUM, ORIGIN } from "./stack";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const TIMEOUT_MS = 20_000;

/** Keeps what the page looked like when a journey failed, if a folder for it is named. */
export async function keepPicture({ page }: Visit, name: string): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page of its own, with everything it complained about. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Uncaught errors, violations of the Content-Security-Policy, and requests to foreign hosts. */
  complaints: string[];
}

export async function visit(
  browser: Browser,
  prepare: (context: BrowserContext) => Promise<void> = async () => undefined,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: ORIGIN,
    locale: "en-GB",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  await prepare(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`asked ${hostname}`);
  });
  return { context, page, complaints };
}
