import { existsSync } from "node:fs";
import { type Plugin, runnerImport } from "vite";
import { defineConfig } from "vitest/config";
import { chunkGroups } from "./chunks.ts";

type Markup = typeof import("./src/firstSight/markup.ts");

/** Paths that the gateway answers; in development they are passed on to it. */
const GATEWAY_PATHS = ["/v1", "/v2", "/badge", "/card", "/config.json", "/health"];
const gateway = process.env.GREENLEDGER_GATEWAY ?? "http://127.0.0.1:8080";
/** A relay of somebody else, and a library under terms of its own: only for an operator who asks for both. */
const relayProject = process.env.WALLETCONNECT_PROJECT_ID ?? "";
const RELAY_LIBRARY = "@walletconnect/ethereum-provider";
if (relayProject && !existsSync(`node_modules/${RELAY_LIBRARY}`)) {
  const install = `npm install --no-save --ignore-scripts ${RELAY_LIBRARY}@2.25.0`;
  throw new Error(
    `WALLETCONNECT_PROJECT_ID is set, but ${RELAY_LIBRARY} is not here: read its licence, then ${install}`,
  );
}

/** Files that the page carries besides its own: the factor sets of the model. */
const FACTOR_SETS = "../backend/greenledger/footprint/data";

/**
 * Writes the first sight of every page into index.html, and the script that shows it before all others. Also names the
 * frame's files, which the page asks for after the reader's texts: without the hint every first visit waits for one
 * more round trip.
 */
const firstSight: Plugin = {
  name: "first-sight",
  transformIndexHtml: {
    order: "post",
    handler: async (html, { bundle }) => {
      if (bundle === undefined) return html;
      // By vite's own loader: the texts name each other without the endings of their files.
      const { module: markup } = await runnerImport<Markup>("./src/firstSight/markup.ts");
      const chunkWith = (source: string) => {
        const found = Object.values(bundle).find(
          (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith(source)),
        );
        if (found?.type !== "chunk") throw new Error(`The build has no file with ${source}`);
        return found;
      };
      const first = chunkWith("/src/firstSight/entry.ts");
      const frame = chunkWith("/src/start.tsx");
      const missing = [frame.fileName, ...frame.imports].filter((name) => !html.includes(name));
      const link = (name: string) => `<link rel="modulepreload" crossorigin href="/${name}">`;
      return html
        .replace(link(first.fileName), missing.map(link).join("\n    "))
        .replace(
          "<script",
          (start) => `<script type="module" crossorigin src="/${first.fileName}"></script>\n    ${start}`,
        )
        .replace('<div id="root"></div>', (root) => `${root}\n    ${markup.firstSights()}`);
    },
  },
};

export default defineConfig({
  // Empty: nothing of WalletConnect is built.
  define: { WALLETCONNECT_PROJECT_ID: JSON.stringify(relayProject) },
  plugins: [firstSight],
  server: {
    proxy: Object.fromEntries(GATEWAY_PATHS.map((path) => [path, { target: gateway }])),
    fs: { allow: [".", FACTOR_SETS] },
  },
  build: {
    target: "es2022",
    // Where a browser does not know the hint, a chunk comes a little later: not worth script on every page.
    modulePreload: { polyfill: false },
    // The service worker reads this list to keep every chunk for a time without the backend.
    manifest: "asset-manifest.json",
    // A strict Content-Security-Policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Of no meaning where nothing is rendered on a server, and there are hundreds of them.
      onLog: (level, log, report) => log.code === "MODULE_LEVEL_DIRECTIVE" || report(level, log),
      input: { page: "index.html", first: "src/firstSight/entry.ts", sw: "src/serviceWorker.ts" },
      output: {
        codeSplitting: { groups: chunkGroups },
        // A service worker needs a stable address at the root to be in charge of the whole page.
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    restoreMocks: true,
  },
});
