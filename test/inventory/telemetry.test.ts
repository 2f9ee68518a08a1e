import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Field, formatTypeRef, read, type View } from "../../pipeline/index.ts";

/**
 * Written from the two documents of the telemetry service and the decisions of their overlays, not from what the tool prints:
 * every event with its topic and rows in the order of its table. `?` marks what only some outcomes have.
 */
const kafkaEvents: readonly (readonly [event: string, topic: string, rows: string])[] = [
  [
    "xumi.weights.load.start",
    "xumi_load",
    "model: string, url: string, node_id: uuid, vm_type: string, host_name: string, storage_size: bytes, storage_type: string",
  ],
  [
    "xumi.weights.load.complete",
    "xumi_load",
    "model: string, url: string, origin_event_id: uuid, result: bool, speed: float, size: bytes, node_id: uuid, vm_type: string, host_name: string, storage_size: bytes, storage_type: string",
  ],
  [
    "xumi.generation.start",
    "xumi_task",
    "model: string, url: string, created: timestamp, prompt: string, speed: string, task_id: uuid, node_id: uuid, vm_type: string, host_name: string, storage_size: bytes, storage_type: string",
  ],
  [
    "xumi.generation.complete",
    "xumi_task",
    "model: string, url: string, created: timestamp, start_generation: timestamp, prompt: string, speed: string, result: bool, detail?: string, task_id: uuid, user_id: uuid, node_id: uuid, vm_type: string, host_name: string, storage_size: bytes, storage_type: string",
  ],
  [
    "kuber.deploy.start",
    "kubernetes",
    "created: timestamp, node_id: uuid, user: json text, action: string, resource: json text, result: bool, service: string, resource_Id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, hardware: string, hardware_template_id: uuid",
  ],
  [
    "kuber.deploy.start.complete",
    "kubernetes",
    "created: timestamp, node_id: uuid, user: json text, action: string, resource: json text, result: bool, description?: string, service: string, resource_Id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, hardware: string, hardware_template_id: uuid, prevision_event_id: uuid",
  ],
  [
    "kuber.deploy.free",
    "kubernetes",
    "created: timestamp, node_id: uuid, user: json text, action: string, resource: json text, result: bool, service: string, resource_Id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, eval_ms: ms",
  ],
  [
    "kuber.deploy.free.complete",
    "kubernetes",
    "created: timestamp, node_id: uuid, user: json text, action: string, resource: json text, result: bool, service: string, resource_id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, eval_ms: ms",
  ],
  [
    "pbac.agent.politics.check",
    "pbac_access",
    "created: timestamp, user: json text, action: string, resource: json text, result: bool, system_rule_revision: int64, tenant_rule_revision: int64, service: string, resource_Id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, eval_ms: ms, cache_hit: bool, error?: string, denial_source?: string",
  ],
  ["pbac.agent.politics.reset", "pbac_service", "created: timestamp, description?: string, result: bool"],
  [
    "pbac.agent.politics.load",
    "pbac_service",
    "created: timestamp, policy_revision: int64, description?: string, result: bool, compile_ms: ms",
  ],
  ["pbac.agent.start", "pbac_service", "created: timestamp"],
  [
    "pbac.agent.politics.update",
    "pbac_service",
    "created: timestamp, rule_id: uuid, rule_version: int64, politic_version: int64, description?: string",
  ],
  [
    "pbac.agent.politics.archive",
    "pbac_service",
    "created: timestamp, rule_id: uuid, rule_version: int64, politic_version: int64, description?: string",
  ],
  [
    "assets.access.read",
    "asset_access",
    "created: timestamp, resource_url: string, object_size: bytes, result: bool, description?: string, IP: string",
  ],
  [
    "assets.access.download",
    "asset_transfer",
    "created: timestamp, resource_url: string, object_size: bytes, result: bool, description?: string, avg_speed: float, IP: string",
  ],
  [
    "assets.access.upload",
    "asset_transfer",
    "created: timestamp, resource_url: string, object_size: bytes, result: bool, description?: string, avg_speed: float, IP: string, user_space_size: bytes, total_space_size: bytes",
  ],
  [
    "assets.access.delete",
    "asset_transfer",
    "created: timestamp, resource_url: string, object_size: bytes, result: bool, description?: string, IP: string, used_space_size: bytes, total_space_size: bytes",
  ],
  [
    "workflow.process.create",
    "kubernetes",
    "created: timestamp, node_id: uuid, user_id: string, result: bool, service: string, resource_Id: uuid, user_tenant_id: uuid, resource_tenant_id: uuid, workflow_process_id: uuid",
  ],
];

/** The words above, as types. */
const types: Readonly<Record<string, string>> = {
  string: "string",
  uuid: "uuid",
  bool: "bool",
  float: "float64",
  number: "float64",
  ms: "float64 ms",
  bytes: "int64 By",
  int64: "int64",
  timestamp: "timestamp(rfc3339)",
  "json text": "string(json)",
};

const written = (field: Field): string =>
  `${field.name}${field.presence === "required" ? "" : "?"}: ${formatTypeRef(field.type)}${field.unit ? ` ${field.unit}` : ""}`;

let view: View;
beforeAll(async () => {
  const { project } = await read({ folder: join(import.meta.dirname, "../.."), system: ["telemetry"] });
  if (!project) throw new Error("The project cannot be read.");
  view = project.view;
});

describe("the telemetry of the documents", () => {
  test("has 19 events on 7 topics, and 3 over Event Hubs", () => {
    const events = view.events("telemetry").map((event) => event.name);
    const overHubs = ["workflow.task.started", "workflow.task.completed", "workflow.task.failed"];
    expect(events).toEqual([...kafkaEvents.map(([name]) => name), ...overHubs].sort());
    expect(new Set(kafkaEvents.map(([, topic]) => topic)).size).toBe(7);
  });

  test.each(kafkaEvents)("describes %s", (name, topic, rows) => {
    const event = view.events("telemetry").find((item) => item.name === name);
    expect(event).toMatchObject({ topic, group: name.split(".")[0], identity: ["event_id"] });
    expect(event?.envelope).toEqual({ type: "telemetry.Envelope", how: "merge" });
    const payload = event?.payload.kind === "named" ? view.type(event.payload.name) : undefined;
    const fields = payload?.kind === "message" ? payload.fields : [];
    const expected = rows.split(", ").map((row) => row.replace(/: (.+)$/, (_, type: string) => `: ${types[type]}`));
    expect(fields.filter((field) => field.name !== "event_type").map(written)).toEqual(expected);
    expect(fields.find((field) => field.name === "event_type")?.type).toEqual({ kind: "literal", value: name });
  });

  test("has one envelope", () => {
    const envelope = view.type("telemetry.Envelope");
    expect(envelope.kind === "message" && envelope.fields.map(written)).toEqual([
      "event_id: uuid",
      "event_type: string",
      "timestamp: timestamp(rfc3339)",
      "tenant_id: uuid",
      "user_id?: uuid",
      "session_id?: uuid",
      "source: string",
      'version: "1.0"',
      "metadata?: object",
      "tags?: object",
    ]);
  });

  test("pairs a finish with its start where they share a key", () => {
    const pairs = view.events("telemetry").flatMap(({ name, follows }) => (follows ? [[name, follows]] : []));
    expect(Object.fromEntries(pairs)).toEqual({
      "xumi.weights.load.complete": { event: "xumi.weights.load.start", by: "origin_event_id", key: "event_id" },
      "xumi.generation.complete": { event: "xumi.generation.start", by: "task_id", key: "task_id" },
      "kuber.deploy.start.complete": { event: "kuber.deploy.start", by: "prevision_event_id", key: "event_id" },
    });
  });

  test("has 11 topics with producers, one without, and the hub", () => {
    const topics = view.topics.filter((topic) => topic.system === "telemetry");
    const written = topics.map((topic) => [
      topic.name,
      (topic.producers ?? []).map((name) => name.replace(/^telemetry\./, "")),
    ]);
    expect(Object.fromEntries(written)).toEqual({
      xumi_load: ["xumi.python_event_service"],
      xumi_task: ["xumi.python_event_service"],
      pbac_access: ["pbac.dotnet_event_service", "pbac.go_event_service"],
      pbac_politics: ["pbac.dotnet_event_service", "pbac.go_event_service"],
      pbac_service: ["pbac.dotnet_event_service", "pbac.go_event_service"],
      asset_access: ["assets.dotnet_event_service", "assets.go_event_service"],
      asset_transfer: ["assets.dotnet_event_service", "assets.go_event_service"],
      wkf_cpu: ["workflow.dotnet_event_service"],
      wkf_gpu: ["workflow.dotnet_event_service"],
      kuber_cpu: ["kuber.dotnet_event_service"],
      kuber_gpu: ["kuber.dotnet_event_service"],
      kubernetes: [],
      "azure-event-hubs": [],
    });
  });

  test("has 7 producers and 8 environment variables", () => {
    const components = view.model.decls.flatMap((decl) => (decl.kind === "component" ? [decl] : []));
    const producers = components.filter(({ role }) => role === "producer");
    expect(producers.map(({ group, language, transport }) => `${group} ${language} ${transport}`).sort()).toEqual([
      "assets dotnet direct",
      "assets go direct",
      "kuber dotnet direct",
      "pbac dotnet direct",
      "pbac go direct",
      "workflow dotnet direct",
      "xumi python rest-proxy",
    ]);
    expect(components.filter(({ role }) => role === "proxy").map(({ name }) => name)).toEqual([
      "telemetry.xumi.kafka_rest_proxy",
    ]);
    const variables = new Set(components.flatMap(({ env }) => env.map(({ name }) => name)));
    expect([...variables].sort()).toEqual([
      "HOST_NAME",
      "KAFKA_DIRECT_URL",
      "KAFKA_PROXY_URL",
      "NODE_ID",
      "STORAGE_SIZE",
      "STORAGE_TYPE",
      "TENANT_ID",
      "VM_TYPE",
    ]);
  });
});
