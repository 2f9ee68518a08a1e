import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import avsc from "avsc";
import { describe, expect, test } from "vitest";
import { folderWith, generateIn } from "./support/project.ts";

/** Types that hold themselves, in every target: by fields, lists, maps, one-ofs, extensions, and as google.protobuf.Struct. */
const source = join(import.meta.dirname, "../readers/protobuf/cases/recursive-types/tree.proto");

const config = `output: generated
systems:
  acme:
    sources: [{ files: tree.proto, reader: protobuf }]
    events: { acme.grown: acme.trees.Grown }
generators:
  typescript: {}
  json-schema: { base: "https://acme.example/" }
  validators: {}
  avro: {}
  clickhouse: { database: events }
`;

/** A value that is this deep, with something at its bottom. */
function nested(depth: number, bottom: unknown): unknown {
  let tree: Record<string, unknown> = { name: bottom };
  for (let level = 0; level < depth; level++)
    tree = { name: "n", ...[{ left: tree }, { others: [tree] }, { named: { "": tree } }][level % 3] };
  return {
    id: "1",
    tree,
    labels: { a: [{ b: null }] },
    own: { fields: { a: { list: { values: [{ struct: { fields: {} } }, { number: 1 }] } } } },
    ring: { next: { link: { ring: {} } } },
    "[acme.trees.graft]": tree,
    "[acme.trees.shoots]": [{ tree }],
  };
}

describe("types that hold themselves", () => {
  /** The generated files, on disk. */
  async function generated() {
    const folder = folderWith({ "concordat.yaml": config, "tree.proto": readFileSync(source) });
    const result = await generateIn(folder);
    expect(result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    return { folder, text: (path: string): string => readFileSync(join(folder, "generated", path), "utf8") };
  }

  test("are checked to their depth by JSON Schema", async () => {
    const { text } = await generated();
    const ajv = new Ajv2020({ allErrors: false, strict: false, validateFormats: false });
    ajv.addSchema(JSON.parse(text("acme/schemas/defs.schema.json")));
    const check = ajv.compile(JSON.parse(text("acme/schemas/acme.grown.schema.json")));
    for (const depth of [0, 1, 2, 3, 50]) {
      expect(check(nested(depth, "leaf"))).toBe(true);
      expect(check(nested(depth, 1))).toBe(false);
    }
  });

  test("are checked to their depth by the validators", async () => {
    const { folder } = await generated();
    const { isTreesGrown } = await import(pathToFileURL(join(folder, "generated/acme/validators.js")).href);
    for (const depth of [0, 1, 2, 3, 50]) {
      expect(isTreesGrown(nested(depth, "leaf"))).toBe(true);
      expect(isTreesGrown(nested(depth, 1))).toBe(false);
    }
  });

  test("are records that refer to themselves in Avro", async () => {
    const { text } = await generated();
    const type = avsc.Type.forSchema(JSON.parse(text("acme/avro/acme.grown.avsc")));
    expect(type.isValid({ tree: { name: "n", left: { left: { name: "leaf" } } } })).toBe(true);
    expect(type.isValid({ tree: { name: "n", left: { left: { name: 1 } } } })).toBe(false);
  });

  test("end in JSON columns in ClickHouse, and in names in TypeScript", async () => {
    const { text } = await generated();
    expect(text("acme/clickhouse/acme_grown.sql")).toMatch(/`left` +Nullable\(JSON/);
    expect(text("acme/index.d.ts")).toMatch(/left\?: \w*Node;/);
  });
});
