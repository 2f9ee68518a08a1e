// npm run e2e -- [--events 1000000] [--encoding json,protobuf,avro] [--shuffle] [--all-topics] [--seed N]
//
// Sends events of every kind over a Kafka broker into the generated tables, ends the reader in the middle, and compares all
// that was sent with all that is there. Ends with 1 when anything is lost, bent or counted twice.
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { esbuildPluginFolders } from "../../build/plugin-folders.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}node_modules/.cache/concordat/`;
const outfile = `${folder}e2e-${process.pid}.mjs`;
mkdirSync(folder, { recursive: true });
try {
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
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(root);
} finally {
  rmSync(outfile, { force: true });
}
