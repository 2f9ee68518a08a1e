import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Session } from "chdb";
import protobufjs from "protobufjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  generate,
  lock,
  type Model,
  type OutputFile,
  type Projection,
  type RunResult,
  read,
} from "../../pipeline/index.ts";

/** The real systems, with numbers locked for those whose documents have none. */
const root = join(import.meta.dirname, "../..");
let folder: string;
let session: Session;
let result: RunResult & { readonly files?: readonly OutputFile[] };
let projections: readonly Projection[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "concordat-protobuf-"));
  session = new Session();
  cpSync(join(root, "schemas"), join(folder, "schemas"), { recursive: true });
  const systems = readFileSync(join(root, "concordat.yaml"), "utf8").split(/^generators:$/m)[0];
  writeFileSync(join(folder, "concordat.yaml"), `${systems}generators:\n  protobuf: {}\n`);
  const numbers = await lock({ folder, system: ["telemetry", "h2o"], all: true });
  expect(numbers.exitCode).toBe(0);
  const made = await generate({ folder, mode: "dry-run" });
  result = made;
  projections = ledgerOf(made.files ?? []);
  for (const { path, content } of made.files ?? []) {
    mkdirSync(dirname(join(folder, "generated", path)), { recursive: true });
    writeFileSync(join(folder, "generated", path), content);
  }
}, 60_000);
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

function ledgerOf(files: readonly OutputFile[]): readonly Projection[] {
  const text = files.find(({ path }) => path === "ledger.json")?.content ?? "{}";
  const { fields, reasons } = JSON.parse(text);
  return Object.entries<Record<string, string | [Projection["fidelity"], number]>>(fields).map(([at, { protobuf }]) =>
    Array.isArray(protobuf)
      ? { at, fidelity: protobuf[0], why: reasons[protobuf[1]] }
      : { at, fidelity: protobuf as Projection["fidelity"] },
  );
}

const protos = (system: string): readonly string[] =>
  (result.files ?? []).flatMap(({ path }) => (path.startsWith(`${system}/protobuf/`) ? [path] : []));

/** Reads the printed files of a system with the real compiler. */
async function readAgain(system: string): Promise<Model> {
  const files = protos(system).map((path) => path.slice(system.length + 1));
  const at = join(folder, "generated", system);
  const config = `systems:\n  ${system}:\n    sources: [{ files: ${JSON.stringify(files)}, reader: protobuf, root: protobuf }]\n`;
  writeFileSync(join(at, "concordat.yaml"), config);
  const { findings, project } = await read({ folder: at });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  if (!project) throw new Error("There is no model.");
  return project.model;
}

const typesOf = (model: Model, system: string) =>
  JSON.parse(
    JSON.stringify(
      model.decls.filter((decl) => (decl.kind === "message" || decl.kind === "enum") && decl.system === system),
      (key, value) => (key === "origins" ? undefined : value),
    ),
  );

test("no system has an error", () => {
  expect(result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("Flyte's files, read again, say what its sources say", async () => {
  expect(protos("flyte")).toEqual(["flyte/protobuf/flyteidl/core.proto", "flyte/protobuf/flyteidl/event.proto"]);
  if (!result.project) throw new Error("There is no model.");
  expect(typesOf(await readAgain("flyte"), "flyte")).toEqual(typesOf(result.project.model, "flyte"));
  const flyte = projections.filter(({ at }) => at.startsWith("flyteidl."));
  expect(flyte.length).toBeGreaterThan(50);
  expect(flyte.filter(({ fidelity }) => fidelity !== "exact")).toEqual([]);
});

test("H2O has a file per scope, and its types the numbers of the lock", async () => {
  const model = await readAgain("h2o");
  expect(protos("h2o")).toContain("h2o/protobuf/h2o/mlops.proto");
  const numbersOf = (from: Model) =>
    new Map(
      from.decls.flatMap((decl) =>
        decl.kind === "message" ? [[decl.name, new Set(decl.fields.map(({ number }) => number))] as const] : [],
      ),
    );
  const stated = numbersOf(result.project?.model ?? { irVersion: 1, decls: [] });
  for (const [name, numbers] of numbersOf(model)) {
    expect(stated.has(name), name).toBe(true);
    for (const number of numbers) expect(stated.get(name), name).toContain(number);
  }
  expect(model.decls.filter(({ kind }) => kind === "message").length).toBeGreaterThan(80);
});

describe("telemetry", () => {
  const id = "61f0c404-5cb3-11e7-907b-a6006ad3dba0";
  const head = {
    event_id: id,
    timestamp: "2024-05-06T07:08:09.5+02:00",
    tenant_id: id,
    source: "test",
    version: "1.0",
  };

  test("has a message per topic that carries events, and a body per event", async () => {
    const model = await readAgain("telemetry");
    const messages = new Map(
      model.decls.flatMap((decl) => (decl.kind === "message" ? [[decl.name, decl] as const] : [])),
    );
    expect([...messages.keys()].filter((name) => name.endsWith("Message"))).toEqual([
      "telemetry.AssetAccessMessage",
      "telemetry.AssetTransferMessage",
      "telemetry.AzureEventHubsMessage",
      "telemetry.KubernetesMessage",
      "telemetry.PbacAccessMessage",
      "telemetry.PbacServiceMessage",
      "telemetry.XumiLoadMessage",
      "telemetry.XumiTaskMessage",
    ]);
    const load = messages.get("telemetry.XumiLoadMessage");
    expect(load?.oneofs).toMatchObject([
      { name: "event", fields: ["xumi_weights_load_complete", "xumi_weights_load_start"] },
    ]);
    expect(load?.fields.map(({ name, number }) => [name, number])).toEqual([
      ["event_id", 1],
      ["event_type", 2],
      ["timestamp", 3],
      ["tenant_id", 4],
      ["user_id", 5],
      ["session_id", 6],
      ["source", 7],
      ["version", 8],
      ["metadata", 9],
      ["tags", 10],
      ["xumi_weights_load_complete", 11],
      ["xumi_weights_load_start", 12],
    ]);
  });

  test("says in the ledger what Protobuf keeps of every field of every event", () => {
    const of = (event: string) => projections.filter(({ at }) => at.startsWith(`${event}.`) || at === event);
    expect(of("xumi.weights.load.start")).toHaveLength(17);
    expect(of("xumi.weights.load.start").map(({ fidelity }) => fidelity)).not.toContain("omitted");
    expect(projections.find(({ at }) => at === "xumi.weights.load.start.timestamp")).toMatchObject({
      fidelity: "widened",
      why: "proto3 requires no field. That it is a timestamp(rfc3339) is not said.",
    });
  });

  test("is read by ClickHouse from a topic's messages, and what is absent is NULL", () => {
    const path = join(folder, "generated/telemetry/protobuf/telemetry.proto");
    const type = protobufjs
      .parse(readFileSync(path, "utf8"), { keepCase: true })
      .root.lookupType("telemetry.XumiLoadMessage");
    const body = {
      event_type: "xumi.weights.load.start",
      model: "",
      url: "u",
      node_id: id,
      storage_size: "9007199254740993",
    };
    const events = [
      { ...head, event_type: body.event_type, metadata: '{"a":1}', xumi_weights_load_start: body },
      { ...head, event_type: "xumi.weights.load.complete", xumi_weights_load_complete: { result: false } },
      { ...head, event_type: "somebody.else" },
    ];
    const bytes = events.map((event) => Buffer.from(type.encodeDelimited(type.fromObject(event)).finish()));
    writeFileSync(join(folder, "load.bin"), Buffer.concat(bytes));
    const columns = [
      "event_id String, timestamp Nullable(String), user_id Nullable(String), metadata Nullable(String)",
      "xumi_weights_load_start Nullable(Tuple(model Nullable(String), storage_size Nullable(Int64), vm_type Nullable(String)))",
      "xumi_weights_load_complete Nullable(Tuple(result Nullable(Bool)))",
      "event Enum8('none' = 0, 'xumi_weights_load_complete' = 11, 'xumi_weights_load_start' = 12)",
    ].join(", ");
    const rows = session
      .query(
        `SELECT * EXCEPT event_id FROM file('${join(folder, "load.bin")}', 'Protobuf', '${columns.replaceAll("'", "\\'")}') ` +
          `SETTINGS format_schema = '${path}:XumiLoadMessage', enable_nullable_tuple_type = 1, ` +
          "input_format_protobuf_oneof_presence = 1, output_format_json_quote_64bit_integers = 1",
        "JSONEachRow",
      )
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const common = { timestamp: head.timestamp, user_id: null, metadata: null };
    expect(rows).toEqual([
      {
        ...common,
        metadata: '{"a":1}',
        xumi_weights_load_start: { model: "", storage_size: "9007199254740993", vm_type: null },
        xumi_weights_load_complete: null,
        event: "xumi_weights_load_start",
      },
      {
        ...common,
        xumi_weights_load_start: null,
        xumi_weights_load_complete: { result: false },
        event: "xumi_weights_load_complete",
      },
      { ...common, xumi_weights_load_start: null, xumi_weights_load_complete: null, event: "none" },
    ]);
  });
});
