import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "./support/project.ts";

const root = join(import.meta.dirname, "..");
const node = (args: readonly string[], cwd: string): string =>
  execFileSync(process.execPath, args, { cwd, encoding: "utf8" });
const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", [...args, "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });

/** A package and all it depends on, as folders: what a registry would hand out. */
function closure(
  name: string,
  from = join(root, "package.json"),
  found = new Map<string, string>(),
): Map<string, string> {
  const manifest = createRequire(from).resolve(`${name}/package.json`);
  if (found.has(name)) return found;
  found.set(name, join(manifest, ".."));
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies?: Record<string, string> };
  for (const dependency of Object.keys(dependencies)) closure(dependency, manifest, found);
  return found;
}

const consumer = `
import type { EventMap, TelemetryEvent, XumiWeightsLoadStart } from "concordat-events/telemetry";
import { isXumiWeightsLoadStart, validateEvent } from "concordat-events/telemetry/validators";

const event: XumiWeightsLoadStart = {
  event_id: "7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a10",
  event_type: "xumi.weights.load.start",
  timestamp: "2026-03-01T12:00:00Z",
  tenant_id: "7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a11",
  source: "xumi",
  version: "1.0",
  model: "llama 3",
  url: "s3://weights/llama-3",
  node_id: "7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a12",
  vm_type: "NV6",
  host_name: "gpu-1",
  storage_size: 1024,
  storage_type: "ssd",
};
const all: TelemetryEvent = event;
const byName: EventMap["xumi.weights.load.start"] = event;
// @ts-expect-error: no other version is current
const old: XumiWeightsLoadStart = { ...event, version: "0.9" };

const good = isXumiWeightsLoadStart(JSON.parse(JSON.stringify(byName)));
const bad = validateEvent("xumi.weights.load.start", { ...all, storage_size: "large" });
console.log(JSON.stringify({ good, bad, old: validateEvent("xumi.weights.load.start", old).length }));
`;

test("the generated package, packed and installed, type-checks and validates", () => {
  const settings = {
    target: "es2023",
    lib: ["es2023", "dom"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    skipLibCheck: false,
    types: [],
    noEmit: false,
    outDir: "out",
  };
  const folder = folderWith({
    "package.json": JSON.stringify({ name: "consumer", private: true, type: "module" }),
    "tsconfig.json": JSON.stringify({ compilerOptions: settings, include: ["consumer.ts"] }),
    "consumer.ts": consumer,
  });
  const packages = [join(root, "generated"), ...closure("ajv").values()];
  const tarballs = packages.map((path) => npm(["pack", path, "--silent"], folder).trim().split("\n").at(-1) ?? "");
  npm(["install", ...tarballs.map((tarball) => `./${tarball}`)], folder);

  node([join(root, "node_modules/typescript/bin/tsc"), "-p", "."], folder);
  const { good, bad, old } = JSON.parse(node(["out/consumer.js"], folder));
  expect(good).toBe(true);
  expect(bad).toMatchObject([{ path: "/storage_size", keyword: "type" }]);
  expect(old).toBe(1);

  // Everything the manifest promises is there.
  const require = createRequire(join(folder, "consumer.js"));
  for (const path of [
    "model.json",
    "ledger.json",
    "telemetry/schemas/xumi.weights.load.start.schema.json",
    "telemetry/avro/xumi.weights.load.start.avsc",
  ])
    expect(() => require.resolve(`concordat-events/${path}`)).not.toThrow();
  writeFileSync(
    join(folder, "model.mjs"),
    'import model from "concordat-events/model.json" with { type: "json" }; console.log(model.decls.length > 300);',
  );
  expect(node(["model.mjs"], folder).trim()).toBe("true");
});
