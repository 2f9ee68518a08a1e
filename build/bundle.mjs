import { build } from "esbuild";
import { esbuildPluginFolders } from "./plugin-folders.mjs";

// One ESM file for the command line and one for the library; npm packages stay outside.
await build({
  entryPoints: { concordat: "bin/concordat.ts", index: "pipeline/index.ts" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  sourcemap: true,
  plugins: [esbuildPluginFolders],
  logLevel: "warning",
});
