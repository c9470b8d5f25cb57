import { defineConfig } from "vitest/config";

/** End to end: one file at a time and in order, because the journeys share one stack and its last one stops the backend. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
