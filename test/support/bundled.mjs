import { build } from "esbuild";

/** A module from its sources, for scripts that run without a test runner: the shipped bundle has no door to it. */
export async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry.pathname],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
