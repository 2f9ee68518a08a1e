import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { describe, expect, test } from "vitest";
import { folderWith } from "./support/project.ts";

/**
 * An independent witness: what json-schema-to-typescript makes of our JSON Schema and what we make of the same model must be
 * assignable to one another, event by event.
 */
const root = join(import.meta.dirname, "..");
const generated = join(root, "generated");
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

/** Events whose two types differ, and why. */
const exceptions: Readonly<Record<string, string>> = {
  "flyte.workflow_execution": "It does not read one-ofs, which a schema can only tell by which keys are required.",
  "flyte.node_execution": "Likewise.",
  "flyte.task_execution": "Likewise.",
};

describe.each(["clearml", "flyte", "h2o", "telemetry"])("%s", (system) => {
  test("every event has the type that its schema describes", async () => {
    const names = Object.keys(readJson<object>(join(root, "contracts/samples", `${system}.json`)));
    const schemas = join(generated, system, "schemas");
    const $defs = closedDefinitions(join(schemas, "defs.schema.json"));
    const properties = Object.fromEntries(
      names.map((name, i) => [`e${i}`, readJson<object>(join(schemas, `${name}.schema.json`))]),
    );
    // One document, so that shared definitions are shared: references lose their file, roots their address.
    const text = JSON.stringify({
      title: "All",
      type: "object",
      required: Object.keys(properties),
      additionalProperties: false,
      properties,
      $defs,
    })
      .replaceAll("defs.schema.json#/", "#/")
      .replaceAll(/"\$(?:id|schema|comment)":"[^"]*",/g, "")
      .replaceAll(/"title":"(?!All")[^"]*",/g, "");
    const witness = await compile(JSON.parse(text) as JSONSchema, "All", {
      bannerComment: "",
      unknownAny: true,
      format: false,
    });
    const lines = [
      `import type { EventMap } from "${join(generated, system, "index.js")}";`,
      'import type { All } from "./witness.js";',
      "type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { ours: B; theirs: A }) : { theirs: A; ours: B };",
      ...names.map((name, i) => `export const e${i}: Same<All["e${i}"], EventMap[${JSON.stringify(name)}]> = true;`),
    ];
    const compilerOptions = {
      target: "es2023",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      types: [],
      noEmit: true,
    };
    const folder = folderWith({
      "package.json": '{"type":"module"}',
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["same.ts"] }),
      "witness.ts": witness,
      "same.ts": lines.join("\n"),
    });
    const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    const differing = [...stdout.matchAll(/same\.ts\((\d+),/g)].map(([, line]) => names[Number(line) - 4]);
    expect(stdout.split("\n").filter((line) => line !== "" && !/^ |same\.ts/.test(line))).toEqual([]);
    expect([...new Set(differing)]).toEqual(Object.keys(exceptions).filter((name) => names.includes(name)));
  });
});

/** The witness knows no `unevaluatedProperties`: what is closed by it is closed here where it is defined. */
function closedDefinitions(path: string): Readonly<Record<string, object>> {
  const { $defs } = readJson<{
    readonly $defs: Record<string, { readonly $ref?: string; unevaluatedProperties?: false }>;
  }>(path);
  const closed = Object.entries($defs).map(([name, definition]) => {
    const { $ref, unevaluatedProperties, ...rest } = definition;
    if ($ref === undefined || unevaluatedProperties !== false) return [name, definition] as const;
    return [name, { ...$defs[$ref.slice("#/$defs/".length)], ...rest, additionalProperties: false }] as const;
  });
  return Object.fromEntries(closed);
}
