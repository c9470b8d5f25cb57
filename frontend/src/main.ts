import { loadConfig } from "./config";
import { nextPaint } from "./firstSight/turns";
import { prefetch } from "./pages/loaders";
import { LANGUAGE } from "./strings/language";
import { loaded, loadPublicTexts } from "./strings/loaded";

const container = document.getElementById("root");
if (container === null) throw new Error("index.html has no element with the id root");
const place = container;

/** The configuration comes in parallel with the texts and the page; the page says what is wrong with it. */
const config = loadConfig();
config.catch(() => undefined);
/** What comes after the first sight does not get in its way. */
const painted = nextPaint();

/** Nothing that shows a text is imported above: the texts of the reader's language have to be here first. */
async function start(): Promise<void> {
  // Texts that do not come, as without the server: the page is then in English.
  await loadPublicTexts().catch(() => undefined);
  document.documentElement.lang = loaded.text ? LANGUAGE : "en";
  await painted;
  prefetch(window.location.pathname);
  const { show } = await import("./start");
  show(place, config);
}

void start();
// Keeps the page itself for a time without the backend; where workers are not allowed, all else still works.
if (import.meta.env.PROD && "serviceWorker" in navigator)
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
