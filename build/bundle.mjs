import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { esbuildPluginFolders } from "./plugin-folders.mjs";

// One ESM file for the command line and one for the library; npm packages stay outside.
const { metafile } = await build({
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
  metafile: true,
  plugins: [esbuildPluginFolders],
  logLevel: "warning",
});

// What earlier builds left would be published as well.
for (const name of readdirSync("dist/chunks")) {
  const path = join("dist/chunks", name);
  if (!(path.replaceAll("\\", "/") in metafile.outputs)) rmSync(path);
}
