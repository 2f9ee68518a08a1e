import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import avsc from "avsc";
import { beforeAll, describe, expect, test } from "vitest";
import {
  enumJsonValues,
  generate,
  type Json,
  type JsonForm,
  type JsonProfile,
  jsonForm,
  type Message,
  type Name,
  type OutputFile,
  objectForm,
  type StringFormat,
  type View,
  type WireValue,
} from "../pipeline/index.ts";
import { avroCodec, avscOptions, checkLogicalTypes } from "../verify/index.ts";

/** Every schema and every event of the four systems, through Avro's bytes and back. */
let view: View;
let files: ReadonlyMap<string, Json>;

beforeAll(async () => {
  const { project, files: made } = await generate({
    folder: join(import.meta.dirname, ".."),
    mode: "dry-run",
    only: ["avro"],
  });
  if (!project || !made) throw new Error("The project has errors: run `concordat check`.");
  view = project.view;
  files = new Map(made.filter(isSchema).map(({ path, content }) => [path, JSON.parse(content) as Json]));
}, 60_000);

const isSchema = ({ path }: OutputFile): boolean => path.endsWith(".avsc");
const typeOf = (schema: Json): avsc.Type =>
  avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));

describe("the Avro schemas", () => {
  test("parse, each by itself, and put logical types only where Avro knows them", () => {
    expect(files.size).toBeGreaterThan(0);
    for (const [path, schema] of files) {
      expect(() => typeOf(schema), path).not.toThrow();
      expect(checkLogicalTypes(schema), path).toEqual([]);
    }
  });

  test("define a name alike wherever they define it", () => {
    const definitions = new Map<string, string>();
    for (const [path, schema] of files)
      for (const [name, definition] of definitionsIn(schema, new Set())) {
        const known = definitions.get(name);
        if (known !== undefined) expect(definition, `${name} in ${path}`).toBe(known);
        else definitions.set(name, definition);
      }
  });

  test("are there for every event", () => {
    for (const system of view.systems)
      for (const event of view.events(system.name)) expect([...files.keys()]).toContain(pathOf(event));
  });

  test.each(["full", "minimal"] as const)("take every event in its %s form and give it back", (size) => {
    for (const system of view.systems)
      for (const event of view.events(system.name)) {
        const message = view.eventMessage(event);
        const schema = files.get(pathOf(event));
        if (!message || schema === undefined) throw new Error(`${event.name} has no message or no schema.`);
        const json = sampleOf(message, system.json, size === "full" ? 4 : 0);
        const codec = avroCodec(schema);
        const encoded = codec.toAvro(json);
        if (!encoded.ok) throw new Error(`${event.name}: ${JSON.stringify(encoded.problems)}`);
        expect(encoded.lost).toEqual([]);
        const type = typeOf(schema);
        expect(codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value))), event.name).toMatchObject({
          value: json,
        });
      }
  });
});

describe("the samples written by hand", () => {
  const folder = join(import.meta.dirname, "../contracts/samples");
  const read = <T>(file: string): readonly (readonly [string, T])[] =>
    Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, T>);
  const events = readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !file.endsWith("-operations.json"))
    .flatMap((file) => read<Sample>(file).map(([name, sample]) => [`${file.slice(0, -5)}/avro/${name}.avsc`, sample]));
  const bodies = readdirSync(folder)
    .filter((file) => file.endsWith("-operations.json"))
    .flatMap((file) =>
      read<Record<string, Record<string, Sample>>>(file).flatMap(([name, versions]) =>
        Object.entries(versions).flatMap(([version, sides]) =>
          Object.entries(sides).map(([side, sample]) => [
            `${file.replace("-operations.json", "")}/avro/operations/${name}.v${version}.${side}.avsc`,
            sample,
          ]),
        ),
      ),
    );

  test.each(events as [string, Sample][])("%s", (path, sample) => {
    expect([...files.keys()]).toContain(path);
    check(files.get(path), sample);
  });

  test.each(bodies as [string, Sample][])("%s", (path, sample) => {
    // Bodies without a shape have no schema; the ledger says so.
    if (files.has(path)) check(files.get(path), sample);
  });

  function check(schema: Json = null, { valid, broken, fault }: Sample): void {
    const [codec, type] = [avroCodec(schema), typeOf(schema)];
    const roundTrip = (json: WireValue): WireValue => {
      const encoded = codec.toAvro(json);
      if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
      expect(encoded.lost).toEqual([]);
      const decoded = codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value)));
      if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems));
      return decoded.value;
    };
    // Digits of a fraction may be cut and an offset turned into UTC; what came back comes back the same ever after.
    const once = roundTrip(valid);
    expect(keysOf(once)).toEqual(keysOf(valid));
    expect(roundTrip(once)).toEqual(once);

    if (broken === undefined || heldByRecords.has(fault?.keyword ?? "")) return;
    const refused = codec.toAvro(broken);
    expect(refused.ok && refused.lost.length === 0).toBe(false);
  }
});

/** An event or body that is right, the same with one fault, and what is at fault in it. */
interface Sample {
  readonly valid: Json;
  readonly broken?: Json;
  readonly fault?: { readonly path: string; readonly keyword: string };
}

/** Faults that a record can hold: the ledger calls such fields widened. */
const heldByRecords = new Set(["oneOf", "maximum", "maxLength"]);

/** The keys of a value. A field that is null may come back absent: the ledger calls an optional field that may be null lossy. */
const keysOf = (json: WireValue): readonly string[] =>
  typeof json === "object" && json !== null
    ? Object.entries(json)
        .filter(([, value]) => value !== null)
        .flatMap(([key, value]: [string, WireValue]) => [key, ...keysOf(value).map((k) => `${key}.${k}`)])
        .sort()
    : [];

const pathOf = (event: { readonly system: Name; readonly name: Name }): string =>
  `${event.system}/avro/${event.name}.avsc`;

/** Every definition in a schema, with the names in it written out as far as they are defined in the same file. */
function definitionsIn(schema: Json, seen: Set<string>): readonly (readonly [name: string, text: string])[] {
  if (typeof schema !== "object" || schema === null) return [];
  const inner = Object.values(schema).flatMap((part: Json) => definitionsIn(part, seen));
  if (Array.isArray(schema) || !("name" in schema && "namespace" in schema)) return inner;
  return [[`${schema.namespace}.${schema.name}`, JSON.stringify(shallow(schema))], ...inner];
}

/** The same text whether a member's type is defined in place or named. */
function shallow(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inPlace);
  const { $comment: _, fingerprint: __, ...rest } = value as { readonly [key: string]: Json };
  return Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, inPlace(part)]));
}

function inPlace(value: Json): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && "namespace" in value && "name" in value)
    return `${value.namespace}.${value.name}`;
  return shallow(value);
}

/** An event with all its fields to a depth, or only with what it requires; made from the model alone. */
function sampleOf(message: Message, profile: JsonProfile, depth: number): { readonly [key: string]: Json } {
  const taken = new Set<string>();
  const { properties, oneofs } = objectForm(message, profile);
  return Object.fromEntries(
    properties.flatMap(({ name, form, required }): (readonly [string, Json])[] => {
      const oneof = oneofs.find(({ keys }) => keys.includes(name));
      if (oneof && taken.has(oneof.name)) return [];
      if (!required && depth <= 0) return [];
      if (oneof) taken.add(oneof.name);
      return [[name, sampleValue(form, profile, depth - 1)]];
    }),
  );
}

function sampleValue(form: JsonForm, profile: JsonProfile, depth: number): Json {
  switch (form.kind) {
    case "boolean":
      return true;
    case "string":
      return form.format === undefined ? "text with ünïcode" : texts[form.format];
    case "integer":
      return Math.min(form.maximum, 2 ** 40);
    case "number":
      return 0.5;
    case "literal":
      return form.value;
    case "list":
      return depth <= 0 ? [] : [sampleValue(form.item, profile, depth), sampleValue(form.item, profile, depth)];
    case "map":
      return { "1": sampleValue(form.value, profile, depth) };
    case "union":
      return form.variants[0] === undefined ? null : sampleValue(form.variants[0], profile, depth);
    case "object":
      return { a: [1, null, { b: "c" }] };
    case "any":
      return [null];
    case "named": {
      const decl = view.type(form.name);
      if (decl.kind === "message") return sampleOf(decl, profile, depth);
      if (decl.kind === "enum") return enumJsonValues(decl, profile).at(-1) ?? null;
      const type = decl.kind === "alias" ? decl.type : decl.kind === "union" ? decl.variants[0] : decl.as;
      return type ? sampleValue(jsonForm(type, profile), profile, depth) : null;
    }
  }
}

const texts: Readonly<Record<StringFormat, string>> = {
  uuid: "0b6d1bd8-6d44-4d92-8c0d-0a3f2a4d8c11",
  uri: "s3://bucket/key?a=b",
  ip: "2001:db8::1",
  "date-time": "2024-02-29T12:34:56.789Z",
  "duration-seconds": "-1.500s",
  "duration-iso8601": "PT1.5S",
  int64: "-9223372036854775808",
  uint64: "18446744073709551615",
  base64: "AP8=",
  json: '{"a":[1,2]}',
};
