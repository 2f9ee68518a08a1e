import { defineConfig } from "vitest/config";
// @ts-expect-error: a plain script that the bundle uses as well
import { vitePluginFolders } from "./build/plugin-folders.mjs";

export default defineConfig({
  plugins: [vitePluginFolders],
  test: {
    // chdb keeps native state per process, and its threads crash inside worker threads.
    pool: "forks",
    // By itself vitest leaves one core free, and half of the time on a machine with two.
    maxWorkers: "100%",
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "generated/**", "dist/**", "bench/**"],
    testTimeout: 60_000,
    reporters: ["default", "./test/support/closing-line.ts"],
  },
});
