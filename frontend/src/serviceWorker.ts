/// <reference lib="webworker" />

/**
 * Keeps the built page, so that the ledger can be read while the server that delivers the page is down.
 * It keeps files of the page only: no answer of the gateway and nothing of the chain.
 */

const CACHE = "greenledger-page";
const SHELL = "/";
/** How long a server that accepts a connection but says nothing may hold up the page. */
const PATIENCE_MS = 3_000;
/** What a proxy answers for a server that is down: as good as no answer. */
const AWAY = new Set([502, 503, 504]);

const worker = self as unknown as ServiceWorkerGlobalScope;

interface ManifestEntry {
  file: string;
  css?: string[];
}

/** A file of the server's present build. Throws where the server answers with anything else. */
async function fresh(path: string, type: string): Promise<Response> {
  const response = await fetch(path, { cache: "no-store" });
  const isMeant = response.ok && response.headers.get("content-type")?.startsWith(type);
  if (!isMeant) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}

async function pageFiles(): Promise<string[]> {
  const response = await fresh("/asset-manifest.json", "application/json");
  const manifest = (await response.json()) as Record<string, ManifestEntry>;
  const files = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
  return [...new Set(files)].filter((file) => file.startsWith("assets/")).map((file) => `/${file}`);
}

/** Brings the kept files in line with the server's build: new ones are added, old ones dropped. */
async function refresh(): Promise<void> {
  const cache = await caches.open(CACHE);
  const [files, shell] = await Promise.all([pageFiles(), fresh(SHELL, "text/html")]);
  const wanted = new Set([SHELL, "/favicon.svg", ...files]);
  const kept = await cache.keys();
  const keptPaths = new Set(kept.map(({ url }) => new URL(url).pathname));
  await cache.addAll(["/favicon.svg", ...files].filter((path) => !keptPaths.has(path)));
  await cache.put(SHELL, shell);
  await Promise.all(
    kept.filter(({ url }) => !wanted.has(new URL(url).pathname)).map((request) => cache.delete(request)),
  );
}

async function keptPage(): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(SHELL);
}

async function openPage(event: FetchEvent): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const kept = await keptPage();
    if (kept) return kept;
    throw error;
  }
  if (AWAY.has(response.status)) return (await keptPage()) ?? response;
  event.waitUntil(refresh().catch(() => undefined));
  return response;
}

async function openFile(request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(request);
  return kept ?? fetch(request);
}

worker.addEventListener("install", (event) => {
  event.waitUntil(refresh().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(event));
  else if (url.pathname.startsWith("/assets/") || url.pathname === "/favicon.svg")
    event.respondWith(openFile(request));
});
