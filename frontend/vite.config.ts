import { defineConfig } from "vitest/config";
import { chunkGroups } from "./chunks";

/** Paths that the gateway answers; in development they are passed on to it. */
const GATEWAY_PATHS = ["/v1", "/v2", "/badge", "/config.json", "/health"];
const gateway = process.env.GREENLEDGER_GATEWAY ?? "http://127.0.0.1:8080";
/** Files that the page carries besides its own: the factor sets of the model. */
const FACTOR_SETS = "../backend/greenledger/footprint/data";

export default defineConfig({
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
        advancedChunks: { groups: chunkGroups },
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
