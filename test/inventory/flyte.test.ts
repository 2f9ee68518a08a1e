import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { formatTypeRef, type Message, namesIn, type Project, read, type TypeDecl } from "../../pipeline/index.ts";

/**
 * What `flyteidl.event` declares at the revision of its document: number, name, type, and the oneof a field belongs to.
 * Numbers do not follow the order: task_node_metadata is 10, parent_task_metadata behind it is 9.
 */
const eventMessages = {
  WorkflowExecutionEvent: [
    "1 execution_id flyteidl.core.WorkflowExecutionIdentifier",
    "2 producer_id string",
    "3 phase flyteidl.core.WorkflowExecution.Phase",
    "4 occurred_at timestamp(protobuf)",
    "5 output_uri string · output_result",
    "6 error flyteidl.core.ExecutionError · output_result",
  ],
  NodeExecutionEvent: [
    "1 id flyteidl.core.NodeExecutionIdentifier",
    "2 producer_id string",
    "3 phase flyteidl.core.NodeExecution.Phase",
    "4 occurred_at timestamp(protobuf)",
    "5 input_uri string",
    "6 output_uri string · output_result",
    "7 error flyteidl.core.ExecutionError · output_result",
    "8 workflow_node_metadata flyteidl.event.WorkflowNodeMetadata · target_metadata",
    "10 task_node_metadata flyteidl.event.TaskNodeMetadata · target_metadata",
    "9 parent_task_metadata flyteidl.event.ParentTaskExecutionMetadata",
  ],
  WorkflowNodeMetadata: ["1 execution_id flyteidl.core.WorkflowExecutionIdentifier"],
  CatalogArtifactTag: ["1 artifact_id string", "2 name string"],
  CatalogMetadata: [
    "1 dataset_id flyteidl.core.Identifier",
    "2 artifact_tag flyteidl.event.CatalogArtifactTag",
    "3 source_task_execution flyteidl.core.TaskExecutionIdentifier · source_execution",
  ],
  TaskNodeMetadata: [
    "1 cache_status flyteidl.event.CatalogCacheStatus",
    "2 catalog_key flyteidl.event.CatalogMetadata",
  ],
  ParentTaskExecutionMetadata: ["1 id flyteidl.core.TaskExecutionIdentifier"],
  TaskExecutionEvent: [
    "1 task_id flyteidl.core.Identifier",
    "2 parent_node_execution_id flyteidl.core.NodeExecutionIdentifier",
    "3 retry_attempt uint32",
    "4 phase flyteidl.core.TaskExecution.Phase",
    "5 producer_id string",
    "6 logs list<flyteidl.core.TaskLog>",
    "7 occurred_at timestamp(protobuf)",
    "8 input_uri string",
    "9 output_uri string · output_result",
    "10 error flyteidl.core.ExecutionError · output_result",
    "11 custom_info object",
    "12 phase_version uint32",
  ],
};

const eventEnums = {
  CatalogCacheStatus: [
    "0 CACHE_DISABLED",
    "1 CACHE_MISS",
    "2 CACHE_HIT",
    "3 CACHE_POPULATED",
    "4 CACHE_LOOKUP_FAILURE",
    "5 CACHE_PUT_FAILURE",
  ],
};

/** What the events reach in `flyteidl.core`. An execution's identifier has no number 3. */
const coreMessages = {
  WorkflowExecutionIdentifier: ["1 project string", "2 domain string", "4 name string"],
  NodeExecutionIdentifier: ["1 node_id string", "2 execution_id flyteidl.core.WorkflowExecutionIdentifier"],
  TaskExecutionIdentifier: [
    "1 task_id flyteidl.core.Identifier",
    "2 node_execution_id flyteidl.core.NodeExecutionIdentifier",
    "3 retry_attempt uint32",
  ],
  Identifier: [
    "1 resource_type flyteidl.core.ResourceType",
    "2 project string",
    "3 domain string",
    "4 name string",
    "5 version string",
  ],
  ExecutionError: [
    "1 code string",
    "2 message string",
    "3 error_uri string",
    "4 kind flyteidl.core.ExecutionError.ErrorKind",
  ],
  TaskLog: [
    "1 uri string",
    "2 name string",
    "3 message_format flyteidl.core.TaskLog.MessageFormat",
    "4 ttl duration(protobuf)",
  ],
};

/** Three enums are named Phase, and number the same names differently. */
const coreEnums = {
  "WorkflowExecution.Phase": [
    "0 UNDEFINED",
    "1 QUEUED",
    "2 RUNNING",
    "3 SUCCEEDING",
    "4 SUCCEEDED",
    "5 FAILING",
    "6 FAILED",
    "7 ABORTED",
    "8 TIMED_OUT",
  ],
  "NodeExecution.Phase": [
    "0 UNDEFINED",
    "1 QUEUED",
    "2 RUNNING",
    "3 SUCCEEDED",
    "4 FAILING",
    "5 FAILED",
    "6 ABORTED",
    "7 SKIPPED",
    "8 TIMED_OUT",
  ],
  "TaskExecution.Phase": [
    "0 UNDEFINED",
    "1 QUEUED",
    "2 RUNNING",
    "3 SUCCEEDED",
    "4 ABORTED",
    "5 FAILED",
    "6 INITIALIZING",
    "7 WAITING_FOR_RESOURCES",
  ],
  ResourceType: ["0 UNSPECIFIED", "1 TASK", "2 WORKFLOW", "3 LAUNCH_PLAN", "4 DATASET"],
  "ExecutionError.ErrorKind": ["0 UNKNOWN", "1 USER", "2 SYSTEM"],
  "TaskLog.MessageFormat": ["0 UNKNOWN", "1 CSV", "2 JSON"],
};

describe("the Flyte events, as their document has them", () => {
  let project: Project;
  let reached: readonly TypeDecl[];

  beforeAll(async () => {
    const result = await read({ folder: join(import.meta.dirname, "../.."), system: ["flyte"] });
    expect(
      result.findings.filter(
        ({ code, severity, span }) =>
          severity !== "info" && span?.path.startsWith("schemas/flyte/") && !code.startsWith("checks/"),
      ),
    ).toEqual([]);
    if (!result.project) throw new Error("The project does not load.");
    project = result.project;
    reached = reachable(
      project,
      project.view.events("flyte").flatMap((event) => namesIn(event.payload)),
    );
  });

  test("three events, named in the configuration", () => {
    expect(project.view.events("flyte").map(({ name, payload }) => `${name} ${formatTypeRef(payload)}`)).toEqual([
      "flyte.node_execution flyteidl.event.NodeExecutionEvent",
      "flyte.task_execution flyteidl.event.TaskExecutionEvent",
      "flyte.workflow_execution flyteidl.event.WorkflowExecutionEvent",
    ]);
  });

  test("8 messages with 37 numbered fields, and an enum of 6 values", () => {
    const messages = messagesOf(project.view.types("flyte"), "flyteidl.event");
    expect(messages).toEqual(eventMessages);
    expect([Object.keys(messages).length, Object.values(messages).flat().length]).toEqual([8, 37]);
    expect(enumsOf(project.view.types("flyte"), "flyteidl.event")).toEqual(eventEnums);
    expect(eventEnums.CatalogCacheStatus).toHaveLength(6);
  });

  test("6 messages with 21 fields and 6 enums with 37 values are reached in flyteidl.core", () => {
    const messages = messagesOf(reached, "flyteidl.core");
    expect(messages).toEqual(coreMessages);
    expect([Object.keys(messages).length, Object.values(messages).flat().length]).toEqual([6, 21]);
    const enums = enumsOf(reached, "flyteidl.core");
    expect(enums).toEqual(coreEnums);
    expect([Object.keys(enums).length, Object.values(enums).flat().length]).toEqual([6, 37]);
  });

  test("nothing else is declared but the scopes of the three phases", () => {
    const names = new Set(reached.map(({ name }) => name));
    const rest = project.view.types("flyte").filter(({ name }) => !names.has(name));
    expect(rest.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "message flyteidl.core.NodeExecution",
      "message flyteidl.core.TaskExecution",
      "message flyteidl.core.WorkflowExecution",
    ]);
  });

  test("the oneofs are those of the source, one of them with a single member", () => {
    const oneofs = reached.flatMap((decl) =>
      decl.kind === "message"
        ? (decl.oneofs ?? []).map(
            ({ name, fields, required }) => `${decl.name}.${name}: ${fields.join(" | ")} ${required}`,
          )
        : [],
    );
    expect(oneofs.sort()).toEqual([
      "flyteidl.event.CatalogMetadata.source_execution: source_task_execution false",
      "flyteidl.event.NodeExecutionEvent.output_result: output_uri | error false",
      "flyteidl.event.NodeExecutionEvent.target_metadata: workflow_node_metadata | task_node_metadata false",
      "flyteidl.event.TaskExecutionEvent.output_result: output_uri | error false",
      "flyteidl.event.WorkflowExecutionEvent.output_result: output_uri | error false",
    ]);
  });

  test("presence is what proto3 says: optional for messages and members of a oneof, implicit for the rest", () => {
    const presences = messageNamed("flyteidl.event.NodeExecutionEvent").fields.map(
      ({ name, presence }) => `${name} ${presence}`,
    );
    expect(presences).toEqual([
      "id optional",
      "producer_id implicit",
      "phase implicit",
      "occurred_at optional",
      "input_uri implicit",
      "output_uri optional",
      "error optional",
      "workflow_node_metadata optional",
      "task_node_metadata optional",
      "parent_task_metadata optional",
    ]);
    expect(reached.filter((decl) => decl.kind === "enum" && !decl.open)).toEqual([]);
  });

  test("the two failures of the cache do not have one meaning", () => {
    const status = reached.find(({ name }) => name === "flyteidl.event.CatalogCacheStatus");
    const docs = status?.kind === "enum" ? status.values.map(({ doc }) => doc) : [];
    expect(docs.every((doc) => doc !== undefined)).toBe(true);
    expect(new Set(docs).size).toBe(6);
  });

  function messageNamed(name: string): Message {
    const decl = project.view.type(name);
    if (decl.kind !== "message") throw new Error(`${name} is no message.`);
    return decl;
  }
});

/** Everything the named types lead to, themselves included. */
function reachable({ view }: Project, from: readonly string[]): readonly TypeDecl[] {
  const found = new Map<string, TypeDecl>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const decl = view.type(name);
    found.set(name, decl);
    if (decl.kind === "message") open.push(...decl.fields.flatMap((field) => namesIn(field.type)));
  }
  return [...found.values()];
}

function messagesOf(types: readonly TypeDecl[], scope: string): Record<string, readonly string[]> {
  const rows = types.flatMap((decl) => {
    if (decl.kind !== "message" || !decl.name.startsWith(`${scope}.`)) return [];
    const oneofOf = new Map(decl.oneofs?.flatMap(({ name, fields }) => fields.map((field) => [field, ` · ${name}`])));
    const fields = decl.fields.map(
      ({ number, name, type }) => `${number} ${name} ${formatTypeRef(type)}${oneofOf.get(name) ?? ""}`,
    );
    return [[decl.name.slice(scope.length + 1), fields] as const];
  });
  return Object.fromEntries(rows);
}

function enumsOf(types: readonly TypeDecl[], scope: string): Record<string, readonly string[]> {
  const rows = types.flatMap((decl) => {
    if (decl.kind !== "enum" || !decl.name.startsWith(`${scope}.`)) return [];
    return [[decl.name.slice(scope.length + 1), decl.values.map(({ number, name }) => `${number} ${name}`)] as const];
  });
  return Object.fromEntries(rows);
}
