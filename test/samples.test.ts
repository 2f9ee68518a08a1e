import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventStem, formats, hasFormat, type Json, read, type StringFormat, type View } from "../pipeline/index.ts";
import { folderWith } from "./support/project.ts";

/**
 * Every event and every body of an endpoint, as people would send it: one sample that is right and one with a single fault,
 * written by hand from the documents in `contracts/samples/`, held against what lies in `generated/`.
 */
const root = join(import.meta.dirname, "..");
const generated = join(root, "generated");
const systems = ["clearml", "flyte", "h2o", "telemetry"] as const;
type System = (typeof systems)[number];

interface Sample {
  readonly valid: Json;
  readonly broken?: Json;
  readonly fault?: { readonly path: string; readonly keyword: string };
  /** True for a shape without declared fields: there is nothing to break. */
  readonly anything?: boolean;
}
interface Violation {
  readonly path: string;
  readonly keyword: string;
}
type Validate = (name: string, value: unknown, options?: { readonly unknown: "error" }) => readonly Violation[];

type ValidatorFor = (name: string) => { readonly validate: (value: unknown) => readonly Violation[] };

const readSamples = <T>(file: string): Record<string, T> =>
  JSON.parse(readFileSync(join(root, "contracts/samples", file), "utf8")) as Record<string, T>;
const eventSamples = systems.map((system) => ({ system, samples: readSamples<Sample>(`${system}.json`) }));
const bodies = Object.entries(readSamples<Record<string, Record<string, Sample>>>("clearml-operations.json")).flatMap(
  ([operation, versions]) =>
    Object.entries(versions).flatMap(([version, sides]) =>
      Object.entries(sides).map(([side, sample]) => ({ operation, version, side, sample })),
    ),
);

let view: View;
beforeAll(async () => {
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The project does not load.");
  view = project.view;
});

test("there is a sample for every event and every body", () => {
  for (const { system, samples } of eventSamples)
    expect(Object.keys(samples).sort()).toEqual(view.events(system).map(({ name }) => name));
  const expected = view
    .operations("clearml")
    .flatMap(({ name, versions }) =>
      versions.flatMap(({ version, request, response }) => [
        ...(request ? [`${name} ${version} request`] : []),
        ...(response ? [`${name} ${version} response`] : []),
      ]),
    );
  expect(bodies.map(({ operation, version, side }) => `${operation} ${version} ${side}`).sort()).toEqual(
    expected.sort(),
  );
});

describe.each(eventSamples)("$system", ({ system, samples }) => {
  let validateEvent: Validate;
  const schemas = schemasOf(system);
  beforeAll(async () => {
    ({ validateEvent } = (await import(join(generated, system, "validators.js"))) as { validateEvent: Validate });
  });

  test.each(Object.entries(samples))("%s", (name, { valid, broken, fault }) => {
    expect(validateEvent(name, valid)).toEqual([]);
    expect(validateEvent(name, valid, { unknown: "error" })).toEqual([]);
    expect(validateEvent(name, broken)).toContainEqual(expect.objectContaining(fault));
    for (const form of ["", ".open"]) {
      const validate = schemas(`${name}${form}.schema.json`);
      expect(validate(valid), JSON.stringify(validate.errors)).toBe(true);
      expect(validate(broken)).toBe(false);
    }
  });

  test("fields that nobody declared are for closed schemas to refuse", () => {
    for (const [name, { valid }] of Object.entries(samples)) {
      const more = { ...(valid as object), "not declared": 1 };
      expect(validateEvent(name, more), name).toEqual([]);
      expect(schemas(`${name}.open.schema.json`)(more), name).toBe(true);
      expect(validateEvent(name, more, { unknown: "error" }).length, name).toBeGreaterThan(0);
      expect(schemas(`${name}.schema.json`)(more), name).toBe(false);
    }
  });
});

describe("the bodies of ClearML's endpoints", () => {
  const schemas = schemasOf("clearml");
  let validatorFor: ValidatorFor;
  beforeAll(async () => {
    ({ validatorFor } = (await import(join(generated, "clearml/validators.js"))) as { validatorFor: ValidatorFor });
  });

  test.each(bodies)("$operation $version $side", ({ operation, version, side, sample }) => {
    const { valid, broken, fault, anything } = sample;
    const schema = schemas(`${operation}.v${version}.${side}.schema.json`);
    const { validate } = validatorFor(`${operation}.v${version}.${side}`);
    expect(validate(valid)).toEqual([]);
    expect(schema(valid), JSON.stringify(schema.errors)).toBe(true);
    expect(anything === true).toBe(fault === undefined);
    if (anything) return;
    expect(validate(broken)).toContainEqual(expect.objectContaining(fault));
    expect(schema(broken)).toBe(false);
  });

  // An object without declared fields takes every object: these are listed, not dressed up.
  test("that take any object are these", () => {
    const open = bodies
      .filter(({ sample }) => sample.anything)
      .map(({ operation, version, side }) => `${operation} ${version} ${side}`);
    expect(open).toEqual([
      "clearml.add 2.1 response",
      "clearml.add 2.22 response",
      "clearml.multi_task_scalar_metrics_iter_histogram 2.1 response",
      "clearml.multi_task_scalar_metrics_iter_histogram 2.22 response",
    ]);
  });
});

test("TypeScript takes every sample as a literal of its type", () => {
  const lines = eventSamples.flatMap(({ system, samples }) => [
    `import type { EventMap as ${system} } from "${join(generated, system, "index.js")}";`,
    ...Object.entries(samples).map(
      ([name, { valid }], i) =>
        `export const ${system}${i}: ${system}[${JSON.stringify(name)}] = ${JSON.stringify(valid)};`,
    ),
  ]);
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
  };
  const folder = folderWith({
    "package.json": '{"type":"module"}',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["samples.ts"] }),
    "samples.ts": lines.join("\n"),
  });
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", folder],
    {
      encoding: "utf8",
    },
  );
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

describe("ClickHouse", () => {
  let session: Session;
  beforeAll(() => {
    session = new Session();
    session.query("SET date_time_input_format = 'best_effort'");
    for (const system of systems)
      for (const file of readdirSync(join(generated, system, "clickhouse")).filter((name) => name.endsWith(".sql"))) {
        const text = readFileSync(join(generated, system, "clickhouse", file), "utf8");
        for (const statement of text.split(/;\n/)) if (statement.trim() !== "") session.query(statement);
      }
  });
  afterAll(() => session.close());

  test.each(eventSamples)("takes the samples of $system and gives them back", ({ system, samples }) => {
    for (const [name, { valid }] of Object.entries(samples)) {
      const table = `events.${system}_${eventStem({ name, system }).replaceAll(".", "_")}`;
      session.query(`INSERT INTO ${table} FORMAT JSONEachRow ${JSON.stringify(valid)}`);
      const settings = "output_format_json_quote_64bit_integers = 1, date_time_output_format = 'iso'";
      const text = session.query(`SELECT * FROM ${table} SETTINGS ${settings}`, "JSONEachRow");
      // A table has a column for every field: what is in the sample must be in the row, other columns may be empty.
      expect(lost(JSON.parse(text), valid), name).toEqual([]);
    }
  });
});

/**
 * What a sample says and its row does not. A table writes enums by symbol, instants in UTC and UUIDs in small letters, and
 * the ledger says that free-form JSON loses nulls and what is empty.
 */
function lost(row: unknown, sample: Json, path = ""): readonly string[] {
  if (sample !== null && typeof sample === "object") {
    const parts = row as Record<string, unknown> | null | undefined;
    return Object.entries(sample).flatMap(([key, part]) => lost(parts?.[key], part as Json, `${path}/${key}`));
  }
  return isSame(row, sample) ? [] : [`${path}: ${JSON.stringify(sample)} is ${JSON.stringify(row)}`];
}

function isSame(cell: unknown, value: null | boolean | number | string): boolean {
  if (value === null) return cell === null || cell === undefined;
  const isEnum = typeof value === "number" && typeof cell === "string" && Number.isNaN(Number(cell));
  if (isEnum || String(cell) === String(value)) return true;
  if (typeof value !== "string" || typeof cell !== "string") return false;
  if (hasFormat("uuid", value)) return cell === value.toLowerCase();
  return hasFormat("date-time", value) && Date.parse(cell) === Date.parse(value);
}

/** The schemas of a system by file name, in an engine that is given our formats. */
function schemasOf(system: System): (file: string) => ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false, ownProperties: true });
  for (const [name, { keyword }] of Object.entries(formats))
    if (keyword && "format" in keyword)
      ajv.addFormat(keyword.format, {
        type: "string",
        validate: (text: string) => hasFormat(name as StringFormat, text),
      });
  const folder = join(generated, system, "schemas");
  const ids = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const schema = JSON.parse(readFileSync(join(folder, file), "utf8")) as { readonly $id: string };
    ajv.addSchema(schema);
    ids.set(file, schema.$id);
  }
  return (file) => {
    const validate = ajv.getSchema(ids.get(file) ?? file);
    if (!validate) throw new Error(`There is no schema ${system}/schemas/${file}.`);
    return validate;
  };
}
