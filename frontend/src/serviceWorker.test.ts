import { beforeEach, expect, test, vi } from "vitest";

const MANIFEST = { "index.html": { file: "assets/page-1.js", css: ["assets/page-1.css"] } };
type Listener = (event: unknown) => void;

/** What the server answers by path; without an answer it does not answer at all. */
let answers: Map<string, () => Response>;
let kept: Map<string, string>;
let listeners: Map<string, Listener>;

function html(body: string, status = 200): () => Response {
  return () => new Response(body, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

function problem(status: number): () => Response {
  return () => new Response("{}", { status, headers: { "content-type": "application/problem+json" } });
}

async function served(asked: string | { url: string }): Promise<Response> {
  const path = new URL(typeof asked === "string" ? asked : asked.url, "http://page").pathname;
  const answer = answers.get(path);
  if (answer === undefined) throw new TypeError("Failed to fetch");
  return answer();
}

const cache = {
  keys: async () => [...kept.keys()].map((path) => ({ url: `http://page${path}` })),
  match: async (path: string) => (kept.has(path) ? new Response(kept.get(path)) : undefined),
  put: async (path: string, response: Response) => void kept.set(path, await response.text()),
  delete: async ({ url }: { url: string }) => kept.delete(new URL(url).pathname),
  addAll: async (paths: string[]) => {
    for (const path of paths) kept.set(path, await (await served(path)).text());
  },
};

beforeEach(async () => {
  answers = new Map([
    ["/", html("the page")],
    ["/attestation/1", html("the page")],
    ["/asset-manifest.json", () => Response.json(MANIFEST)],
    ["/favicon.svg", () => new Response("svg")],
    ["/assets/page-1.js", () => new Response("js")],
    ["/assets/page-1.css", () => new Response("css")],
  ]);
  kept = new Map();
  listeners = new Map();
  vi.resetModules();
  vi.stubGlobal("self", {
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    skipWaiting: async () => undefined,
    location: { origin: "http://page" },
  });
  vi.stubGlobal("caches", { open: async () => cache });
  vi.stubGlobal("fetch", served);
  // @ts-expect-error: it runs by itself and exports nothing.
  await import("./serviceWorker");
});

async function install(): Promise<void> {
  const behind: Promise<void>[] = [];
  listeners.get("install")?.({ waitUntil: (work: Promise<void>) => behind.push(work) });
  await Promise.all(behind);
}

/** What a visit of an address shows, once all that goes on behind it is over. */
async function visit(path: string): Promise<string> {
  const shown: Promise<Response>[] = [];
  const behind: Promise<unknown>[] = [];
  listeners.get("fetch")?.({
    request: { method: "GET", mode: "navigate", url: `http://page${path}` },
    respondWith: (answer: Promise<Response>) => shown.push(answer),
    waitUntil: (work: Promise<unknown>) => behind.push(work),
  });
  const body = await (await shown[0])?.text();
  await Promise.all(behind);
  return body ?? "";
}

test("service worker: what it kept is the page while the server is away", async () => {
  await install();
  answers.clear();
  expect(await visit("/attestation/1")).toBe("the page");
});

test.each([502, 503, 504])(
  "service worker: a proxy that answers %s is a server that is away",
  async (status) => {
    await install();
    for (const path of answers.keys()) answers.set(path, problem(status));
    expect(await visit("/attestation/1")).toBe("the page");
  },
);

test("service worker: an answer of the server itself is shown, also a refusal", async () => {
  await install();
  answers.set("/attestation/1", html("not allowed", 403));
  expect(await visit("/attestation/1")).toBe("not allowed");
});

test.each([
  ["a failure", problem(502)],
  ["something else than a page", () => Response.json({})],
])("service worker: %s in place of the page is not kept, and nothing is dropped", async (_, answer) => {
  await install();
  const before = new Map(kept);
  answers.set("/", answer);
  const next = { "index.html": { file: "assets/page-2.js" } };
  answers.set("/asset-manifest.json", () => Response.json(next));
  answers.set("/assets/page-2.js", () => new Response("js"));
  await visit("/attestation/1");
  for (const [path, body] of before) expect(kept.get(path), path).toBe(body);
});

test("service worker: a new build takes the place of the old one", async () => {
  await install();
  answers.set("/", html("the new page"));
  answers.set("/asset-manifest.json", () => Response.json({ "index.html": { file: "assets/page-2.js" } }));
  answers.set("/assets/page-2.js", () => new Response("js"));
  await visit("/attestation/1");
  expect([...kept.keys()].sort()).toEqual(["/", "/assets/page-2.js", "/favicon.svg"]);
  expect(kept.get("/")).toBe("the new page");
});
