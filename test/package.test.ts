import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Compiler, compilers, compileWith, strictest } from "./support/compilers.ts";
import { dependenciesOf, generatedFiles, npm, pack, sharedFolder, writeFiles } from "./support/package.ts";

// The generated package as its users meet it: packed, installed from its tarball into an empty project, and used from
// ES modules, from CommonJS and from TypeScript of either kind.

const folder = sharedFolder();
const project = join(folder, "project");

const event = `{
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
}`;

const use = `
const good = isXumiWeightsLoadStart(event);
const bad = validateEvent("xumi.weights.load.start", { ...event, storage_size: "large" });
const violations = (() => {
  try {
    assertXumiWeightsLoadStart({ ...event, version: "0.9" });
    return [];
  } catch (error) {
    return error instanceof ValidationError ? error.violations.map(({ keyword }) => keyword) : ["not ours"];
  }
})();
console.log(JSON.stringify({ good, bad, violations, events: events.length, closed: closed.length > 20 }));
`;

const names = "assertXumiWeightsLoadStart, isXumiWeightsLoadStart, ValidationError, validateEvent";

const importing = `
import { events } from "concordat-events/telemetry";
import { closed } from "concordat-events/telemetry/schemas";
import { ${names} } from "concordat-events/telemetry/validators";
`;

const requiring = `
const { events } = require("concordat-events/telemetry");
const { closed } = require("concordat-events/telemetry/schemas");
const { ${names} } = require("concordat-events/telemetry/validators");
const event = ${event};
`;

const typed = `
import type { EventMap, TelemetryEvent, XumiWeightsLoadStart } from "concordat-events/telemetry";
import type { Violation } from "concordat-events/telemetry/validators";

declare const console: { log(text: string): void };
const event: XumiWeightsLoadStart = ${event};
export const all: TelemetryEvent = event;
export const byName: EventMap["xumi.weights.load.start"] = event;
// @ts-expect-error: no other version is current
export const old: XumiWeightsLoadStart = { ...event, version: "0.9" };
export const narrowed = (value: unknown): number =>
  isXumiWeightsLoadStart(value) ? value.storage_size : validateEvent("xumi.weights.load.start", value).length;
export const asserted = (value: unknown): string => {
  assertXumiWeightsLoadStart(value);
  return value.model;
};
export const first = (list: readonly Violation[]): string | undefined => list[0]?.message;
`;

/** Runs a script; whatever Node has to warn of is a fault. */
function run(script: string): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: project, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

beforeAll(async () => {
  const source = join(folder, "generated");
  writeFiles(source, await generatedFiles());
  mkdirSync(project);
  writeFiles(project, [{ path: "package.json", content: '{ "name": "consumer", "private": true }' }]);
  const tarballs = [source, ...dependenciesOf(source).values()].map((path) => pack(path, folder));
  npm(["install", ...tarballs], project);
}, 120_000);

const outcome = {
  good: true,
  bad: [{ path: "/storage_size", keyword: "type" }],
  violations: ["const"],
  events: 22,
  closed: true,
};

describe("the generated package, packed and installed", () => {
  test("runs in ES modules", () => {
    writeFiles(project, [{ path: "run.mjs", content: `${importing}\nconst event = ${event};\n${use}` }]);
    expect(run("run.mjs")).toMatchObject(outcome);
  });

  test("runs in CommonJS", () => {
    writeFiles(project, [{ path: "run.cjs", content: `${requiring}${use}` }]);
    expect(run("run.cjs")).toMatchObject(outcome);
  });

  test("is there once, however it is loaded", () => {
    const content = `
import * as imported from "concordat-events/telemetry/validators";
import { createRequire } from "node:module";
const required = createRequire(import.meta.url)("concordat-events/telemetry/validators");
console.log(JSON.stringify(Object.keys(imported).filter((name) => imported[name] !== required[name])));
`;
    writeFiles(project, [{ path: "once.mjs", content }]);
    expect(run("once.mjs")).toEqual([]);
  });

  describe.each(compilers)("type-checks with %s", (compiler: Compiler) => {
    test.each([
      ["an ES module", "consumer.mts", "nodenext"],
      ["CommonJS", "consumer.cts", "nodenext"],
      ["what is bundled", "consumer.ts", "bundler"],
    ])("in %s", async (_, file, resolution) => {
      const settings = {
        ...strictest(compiler),
        verbatimModuleSyntax: false,
        ...(resolution === "bundler" && { module: "esnext", moduleResolution: "bundler" }),
      };
      const config = `tsconfig.${compiler}.${file}.json`;
      writeFiles(project, [
        { path: file, content: importing + typed + use },
        { path: config, content: JSON.stringify({ compilerOptions: settings, files: [file] }) },
      ]);
      expect(await compileWith(compiler, join(project, config))).toBe("");
    });
  });

  test("does what its README shows", async () => {
    const readme = readFileSync(join(project, "node_modules/concordat-events/README.md"), "utf8");
    const [, program = ""] = /```ts\n([\s\S]*?)\n```/.exec(readme) ?? [];
    const settings = { ...strictest("typescript"), lib: ["es2023", "dom"], noEmit: false, outDir: "out" };
    writeFiles(project, [
      { path: "readme.mts", content: `${program}\n` },
      { path: "tsconfig.readme.json", content: JSON.stringify({ compilerOptions: settings, files: ["readme.mts"] }) },
    ]);
    expect(await compileWith("typescript", join(project, "tsconfig.readme.json"))).toBe("");
    const { stdout, stderr } = spawnSync(process.execPath, ["out/readme.mjs"], { cwd: project, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "It is one.\n", stderr: "" });
  });

  test("hands out every file that is no module by its name", () => {
    const resolve = createRequire(join(project, "run.cjs")).resolve;
    const installed = join(project, "node_modules/concordat-events");
    const others = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:[cm]?[jt]s|md)$/.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(installed.length + 1)
          .replaceAll("\\", "/"),
      );
    expect(others.length).toBeGreaterThan(500);
    for (const path of others) expect(resolve(`concordat-events/${path}`)).toBe(join(installed, path));
  });

  test("gives its JSON to whoever imports it", () => {
    const content =
      'import model from "concordat-events/model.json" with { type: "json" }; console.log(model.decls.length > 300);';
    writeFiles(project, [{ path: "model.mjs", content }]);
    const { stdout } = spawnSync(process.execPath, ["--no-warnings", "model.mjs"], { cwd: project, encoding: "utf8" });
    expect(stdout).toBe("true\n");
  });
});
