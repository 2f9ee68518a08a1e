// npm run agreement -- --runs 10000 [--seed N] [--system S] [--event E] [--target T] [--generated DIR]
//
// Shows samples of every event to every target, each in its own engine, and ends with 1 when two of them disagree or the
// ledger says more or less than was seen.
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { esbuildPluginFolders } from "../../build/plugin-folders.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}node_modules/.cache/concordat/`;
// A child finds what its parent built.
const outfile = process.env.AGREEMENT_BUNDLE ?? `${folder}agreement-${process.pid}.mjs`;
if (process.env.AGREEMENT_BUNDLE === undefined) {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    outfile,
    plugins: [esbuildPluginFolders],
    logLevel: "warning",
  });
}
const isParent = process.env.AGREEMENT_BUNDLE === undefined;
process.env.AGREEMENT_BUNDLE = outfile;
try {
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(root, fileURLToPath(import.meta.url));
} finally {
  if (isParent) rmSync(outfile, { force: true });
}
