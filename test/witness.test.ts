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

describe.each(["clearml", "flyte", "h2o", "telemetry"])("%s", (system) => {
  test("every event has the type that its schema describes", async () => {
    const names = Object.keys(readJson<object>(join(root, "contracts/samples", `${system}.json`)));
    const schemas = join(generated, system, "schemas");
    const $defs = definitionsOf(join(schemas, "defs.schema.json"));
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
    expect([...new Set(differing)]).toEqual([]);
  });
});

interface Definition {
  readonly $ref?: string;
  readonly unevaluatedProperties?: false;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Choice[];
  readonly allOf?: readonly { readonly oneOf: readonly Choice[] }[];
}
/** One member of a one-of is there; or, without \`required\`, none of them. */
interface Choice {
  readonly required?: readonly [string];
}

/** The definitions in words that the witness knows, each with the same meaning. */
function definitionsOf(path: string): Readonly<Record<string, object>> {
  const { $defs } = readJson<{ readonly $defs: Record<string, Definition> }>(path);
  return Object.fromEntries(
    Object.entries($defs).map(([name, definition]) => [name, withoutOneofs(closed(definition, $defs))]),
  );
}

/** It knows no \`unevaluatedProperties\`: what is closed by it is closed here where it is defined. */
function closed(definition: Definition, $defs: Readonly<Record<string, Definition>>): Definition {
  const { $ref, unevaluatedProperties, ...rest } = definition;
  if ($ref === undefined || unevaluatedProperties !== false) return definition;
  return { ...$defs[$ref.slice("#/$defs/".length)], ...rest, additionalProperties: false } as Definition;
}

/** It sees nothing in which keys are required of a choice: here each choice is an object without the keys of the others. */
function withoutOneofs({ oneOf, allOf, ...object }: Definition): object {
  const groups = [oneOf, ...(allOf ?? []).map((part) => part.oneOf)].filter((group) => group !== undefined);
  if (groups.length === 0) return object;
  let shapes: readonly Definition[] = [object];
  for (const group of groups) {
    const members = group.flatMap(({ required }) => required ?? []);
    shapes = shapes.flatMap((shape) =>
      group.map(({ required = [] }) => {
        const kept = Object.entries(shape.properties ?? {}).filter(
          ([key]) => !members.includes(key) || required[0] === key,
        );
        return { ...shape, properties: Object.fromEntries(kept), required: [...(shape.required ?? []), ...required] };
      }),
    );
  }
  return { anyOf: shapes };
}
