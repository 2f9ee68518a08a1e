import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import {
  loadValidators,
  moduleFolders,
  type ValidatorModule,
  type Violation,
} from "../generators/validators/testing.ts";
import type { OutputFile } from "../model/index.ts";
import { generate } from "../pipeline/index.ts";
import { compilers, compileWith, strictest } from "./support/compilers.ts";
import { folderWith } from "./support/project.ts";

/** What producers send to the Kafka REST Proxy and are told by their environment, for the topics and components there are. */
const root = join(import.meta.dirname, "..");
const write = moduleFolders("edges");

let made: ReadonlyMap<string, readonly OutputFile[]>;
let folder: string;
let module: ValidatorModule;
let schemas: { readonly closed: Ajv2020; readonly open: Ajv2020 };

beforeAll(async () => {
  const result = await generate({ folder: root, mode: "dry-run" });
  made = result.made ?? new Map();
  folder = write(["typescript", "json-schema", "validators"].flatMap((name) => made.get(name) ?? []));
  module = await loadValidators(folder, "telemetry");
  const documents = (await import(/* @vite-ignore */ join(folder, "telemetry/schemas/index.js"))) as {
    readonly closed: readonly object[];
    readonly open: readonly object[];
  };
  // Formats are annotations here: the patterns beside them must do.
  const engine = (all: readonly object[]): Ajv2020 => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false, ownProperties: true, schemas: [...all] });
    return ajv;
  };
  schemas = { closed: engine(documents.closed), open: engine(documents.open) };
}, 60_000);

const id = "0b8f9f6e-6d0c-4a57-9f0e-2f6f3c1c7a11";
const envelope = {
  event_id: id,
  timestamp: "2026-03-01T12:00:00Z",
  tenant_id: "5f0c7a52-3a55-4f5e-8a53-9f2f7d2b6c01",
  source: "xumi",
  version: "1.0",
};
const machine = {
  node_id: "c2a7a3de-9a53-4a41-8a1c-0b7a7a3c9d55",
  vm_type: "NV6",
  host_name: "node-7",
  storage_size: 1099511627776,
  storage_type: "nvme",
};
const loadStart = {
  ...envelope,
  ...machine,
  event_type: "xumi.weights.load.start",
  model: "m:1",
  url: "https://weights.example/m",
};
const loadComplete = {
  ...loadStart,
  event_type: "xumi.weights.load.complete",
  origin_event_id: id,
  result: true,
  speed: 12.5,
  size: 4096,
};
const generationStart = {
  ...envelope,
  ...machine,
  event_type: "xumi.generation.start",
  model: "m:1",
  url: "https://weights.example/m",
  created: "2026-03-01T12:00:00Z",
  prompt: "Say something.",
  speed: "fast",
  task_id: id,
};
const generationComplete = {
  ...generationStart,
  event_type: "xumi.generation.complete",
  user_id: id,
  start_generation: "2026-03-01T12:00:00Z",
  result: false,
  detail: "out of memory",
};

/** What the validator says, after the schemas were seen to say the same. */
function judge(name: string, value: unknown): readonly Violation[] {
  const validator = module.validatorFor(name);
  if (!validator) throw new Error(`There is no validator of ${name}.`);
  const schema = (form: "closed" | "open"): boolean => {
    const suffix = form === "closed" ? ".schema.json" : ".open.schema.json";
    const validate = schemas[form].getSchema(`https://concordat.example/telemetry/schemas/${name}${suffix}`);
    if (!validate) throw new Error(`There is no ${form} schema of ${name}.`);
    return validate(value) as boolean;
  };
  const violations = validator.validate(value);
  expect(validator.is(value)).toBe(violations.length === 0);
  expect(schema("open"), "the open schema").toBe(violations.length === 0);
  const strict = validator.validate(value, { unknown: "error" });
  expect(schema("closed"), "the closed schema").toBe(strict.length === 0);
  return violations;
}

const paths = (violations: readonly Violation[]): readonly string[] =>
  violations.map(({ path, property }) => (property === undefined ? path : `${path}/${property}`));

const topics = {
  xumi_load: { own: [loadStart, loadComplete], other: generationStart },
  xumi_task: { own: [generationStart, generationComplete], other: loadComplete },
};

test("exactly the topics of producers that use the proxy have requests", async () => {
  const { produceRequests } = (await import(/* @vite-ignore */ join(folder, "telemetry/index.js"))) as {
    readonly produceRequests: Readonly<Record<string, unknown>>;
  };
  expect(Object.keys(produceRequests)).toEqual(Object.keys(topics));
  expect(produceRequests.xumi_load).toEqual({
    method: "POST",
    path: "/topics/xumi_load",
    contentType: "application/vnd.kafka.json.v2+json",
    accept: "application/vnd.kafka.v2+json",
  });
});

describe.each(Object.entries(topics))("a produce request for %s", (topic, { own, other }) => {
  const name = `rest.v2.${topic}.request`;
  const [first, second] = own;

  test.each<[string, unknown]>([
    ["with every event of the topic", { records: own.map((value) => ({ value })) }],
    ["with a key that is text", { records: [{ key: "node-7", value: first }] }],
    ["with a key that is an object", { records: [{ key: { node: 7 }, value: first }] }],
    ["with a key that is null", { records: [{ key: null, value: first }] }],
    ["with a partition", { records: [{ value: second, partition: 0 }] }],
    ["with no partition, said aloud", { records: [{ value: second, partition: null }] }],
    ["with what a later version adds", { records: [{ value: { ...first, more: 1 } }], more: 1 }],
  ])("is taken %s", (_, body) => {
    expect(judge(name, body)).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ["that is the event alone", first, ["/records"]],
    ["without records", {}, ["/records"]],
    ["with no record", { records: [] }, ["/records"]],
    ["whose records are one object", { records: { value: first } }, ["/records"]],
    ["with a bare event for a record", { records: [first] }, ["/records/0/value"]],
    ["with a record without an event", { records: [{ value: first }, { key: 1 }] }, ["/records/1/value"]],
    ["whose event is null", { records: [{ value: null }] }, ["/records/0/value"]],
    ["whose event is text", { records: [{ value: JSON.stringify(first) }] }, ["/records/0/value"]],
    ["with an event of another topic", { records: [{ value: other }] }, ["/records/0/value/event_type"]],
    ["whose event has a text for a number", bent(first, { storage_size: "1" }), ["/records/0/value/storage_size"]],
    ["whose event lacks a field", bent(first, { node_id: undefined }), ["/records/0/value/node_id"]],
    ["whose event is of an unknown version", bent(first, { version: "2.0" }), ["/records/0/value/version"]],
    ["with a negative partition", { records: [{ value: first, partition: -1 }] }, ["/records/0/partition"]],
    ["with half a partition", { records: [{ value: first, partition: 0.5 }] }, ["/records/0/partition"]],
    ["with a partition as text", { records: [{ value: first, partition: "0" }] }, ["/records/0/partition"]],
  ])("is refused %s", (_, body, where) => {
    expect(paths(judge(name, body))).toEqual(where);
  });
});

function bent(event: object | undefined, change: object): unknown {
  return JSON.parse(JSON.stringify({ records: [{ value: { ...event, ...change } }] }));
}

describe("the proxy's answer", () => {
  test.each<[string, unknown]>([
    [
      "to records of which one has failed",
      {
        offsets: [
          { partition: 2, offset: 100, error_code: null, error: null },
          { partition: null, offset: null, error_code: 2, error: "The broker is away." },
        ],
        key_schema_id: null,
        value_schema_id: null,
      },
    ],
    ["with no more than offsets, as Strimzi's bridge gives it", { offsets: [{ partition: 0, offset: 7 }] }],
  ])("is taken: %s", (_, body) => {
    expect(judge("rest.v2.response", body)).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ["no offsets", { key_schema_id: null }, ["/offsets"]],
    ["an offset as text", { offsets: [{ partition: 0, offset: "7" }] }, ["/offsets/0/offset"]],
    ["an error in its place", { error_code: 40401, message: "There is no such topic." }, ["/offsets"]],
  ])("is refused: %s", (_, body, where) => {
    expect(paths(judge("rest.v2.response", body))).toEqual(where);
  });

  test("to a request that it did not carry out has a code and words", () => {
    expect(judge("rest.v2.error", { error_code: 42205, message: "That is no event." })).toEqual([]);
    expect(paths(judge("rest.v2.error", { message: "That is no event." }))).toEqual(["/error_code"]);
  });
});

const environment = {
  PATH: "/usr/bin",
  KAFKA_PROXY_URL: "http://kafka-proxy:8082",
  NODE_ID: machine.node_id,
  VM_TYPE: "NV6",
  HOST_NAME: "node-7",
  STORAGE_SIZE: "1099511627776",
  STORAGE_TYPE: "nvme",
  TENANT_ID: envelope.tenant_id,
};
const fields = { ...machine, tenant_id: envelope.tenant_id };

type Reading = {
  readonly ok: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly violations?: readonly Violation[];
};
const read = (variables: unknown): Reading =>
  (module.readXumiPythonEventServiceEnv as (variables: unknown) => Reading)(variables);

describe("the environment of the Python Event Service", () => {
  const name = "env.xumi.python_event_service";

  test("is turned into the fields of its events, the storage into a number", () => {
    expect(judge(name, environment)).toEqual([]);
    expect(read(environment)).toEqual({ ok: true, fields });
    expect(judge("env.xumi.python_event_service.fields", fields)).toEqual([]);
  });

  test("fills any of its events", () => {
    const event = { ...loadStart, ...read(environment).fields };
    expect(judge("rest.v2.xumi_load.request", { records: [{ value: event }] })).toEqual([]);
  });

  test.each<[string, object, readonly string[], string?]>([
    ["a variable is absent", { STORAGE_SIZE: undefined }, ["/STORAGE_SIZE"], "storage_size"],
    ["a variable is empty", { HOST_NAME: "" }, ["/HOST_NAME"], "host_name"],
    ["a number is empty", { STORAGE_SIZE: "" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number is words", { STORAGE_SIZE: "much" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has a unit", { STORAGE_SIZE: "1Ti" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has a blank", { STORAGE_SIZE: " 1" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has a line end", { STORAGE_SIZE: "1\n" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has another base", { STORAGE_SIZE: "0x10" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has a nought in front", { STORAGE_SIZE: "010" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has a fraction", { STORAGE_SIZE: "1.5" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number is none", { STORAGE_SIZE: "NaN" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number is without end", { STORAGE_SIZE: "Infinity" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a number has an exponent", { STORAGE_SIZE: "1e3" }, ["/STORAGE_SIZE"], "storage_size"],
    ["a UUID is words", { NODE_ID: "node-7" }, ["/NODE_ID"], "node_id"],
    ["several are wrong", { NODE_ID: "7", TENANT_ID: undefined }, ["/TENANT_ID", "/NODE_ID"]],
  ])("is refused, and the rest is read, when %s", (_, change, where, lost) => {
    const wrong = JSON.parse(JSON.stringify({ ...environment, ...change })) as object;
    expect([...paths(judge(name, wrong))].sort()).toEqual([...where].sort());
    const { ok, violations = [], fields: found } = read(wrong);
    expect(ok).toBe(false);
    expect([...paths(violations)].sort()).toEqual([...where].sort());
    if (lost !== undefined)
      expect(found).toEqual(Object.fromEntries(Object.entries(fields).filter(([key]) => key !== lost)));
    for (const { message } of violations) expect(message).toMatch(/^Expected .+, found .+\.$/);
  });

  test("has a number refused that would come out as another one", () => {
    expect(read({ ...environment, STORAGE_SIZE: "9007199254740991" }).fields.storage_size).toBe(2 ** 53 - 1);
    const { ok, fields: found, violations } = read({ ...environment, STORAGE_SIZE: "9007199254740993" });
    expect(ok).toBe(false);
    expect(found).not.toHaveProperty("storage_size");
    expect(violations?.map(({ path, message }) => [path, message])).toEqual([
      ["/STORAGE_SIZE", 'Expected an integer that a number holds exactly, found "9007199254740993".'],
    ]);
  });

  test("gives fields for what feeds them, whatever is wrong with the rest", () => {
    const { KAFKA_PROXY_URL: _, ...without } = environment;
    expect(paths(judge(name, without))).toEqual(["/KAFKA_PROXY_URL"]);
    expect(read(without)).toEqual({ ok: true, fields });
  });

  test.each([undefined, null, "NODE_ID=1", 7])("is refused when it is %s", (value) => {
    expect(read(value)).toMatchObject({ ok: false, fields: {} });
    expect(read(value).violations).toHaveLength(1);
  });

  test("is read from what it holds itself, nothing inherited", () => {
    expect(read(Object.create(environment)).violations).toHaveLength(6);
  });

  test("may be the one of this process", () => {
    const before = { ...process.env };
    try {
      Object.assign(process.env, environment);
      expect(read(process.env)).toEqual({ ok: true, fields });
      expect(module.validatorFor(name)?.validate(process.env)).toEqual([]);
    } finally {
      for (const key of Object.keys(environment)) {
        if (before[key] === undefined) delete process.env[key];
        else process.env[key] = before[key];
      }
    }
  });
});

describe.each([
  "assets.dotnet_event_service",
  "assets.go_event_service",
  "kuber.dotnet_event_service",
  "pbac.dotnet_event_service",
  "pbac.go_event_service",
  "workflow.dotnet_event_service",
])("the environment of %s", (component) => {
  test("says where Kafka is", () => {
    expect(judge(`env.${component}`, { KAFKA_DIRECT_URL: "kafka-1:9092,kafka-2:9092", HOME: "/root" })).toEqual([]);
    expect(paths(judge(`env.${component}`, { KAFKA_PROXY_URL: "http://kafka-proxy:8082" }))).toEqual([
      "/KAFKA_DIRECT_URL",
    ]);
    expect(paths(judge(`env.${component}`, { KAFKA_DIRECT_URL: "" }))).toEqual(["/KAFKA_DIRECT_URL"]);
    expect(paths(judge(`env.${component}`, { KAFKA_DIRECT_URL: 9092 }))).toEqual(["/KAFKA_DIRECT_URL"]);
  });

  test("feeds no field, so that nothing reads it", () => {
    const readers = Object.keys(module).filter((name) => name.startsWith("read"));
    expect(readers).toEqual(["readXumiPythonEventServiceEnv"]);
    expect(module.validatorFor(`env.${component}.fields`)).toBeUndefined();
  });
});

test.each(["avro", "clickhouse"])("%s knows nothing of the edges", (target) => {
  const files = made.get(target) ?? [];
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter(({ content }) => /Produce(Request|Response)|KAFKA_|EventServiceEnv/.test(content))).toEqual([]);
});

describe.each(compilers)("%s", (compiler) => {
  test("takes an event from its environment to the proxy, and nothing that does not belong there", async () => {
    const at = (name: string): string => JSON.stringify(join(folder, "telemetry", name));
    const usage = `
      import { environmentFields, produceRequests } from ${at("index.js")};
      import type { EnvironmentMap, ProduceMap, ProduceResponse, XumiGenerationStart, XumiWeightsLoadStart } from ${at("index.js")};
      import { isXumiPythonEventServiceEnv, readXumiPythonEventServiceEnv, validatorFor } from ${at("validators.js")};

      type Common = Omit<XumiWeightsLoadStart, "node_id" | "vm_type" | "host_name" | "storage_size" | "storage_type" | "tenant_id">;
      export function body(common: Common, variables: { [name: string]: string | undefined }): ProduceMap["xumi_load"] {
        const reading = readXumiPythonEventServiceEnv(variables);
        if (!reading.ok) {
          const size: number | undefined = reading.fields.storage_size;
          throw new Error(reading.violations.map(({ message }) => message).join(" ") + String(size));
        }
        const size: number = reading.fields.storage_size;
        // @ts-expect-error It is a number here, and text in the environment alone.
        const text: string = reading.fields.storage_size;
        return { records: [{ key: String(size) + text, value: { ...common, ...reading.fields } }] };
      }

      // @ts-expect-error An event of another topic.
      export const wrong = (event: XumiGenerationStart): ProduceMap["xumi_load"] => ({ records: [{ value: event }] });

      export function size(variables: unknown): string | undefined {
        return isXumiPythonEventServiceEnv(variables) ? variables.STORAGE_SIZE : undefined;
      }
      export const type: "application/vnd.kafka.json.v2+json" = produceRequests.xumi_load.contentType;
      export const field: "storage_size" = environmentFields["xumi.python_event_service"].STORAGE_SIZE;
      export const url = (env: EnvironmentMap["pbac.go_event_service"]): string => env.KAFKA_DIRECT_URL;
      export const failed = ({ offsets }: ProduceResponse): number => offsets.filter(({ error_code }) => error_code != null).length;
      export const isAnswer = (value: unknown): value is ProduceResponse => validatorFor("rest.v2.response").is(value);
    `;
    const project = folderWith({
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({ compilerOptions: strictest(compiler), files: ["usage.ts"] }),
      "usage.ts": usage,
    });
    expect(await compileWith(compiler, project)).toBe("");
  }, 60_000);
});

test("what the documentation shows compiles", async () => {
  const blocks = [...readFileSync(join(root, "docs/edges.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)];
  const [sent = "", answered = "", told = ""] = blocks
    .map(([, text = ""]) => text)
    .map((text) => text.replaceAll('"concordat-events/telemetry"', JSON.stringify(join(folder, "telemetry/index.js"))))
    .map((text) => text.replaceAll('"concordat-events/', `"${folder}/`).replaceAll('/validators"', '/validators.js"'));
  const types = JSON.stringify(join(folder, "telemetry/index.js"));
  const given = (name: string, type: string): string => `declare const ${name}: ${type};\n`;
  const files = {
    "proxy.ts": [
      given("event", `import(${types}).XumiWeightsLoadStart`),
      given("proxy", "string"),
      given("fetch", "(url: string, init: object) => Promise<{ json(): Promise<unknown> }>"),
      `${sent}${answered}export { again, wrong };\n`,
    ].join(""),
    "environment.ts": [
      given("common", `Omit<import(${types}).XumiWeightsLoadStart, "storage_size">`),
      given("process", "{ readonly env: { readonly [name: string]: string | undefined } }"),
      `${told}export const sent: import(${types}).XumiWeightsLoadStart = event;\n`,
    ].join(""),
  };
  const compilerOptions = { ...strictest("typescript"), noUnusedLocals: false };
  const project = folderWith({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: Object.keys(files) }),
    ...files,
  });
  expect(await compileWith("typescript", project)).toBe("");
}, 60_000);
