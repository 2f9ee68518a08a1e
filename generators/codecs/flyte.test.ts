import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { localName, wireTypes } from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import { codecsOf, messageCodec, moduleFolder, protoc } from "./testing.ts";

/** Every message and every field of Flyte, with the real compiler as the witness in both directions. */
const folder = join(import.meta.dirname, "../..");
const { project } = await read({ folder, system: ["flyte"] });
if (!project) throw new Error("There is no model.");
const { view } = project;
const { module } = await codecsOf(view, "flyte", moduleFolder("codecs-flyte"));
const witness = protoc(join(folder, "schemas/flyte"), "flyteidl/event/event.proto");
const codecOf = (name: string) => messageCodec(module, view, name, localName(name));

const workflow = { project: "flytesnacks", domain: "development", name: "f1" };
const task = { resourceType: "TASK", project: "flytesnacks", domain: "staging", name: "train", version: "v7" };
const node = { nodeId: "n0", executionId: workflow };
const taskRun = { taskId: task, nodeExecutionId: node, retryAttempt: 4294967295 };
const error = { code: "USER:Oom", message: "out of memory – zażółć", errorUri: "s3://b/e.pb", kind: "USER" };

const workflowText = 'project: "flytesnacks" domain: "development" name: "f1"';
const taskText = 'resource_type: TASK project: "flytesnacks" domain: "staging" name: "train" version: "v7"';
const nodeText = `node_id: "n0" execution_id { ${workflowText} }`;
const taskRunText = `task_id { ${taskText} } node_execution_id { ${nodeText} } retry_attempt: 4294967295`;
const errorText = 'code: "USER:Oom" message: "out of memory – zażółć" error_uri: "s3://b/e.pb" kind: USER';

/** The same message as JSON and in the compiler's text format, written by hand. */
const samples: readonly (readonly [message: string, json: Readonly<Record<string, unknown>>, text: string])[] = [
  ["flyteidl.core.WorkflowExecution", {}, ""],
  ["flyteidl.core.NodeExecution", {}, ""],
  ["flyteidl.core.TaskExecution", {}, ""],
  ["flyteidl.core.ExecutionError", error, errorText],
  [
    "flyteidl.core.TaskLog",
    { uri: "http://l/1", name: "Kubernetes", messageFormat: "JSON", ttl: "-0.000000001s" },
    'uri: "http://l/1" name: "Kubernetes" message_format: JSON ttl { nanos: -1 }',
  ],
  ["flyteidl.core.Identifier", task, taskText],
  ["flyteidl.core.WorkflowExecutionIdentifier", workflow, workflowText],
  ["flyteidl.core.NodeExecutionIdentifier", node, nodeText],
  ["flyteidl.core.TaskExecutionIdentifier", taskRun, taskRunText],
  [
    "flyteidl.event.WorkflowExecutionEvent",
    {
      executionId: workflow,
      producerId: "propeller",
      phase: "SUCCEEDING",
      occurredAt: "1969-12-31T23:59:59.999999999Z",
      outputUri: "s3://b/out",
    },
    `execution_id { ${workflowText} } producer_id: "propeller" phase: SUCCEEDING
     occurred_at { seconds: -1 nanos: 999999999 } output_uri: "s3://b/out"`,
  ],
  ["flyteidl.event.WorkflowExecutionEvent", { error }, `error { ${errorText} }`],
  [
    "flyteidl.event.NodeExecutionEvent",
    {
      id: node,
      producerId: "propeller",
      phase: "TIMED_OUT",
      occurredAt: "9999-12-31T23:59:59.999999999Z",
      inputUri: "s3://b/in",
      outputUri: "",
      workflowNodeMetadata: { executionId: workflow },
      parentTaskMetadata: { id: taskRun },
    },
    `id { ${nodeText} } producer_id: "propeller" phase: TIMED_OUT
     occurred_at { seconds: 253402300799 nanos: 999999999 } input_uri: "s3://b/in" output_uri: ""
     workflow_node_metadata { execution_id { ${workflowText} } } parent_task_metadata { id { ${taskRunText} } }`,
  ],
  [
    "flyteidl.event.NodeExecutionEvent",
    {
      error: {},
      taskNodeMetadata: {
        cacheStatus: "CACHE_POPULATED",
        catalogKey: {
          datasetId: { resourceType: "DATASET" },
          artifactTag: { artifactId: "a", name: "t" },
          sourceTaskExecution: taskRun,
        },
      },
    },
    `error { } task_node_metadata { cache_status: CACHE_POPULATED catalog_key {
       dataset_id { resource_type: DATASET } artifact_tag { artifact_id: "a" name: "t" }
       source_task_execution { ${taskRunText} } } }`,
  ],
  ["flyteidl.event.WorkflowNodeMetadata", { executionId: workflow }, `execution_id { ${workflowText} }`],
  ["flyteidl.event.CatalogArtifactTag", { artifactId: "a", name: "t" }, 'artifact_id: "a" name: "t"'],
  [
    "flyteidl.event.CatalogMetadata",
    { datasetId: task, artifactTag: {}, sourceTaskExecution: {} },
    `dataset_id { ${taskText} } artifact_tag { } source_task_execution { }`,
  ],
  [
    "flyteidl.event.TaskNodeMetadata",
    { cacheStatus: "CACHE_HIT", catalogKey: {} },
    "cache_status: CACHE_HIT catalog_key { }",
  ],
  ["flyteidl.event.ParentTaskExecutionMetadata", { id: taskRun }, `id { ${taskRunText} }`],
  [
    "flyteidl.event.TaskExecutionEvent",
    {
      taskId: task,
      parentNodeExecutionId: node,
      retryAttempt: 1,
      phase: "WAITING_FOR_RESOURCES",
      producerId: "p",
      logs: [{ uri: "u", ttl: "3600s" }, {}, { messageFormat: "CSV", ttl: "-1.500s" }],
      occurredAt: "2024-02-29T12:00:00.123456Z",
      inputUri: "i",
      outputUri: "o",
      customInfo: { list: [null, true, 0.1, "é", [], {}], deep: { __proto__x: -0.5 } },
      phaseVersion: 7,
    },
    `task_id { ${taskText} } parent_node_execution_id { ${nodeText} } retry_attempt: 1 phase: WAITING_FOR_RESOURCES
     producer_id: "p" logs { uri: "u" ttl { seconds: 3600 } } logs { }
     logs { message_format: CSV ttl { seconds: -1 nanos: -500000000 } }
     occurred_at { seconds: 1709208000 nanos: 123456000 } input_uri: "i" output_uri: "o"
     custom_info {
       fields { key: "list" value { list_value {
         values { null_value: NULL_VALUE } values { bool_value: true } values { number_value: 0.1 }
         values { string_value: "é" } values { list_value { } } values { struct_value { } } } } }
       fields { key: "deep" value { struct_value { fields { key: "__proto__x" value { number_value: -0.5 } } } } }
     } phase_version: 7`,
  ],
  ["flyteidl.event.TaskExecutionEvent", { error, phase: "FAILED" }, `phase: FAILED error { ${errorText} }`],
];

const messages = [...wireTypes(view).messages.values()].filter(({ message }) => message.system === "flyte");

test.each(samples)("%s: %j", async (name, json, text) => {
  const codec = await codecOf(name);
  const bytes = codec.encode(json);
  const theirs = witness.encode(name, text);
  expect(witness.decode(name, bytes)).toBe(witness.decode(name, theirs));
  expect(codec.decode(theirs)).toEqual(json);
  expect(codec.decode(bytes)).toEqual(json);
  expect(codec.verify(theirs)).toEqual(json);
});

describe("the samples", () => {
  test("have every message and every field", () => {
    const seen = new Map<string, Set<string>>(messages.map(({ message }) => [message.name, new Set()]));
    for (const [name, json] of samples) for (const key of Object.keys(json)) seen.get(name)?.add(key);
    const lacking = messages.flatMap(({ message, fields }) =>
      fields
        .filter(({ field }) => !seen.get(message.name)?.has(camel(field.name)))
        .map(({ field }) => `${message.name}.${field.name}`),
    );
    expect(lacking).toEqual([]);
    expect(samples.map(([name]) => name)).toEqual(expect.arrayContaining(messages.map(({ message }) => message.name)));
  });
});

const single = samples.flatMap(([name, json]) =>
  Object.entries(json).map(([key, value]) => [`${name}.${key}`, name, { [key]: value }] as const),
);

test.each(single)("%s alone has the bytes that the compiler makes of it", async (_, name, json) => {
  const codec = await codecOf(name);
  const bytes = codec.encode(json);
  expect(codec.decode(bytes)).toEqual(json);
  expect(codec.verify(bytes)).toEqual(json);
  // Two keys of a map have no order in binary.
  if (!("customInfo" in json)) expect(witness.encode(name, witness.decode(name, bytes))).toEqual(new Uint8Array(bytes));
});

test("every field is held exactly, but for enums that newer producers add to", async () => {
  const { projections } = await codecsOf(view, "flyte", moduleFolder("codecs-flyte-ledger"));
  const isEnum = ({ why }: (typeof projections)[number]): boolean => why?.startsWith("A number that the enum") ?? false;
  expect(projections.filter(({ fidelity }) => fidelity !== "exact").filter((row) => !isEnum(row))).toEqual([]);
  expect(projections.filter(isEnum)).toHaveLength(7);
});

const camel = (name: string): string => name.replace(/_(.)/g, (_, sign: string) => sign.toUpperCase());
