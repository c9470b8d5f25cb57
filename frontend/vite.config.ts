import { existsSync } from "node:fs";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { chunkGroups } from "./chunks.ts";

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
 * Names the frame's files in index.html. The page asks for them after the reader's texts, which is known late: without
 * the hint every first visit waits for one more round trip.
 */
const framePreload: Plugin = {
  name: "frame-preload",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {} }) => {
      const frame = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith("/src/start.tsx")),
      );
      if (frame?.type !== "chunk") return [];
      const missing = [frame.fileName, ...frame.imports].filter((name) => !html.includes(name));
      return missing.map((name) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` },
        injectTo: "head" as const,
      }));
    },
  },
};

export default defineConfig({
  // Empty: nothing of WalletConnect is built.
  define: { WALLETCONNECT_PROJECT_ID: JSON.stringify(relayProject) },
  plugins: [framePreload],
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
      input: { page: "index.html", sw: "src/serviceWorker.ts" },
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
