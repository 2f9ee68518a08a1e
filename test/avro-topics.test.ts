import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import avsc from "avsc";
import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate, type Json, type WireValue } from "../pipeline/index.ts";
import { avscOptions, checkLogicalTypes, type TopicCodec, topicCodec } from "../verify/index.ts";

/** The Avro records of the telemetry topics: every sample travels in one and comes back, and ClickHouse reads them. */
const root = join(import.meta.dirname, "..");
const samples = JSON.parse(readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8")) as Readonly<
  Record<string, { readonly valid: { readonly [key: string]: Json } }>
>;
let topics: ReadonlyMap<string, { readonly schema: Json; readonly type: avsc.Type; readonly codec: TopicCodec }>;
let files: ReadonlyMap<string, string>;
let session: Session;
let folder: string;

beforeAll(async () => {
  session = new Session();
  folder = mkdtempSync(join(tmpdir(), "concordat-topics-"));
  const made = await generate({ folder: root, mode: "dry-run", only: ["avro"] });
  files = new Map((made.files ?? []).map(({ path, content }) => [path, content]));
  const prefix = "telemetry/avro/topics/";
  topics = new Map(
    [...files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, content]) => {
        const schema = JSON.parse(content) as Json;
        const type = avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));
        return [path.slice(prefix.length, -".avsc".length), { schema, type, codec: topicCodec(schema) }];
      }),
  );
}, 60_000);
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

test("there is one for every topic that carries events", () => {
  expect([...topics.keys()].sort()).toEqual([
    "asset_access",
    "asset_transfer",
    "azure-event-hubs",
    "kubernetes",
    "pbac_access",
    "pbac_service",
    "xumi_load",
    "xumi_task",
  ]);
  for (const { schema } of topics.values()) expect(checkLogicalTypes(schema)).toEqual([]);
});

test("every sample of an event travels in its topic's record", () => {
  const seen = new Set<string>();
  for (const { codec, type } of topics.values())
    for (const event of codec.events) {
      const sample = samples[event]?.valid;
      if (!sample) continue;
      seen.add(event);
      const there = (json: WireValue): WireValue => {
        const encoded = codec.toAvro(event, json);
        if (!encoded.ok) throw new Error(`${event}: ${JSON.stringify(encoded.problems)}`);
        expect(encoded.lost).toEqual([]);
        const decoded = codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value)));
        if (!decoded.ok) throw new Error(`${event}: ${JSON.stringify(decoded.problems)}`);
        expect(decoded.value.event).toBe(event);
        return decoded.value.json;
      };
      // A moment comes back in UTC; what came back comes back the same ever after.
      const once = there(sample);
      expect(Object.keys(once as object).sort()).toEqual(Object.keys(sample).sort());
      expect(there(once)).toEqual(once);
    }
  expect([...seen].sort()).toEqual(Object.keys(samples).sort());
});

describe("fingerprints", () => {
  test("stand in every schema, and are listed with their canonical forms", () => {
    for (const system of ["h2o", "flyte", "clearml", "telemetry"]) {
      const { schemas } = JSON.parse(files.get(`${system}/avro/fingerprints.json`) ?? "{}") as {
        readonly schemas: Record<string, { readonly files: readonly string[]; readonly canonical: string }>;
      };
      const listed = new Map(
        Object.entries(schemas).flatMap(([print, entry]) =>
          entry.files.map((file) => [file, { print, ...entry }] as const),
        ),
      );
      const own = [...files].filter(([path]) => path.startsWith(`${system}/avro/`) && path.endsWith(".avsc"));
      expect(listed.size).toBe(own.length);
      for (const [path, content] of own) {
        const schema = JSON.parse(content);
        const entry = listed.get(path.slice(`${system}/avro/`.length));
        expect(entry?.print, path).toBe(schema.fingerprint);
        expect(entry?.canonical, path).toBe(JSON.stringify(avsc.Type.forSchema(schema).schema()));
      }
    }
  });
});

/** An object container file. avsc has an encoder for them, which would take a type of its own making only. */
function container(schema: string, records: readonly Buffer[]): Buffer {
  const long = avsc.Type.forSchema("long");
  const text = (value: string) => [long.toBuffer(Buffer.byteLength(value)), Buffer.from(value)];
  const sync = Buffer.alloc(16, 7);
  const data = Buffer.concat(records);
  return Buffer.concat([
    Buffer.from("Obj\x01"),
    long.toBuffer(1),
    ...text("avro.schema"),
    ...text(schema),
    long.toBuffer(0),
    sync,
    long.toBuffer(records.length),
    long.toBuffer(data.length),
    data,
    sync,
  ]);
}

test("ClickHouse reads a topic's record, and an event that is not there is NULL", () => {
  const { codec, type } = topics.get("xumi_load") ?? {};
  if (!codec || !type) throw new Error("There is no such topic.");
  const path = join(folder, "load.avro");
  const events = ["xumi.weights.load.start", "xumi.weights.load.complete"];
  const records = events.map((event) => {
    const encoded = codec.toAvro(event, samples[event]?.valid ?? null);
    return type.toBuffer(encoded.ok ? encoded.value : null);
  });
  writeFileSync(path, container(files.get("telemetry/avro/topics/xumi_load.avsc") ?? "", records));
  const body = (event: string): string =>
    `${event.replaceAll(".", "_")} Nullable(Tuple(${columnsOf(bodyFields(files, event)).join(", ")}))`;
  const columns = ["event_id String", ...events.map(body)].join(", ");
  const rows = session.query(
    `SELECT * FROM file('${path}', 'Avro', '${columns}') SETTINGS enable_nullable_tuple_type = 1, ` +
      "output_format_json_quote_64bit_integers = 0",
    "JSONEachRow",
  );
  const [start, complete] = events.map((event) => samples[event]?.valid ?? {});
  expect(
    rows
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    {
      event_id: start?.event_id,
      xumi_weights_load_start: { model: start?.model, storage_size: start?.storage_size },
      xumi_weights_load_complete: null,
    },
    {
      event_id: complete?.event_id,
      xumi_weights_load_start: null,
      xumi_weights_load_complete: { result: complete?.result, size: complete?.size },
    },
  ]);
});

interface Part {
  readonly name: string;
  readonly event?: string;
  readonly type: unknown;
}

/** The fields of an event's body. ClickHouse wants all of them in the tuple, and in their order. */
function bodyFields(texts: ReadonlyMap<string, string>, event: string): readonly Part[] {
  const schema = JSON.parse(texts.get("telemetry/avro/topics/xumi_load.avsc") ?? "{}") as { readonly fields: Part[] };
  const type = schema.fields.find((field) => field.event === event)?.type as readonly { readonly fields: Part[] }[];
  return type[1]?.fields ?? [];
}

function columnsOf(fields: readonly Part[]): readonly string[] {
  const types: Readonly<Record<string, string>> = {
    string: "String",
    long: "Int64",
    double: "Float64",
    boolean: "Bool",
  };
  return fields.map(({ name, type }) => {
    const plain = typeof type === "string" ? type : (type as { readonly type: string }).type;
    return `${name} ${types[plain]}`;
  });
}
