import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Field, formatTypeRef, type Message, type Project, read } from "../../pipeline/index.ts";

/**
 * The payload list: every event, under the scope of its types. An event carries a message that has a section of its own, or
 * the members that the list names: `name Type`, and the name alone where the document gives it no type.
 */
const events = {
  "h2o.api": {
    "h2o.api": "service, method, status, latency",
  },
  "h2o.app": {
    "h2o.app.create": "app App, app_runtime AppRuntime",
    "h2o.app.delete": "app App",
    "h2o.app.update": "app App, visibility App.Visibility",
    "h2o.app.preference_update": "app App, liked, unliked, pinned, unpinned",
    "h2o.app_gauge": "name, count",
    "h2o.app_instance.started": "app App, app_instance AppInstance",
    "h2o.app_instance.terminated": "app App, app_instance AppInstance",
    "h2o.app_instance.suspended": "app App, app_instance AppInstance",
    "h2o.app_instance.resumed": "app App, app_instance AppInstance",
    "h2o.app_instance.updated": "app App, app_instance AppInstance, visibility AppInstance.Visibility",
    "h2o.app_instance_gauge":
      "app_instance AppInstance, app App, kubernetes_resources KubernetesResources, " +
      "kubernetes_resource_usage KubernetesResourceUsage",
    "h2o.usage_gauge": "BillingResourceGauge",
    "h2o.app_store.create": "app App, app_runtime AppRuntime",
    "h2o.app_store.delete": "app App",
    "h2o.app_store.update": "app App, visibility App.Visibility",
    "h2o.app_store.preference_update": "app App, liked, unliked, pinned, unpinned",
  },
  h2o: {
    "h2o.empty": "",
  },
  "h2o.engine": {
    "h2o.engine.starting": "engine Engine",
    "h2o.engine.running": "engine Engine, pod_status PodStatus",
    "h2o.engine.pausing": "engine Engine",
    "h2o.engine.paused": "engine Engine",
    "h2o.engine.failed": "engine Engine, pod_failure PodFailure",
    "h2o.engine.deleting": "engine Engine",
  },
  "h2o.feature_store": {
    "h2o.feature_store.access": "AccessEvent",
    "h2o.feature_store.project.created": "project Project",
    "h2o.feature_store.project.updated": "project Project",
    "h2o.feature_store.project.deleted": "project Project",
    "h2o.feature_store.project.fetched": "project Project",
    "h2o.feature_store.feature_set.ingest": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.retrieve": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.preview": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.compute_statistics": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.materialization_online": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.registration": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.version": "feature_set FeatureSet",
    "h2o.feature_store.feature_set.update": "feature_set FeatureSet",
    "h2o.feature_store.job.submitted":
      "feature_store_job FeatureStoreJob, pod_type PodType, executors_number, " +
      "feature_store_job_resources FeatureStoreJobResources",
    "h2o.feature_store.job.running":
      "feature_store_job FeatureStoreJob, pod_type PodType, executors_number, " +
      "feature_store_job_resources FeatureStoreJobResources, executor_statistics ExecutorStatistics",
    "h2o.feature_store.job.failed":
      "feature_store_job FeatureStoreJob, pod_type PodType, executors_number, " +
      "feature_store_job_resources FeatureStoreJobResources",
    "h2o.feature_store.job.success":
      "feature_store_job FeatureStoreJob, pod_type PodType, executors_number, " +
      "feature_store_job_resources FeatureStoreJobResources",
  },
  "h2o.example": {
    "h2o.example.added": "id, content",
    "h2o.example.updated": "id, content",
    "h2o.example.deleted": "id, content",
    "h2o.example.size_gauge": "size_in_bytes, records_count",
    "h2o.example.usage_gauge": "downloads_count",
    "h2o.example.collection": "id, content, sources",
  },
  "h2o.mlops": {
    "h2o.mlops.user_created": "UserEnrolled",
    "h2o.mlops.project_created": "ProjectCreated",
    "h2o.mlops.project_deleted": "ProjectDeleted",
    "h2o.mlops.project_updated": "ProjectUpdated",
    "h2o.mlops.project_shared": "ProjectShared",
    "h2o.mlops.project_unshared": "ProjectUnshared",
    "h2o.mlops.dataset_created": "DatasetCreated",
    "h2o.mlops.dataset_deleted": "DatasetDeleted",
    "h2o.mlops.dataset_linked": "DatasetLinked",
    "h2o.mlops.dataset_unlinked": "DatasetUnlinked",
    "h2o.mlops.experiment_created": "ExperimentCreated",
    "h2o.mlops.experiment_deleted": "ExperimentDeleted",
    "h2o.mlops.experiment_linked": "ExperimentLinked",
    "h2o.mlops.experiment_unlinked": "ExperimentUnlinked",
    "h2o.mlops.experiment_retrieved": "ExperimentRetrieved",
    "h2o.mlops.create_registered_model": "CreateRegisteredModel",
    "h2o.mlops.update_registered_model": "UpdateRegisteredModel",
    "h2o.mlops.delete_registered_model": "DeleteRegisteredModel",
    "h2o.mlops.create_registered_model_version": "CreateRegisteredModelVersion",
    "h2o.mlops.delete_registered_model_version": "DeleteRegisteredModelVersion",
    "h2o.mlops.deployment_created": "DeploymentCreated",
    "h2o.mlops.deployment_deleted": "DeploymentDeleted",
    "h2o.mlops.scoring_result_created": "ScoringResultCreated",
    "h2o.mlops_gauge.user_gauge": "UserGauge",
    "h2o.mlops_gauge.project_gauge": "ProjectGauge",
    "h2o.mlops_gauge.experiment_gauge": "ExperimentGauge",
    "h2o.mlops_gauge.dataset_gauge": "DatasetGauge",
    "h2o.mlops_gauge.registered_model_gauge": "RegisteredModelGauge",
    "h2o.mlops_gauge.registered_model_version_gauge": "RegisteredModelVersionGauge",
    "h2o.mlops_gauge.deployment_gauge": "DeploymentGauge",
  },
  "h2o.escorer": {
    "h2o.escorer": "EScorerEvent",
  },
  "h2o.document_ai": {
    "h2o.document_ai": "DocumentAIEvent",
  },
  "h2o.h2ogpte": {
    "h2o.h2ogpte.rpc_called": "RPCCalled",
    "h2o.h2ogpte.api_called": "APICalled",
    "h2o.h2ogpte.job_started": "JobStarted",
    "h2o.h2ogpte.chat_joined": "ChatJoined",
    "h2o.h2ogpte.chat_left": "ChatLeft",
    "h2o.h2ogpte.chat_dropped": "ChatDropped",
    "h2o.h2ogpte.collection_created": "CollectionCreated",
    "h2o.h2ogpte.collection_updated": "CollectionUpdated",
    "h2o.h2ogpte.collection_deleted": "CollectionDeleted",
    "h2o.h2ogpte.collection_made_public": "CollectionMadePublic",
    "h2o.h2ogpte.collection_shared_with_user": "CollectionSharedWithUser",
    "h2o.h2ogpte.document_created": "DocumentCreated",
    "h2o.h2ogpte.document_deleted": "DocumentDeleted",
    "h2o.h2ogpte.chat_session_created": "ChatSessionCreated",
    "h2o.h2ogpte.chat_session_deleted": "ChatSessionDeleted",
    "h2o.h2ogpte.chat_message_created": "ChatMessageCreated",
    "h2o.h2ogpte.chat_message_received": "ChatMessageReceived",
  },
};

/** The kinds of the payload list that have variants: the union of each, and the group of its events. */
const unions = {
  "h2o.app.AppEvent": "app",
  "h2o.app.AppInstanceEvent": "app_instance",
  "h2o.engine.EngineEvent": "engine",
  "h2o.feature_store.FeatureStoreEvent": "feature_store",
  "h2o.example.ExampleEvent": "example",
  "h2o.mlops.MLOpsEvent": "mlops",
  "h2o.mlops.MLOpsGauge": "mlops_gauge",
  "h2o.h2ogpte.H2OGPTeEvent": "h2ogpte",
};

/** The sections with fields, under their scopes: `name Type`, and the name alone where the document gives it no type. */
const messages = {
  "h2o.app": {
    App:
      "id, created_at Timestamp, updated_at Timestamp, owner_name, name, version, title, description, keywords, " +
      "visibility App.Visibility, tags TagAssignment",
    AppRuntime:
      "runtime_version, module, volume_size_bytes, volume_mount, resource_volume_size_bytes, " +
      "resources KubernetesResources, oidc_enabled, shm_enabled",
    KubernetesResources:
      "memory_limit_bytes, memory_reservation_bytes, cpu_limit_millicpu, gpu_count, gpu_type, storage_bytes, storage_class",
    KubernetesResourceUsage: "memory_bytes, cpu_millicpu",
    TagAssignment: "id, assigned_at Timestamp, name, title, description, visitor_roles",
    AppInstance:
      "id, created_at Timestamp, updated_at Timestamp, app_id, visibility AppInstance.Visibility, location, " +
      "status AppInstance.Status, owner_id, owner_name, suspendable",
    BillingResourceGauge:
      "memory_limit_bytes, memory_reservation_bytes, cpu_limit_millicpu, cpu_reservation_millicpu, gpu_count, resources, " +
      "padded_memory_reservation_bytes, padded_cpu_reservation_millicpu, gpu_types",
  },
  "h2o.engine": {
    Engine:
      "name, uid, creator, creator_display_name, type Engine.Type, create_time Timestamp, update_time Timestamp, " +
      "resume_time Timestamp, display_name, version, cpu, gpu, memory_bytes, storage_bytes, session",
    PodStatus: "pod_scheduled_duration, containers_ready_duration, initialized_duration, ready_duration, pull_time",
    PodFailure: "reason, message",
  },
  "h2o.feature_store": {
    AccessEvent:
      "action AccessEvent.ActionType, type AccessEvent.AccessedResource, resource_id, resource_name, " +
      "permission AccessEvent.PermissionType, receiver_id",
    Project: "id, name, description, create_time Timestamp, last_update_time Timestamp",
    FeatureSet: "id, feature_set_name, current_version, project_id, create_time Timestamp, last_update_time Timestamp",
    FeatureStoreJob: "id, error_msg, featureset_id, labels, job_labels",
    FeatureStoreJobResources: "cpu_limit, memory_byte_limit",
    ExecutorStatistics: "count, sum, min_executors_number, max_executors_number, avg_executors_number",
  },
  "h2o.mlops": {
    UserEnrolled: "user User",
    ProjectCreated: "project Project",
    ProjectUpdated: "project Project",
    ProjectDeleted: "project Project",
    ProjectShared: "project Project, user_id",
    // The bullet of user_id has two marks here.
    ProjectUnshared: "project Project, user_id",
    DatasetCreated: "dataset Dataset",
    DatasetDeleted: "dataset Dataset",
    DatasetLinked: "dataset Dataset, project Project",
    DatasetUnlinked: "dataset Dataset, project Project",
    ExperimentCreated: "experiment Experiment",
    ExperimentDeleted: "experiment Experiment",
    ExperimentRetrieved: "experiment Experiment, project Project",
    ExperimentLinked: "experiment Experiment, project Project",
    ExperimentUnlinked: "experiment Experiment, project Project",
    CreateRegisteredModel: "model Model",
    UpdateRegisteredModel: "model Model",
    DeleteRegisteredModel: "model Model",
    CreateRegisteredModelVersion: "model_version ModelVersion",
    DeleteRegisteredModelVersion: "model_version ModelVersion",
    User: "id",
    Project: "id, display_name",
    Dataset: "id, project_id, display_name, size, row_count, column_count",
    Experiment:
      "id, project_id, display_name, target_column, weight_column, fold_column, training_duration, status, " +
      "training_dataset_id, validation_dataset_id, test_dataset_id",
    Model: "id, project_id, display_name",
    ModelVersion: "id, version_number, project_id, model Model, experiment Experiment",
    DeploymentCreated: "deployment Deployment",
    DeploymentDeleted: "deployment Deployment",
    DeploymentEnvironment: "id, display_name",
    DeploymentSpecs: "model_version ModelVersion, artifact_type, runtime, k8s_resources",
    Deployment:
      "id, display_name, model_version ModelVersion, environment DeploymentEnvironment, mode DeploymentMode, " +
      "type DeploymentType, deployment_specs DeploymentSpecs",
    ScoringResultCreated: "scoring_details ScoringDetails, deployment Deployment, artifact_type",
    UserGauge: "total_count",
    ProjectGauge: "total_count",
    ExperimentGauge: "total_count, failed_count, aborted_count",
    DatasetGauge: "total_count",
    RegisteredModelGauge: "total_count",
    RegisteredModelVersionGauge: "total_count, active_count, inactive_count",
    DeploymentGauge: "total_count, single_model_count, shadow_traffic_count, split_traffic_count",
  },
  "h2o.escorer": {
    EScorerEvent: "scoring_created ScoringResultCreated",
    ScoringResultCreated:
      "scoring_details, customer_id, model_name, deployments_count, training_details TrainingDetails, host_name, " +
      "latency_details LatencyDetails, error_details ErrorDetails",
    ErrorDetails: "error_count, last_error_msg",
    LatencyDetails: "latency_total, latency_ave",
    TrainingDetails: "source, version",
  },
  "h2o.document_ai": {
    DocumentAIEvent: "scored ScoreEvent",
    ScoreEvent: "num_pages_scored, pipeline_name",
  },
  "h2o.h2ogpte": {
    RPCCalled: "user User, method, response_time",
    User: "id, name",
    Collection: "id",
    Document: "id",
    ChatSession: "id",
    APICalled: "user User, method, response_time, response_code",
    JobStarted: "user User, method, response_time, error_text",
    ChatJoined: "user User",
    ChatLeft: "user User",
    ChatDropped: "user User",
    CollectionCreated: "user User, collection Collection",
    CollectionUpdated: "user User, collection Collection",
    CollectionDeleted: "user User, collection Collection",
    CollectionMadePublic: "user User, collection Collection",
    CollectionSharedWithUser: "user User, collection Collection, with_user",
    DocumentCreated: "user User, collection Collection, upload_id",
    DocumentDeleted: "user User, collection Collection, document Document",
    ChatSessionCreated: "user User, collection Collection, chat_session ChatSession",
    ChatSessionDeleted: "user User, collection Collection, chat_session ChatSession",
    ChatMessageCreated: "user User, collection Collection, chat_session ChatSession",
    ChatMessageReceived: "user User, collection Collection, chat_session ChatSession, usage LLMUsage",
    LLMUsage: "llm, input_tokens, output_tokens, description",
  },
};

/** The sections with numbered values. The last three have headings at the level of messages, without an owner's name. */
const enums = {
  "h2o.app.App.Visibility": ["0 Visibility unspecified", "1 Owner only", "2 All signed-in users"],
  "h2o.app.AppInstance.Visibility": [
    "0 Visibility unspecified",
    "1 Owner only (Private)",
    "2 All signed-in users",
    "3 Internet (Public)",
  ],
  "h2o.app.AppInstance.Status": [
    "0 Status unspecified",
    "1 Status unknown",
    "2 Pending",
    "3 Deployed",
    "4 Failed",
    "5 Suspended",
  ],
  "h2o.engine.Engine.Type": ["0 Type unspecified", "1 Driverless AI engine", "2 H2O engine"],
  "h2o.feature_store.AccessEvent.ActionType": ["0 Action unspecified", "1 Grant", "2 Revoke"],
  "h2o.feature_store.AccessEvent.AccessedResource": ["0 Access unspecified", "1 Project", "2 Feature Set"],
  "h2o.feature_store.AccessEvent.PermissionType": [
    "0 Permission unspecified",
    "1 Owner",
    "2 Editor",
    "3 Consumer",
    "4 Sensitive Consumer",
  ],
  "h2o.feature_store.PodType": ["0 Pod unspecified", "1 Driver", "2 Executor"],
  "h2o.mlops.DeploymentMode": ["0 Deployment mode unspecified", "1 Single", "2 Champion Challenger", "3 A/B Testing"],
  "h2o.mlops.DeploymentType": ["0 Deployment type unspecified", "1 Realtime", "2 Batch"],
};

/** Three headings stand twice. The fields of sections that use such a name, under the type each must land on. */
const twins = {
  "h2o.mlops.Project":
    "ProjectCreated.project, ProjectUpdated.project, ProjectDeleted.project, ProjectShared.project, " +
    "ProjectUnshared.project, DatasetLinked.project, DatasetUnlinked.project, ExperimentRetrieved.project, " +
    "ExperimentLinked.project, ExperimentUnlinked.project",
  "h2o.mlops.User": "UserEnrolled.user",
  "h2o.h2ogpte.User":
    "RPCCalled.user, APICalled.user, JobStarted.user, ChatJoined.user, ChatLeft.user, ChatDropped.user, " +
    "CollectionCreated.user, CollectionUpdated.user, CollectionDeleted.user, CollectionMadePublic.user, " +
    "CollectionSharedWithUser.user, DocumentCreated.user, DocumentDeleted.user, ChatSessionCreated.user, " +
    "ChatSessionDeleted.user, ChatMessageCreated.user, ChatMessageReceived.user",
  "h2o.escorer.ScoringResultCreated": "EScorerEvent.scoring_created",
  // These two are used by the payload list alone.
  "h2o.feature_store.Project": "",
  "h2o.mlops.ScoringResultCreated": "",
};

/** The one field whose type in the document is changed: the overlay says that there are several. */
const listed = "h2o.app.App.tags";

describe("the H2O events, as their document has them", () => {
  let folder: string;
  let project: Project;
  let findings: readonly string[];
  /** The messages, by name, that have a section; that were made for the payload list; that the overlay adds. */
  let sections: ReadonlyMap<string, Message>;
  let made: ReadonlyMap<string, Message>;
  let added: ReadonlyMap<string, Message>;

  beforeAll(async () => {
    folder = copyOf("h2o");
    const result = await read({ folder, system: ["h2o"] });
    if (!result.project) throw new Error("The project does not load.");
    project = result.project;
    findings = result.findings.flatMap(({ code, span }) =>
      span?.path.startsWith("schemas/h2o/") && !code.startsWith("checks/")
        ? [`${code}: ${result.store?.text(span.path)?.slice(span.start, span.end).trim()}`]
        : [],
    );
    const all = project.view.types("h2o").filter((decl) => decl.kind === "message");
    const of = (basis: string) =>
      new Map(all.filter(({ origins }) => origins[0]?.basis === basis).map((message) => [message.name, message]));
    [sections, made, added] = [of("stated"), of("inferred"), of("overlay")];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("96 events: each carries the message of a section, or one made of the members that the list names", () => {
    const found = payloads().map(([event, payload]) => [event, made.has(payload.name) ? names(payload) : payload.name]);
    const expected = entries(events).map(([scope, event, carried]) => [
      event,
      isSection(scope, carried) ? `${scope}.${carried}` : withoutTypes(carried),
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(found).toHaveLength(96);
    const carried = new Set(payloads().map(([, { name }]) => name));
    expect([...made.keys()].filter((name) => !carried.has(name))).toEqual([]);
  });

  test("a kind with variants is the union of what its events carry; App Store Event is another name for App Event", () => {
    const found = project.view.types("h2o").filter((decl) => decl.kind === "union");
    expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(unions).sort());
    for (const { name, variants } of found)
      expect(variants.map(formatTypeRef).sort(), name).toEqual(payloadNames(unions[name as keyof typeof unions]));
    expect(project.view.type("h2o.app.AppStoreEvent")).toMatchObject({
      kind: "alias",
      type: { kind: "named", name: "h2o.app.AppEvent" },
    });
    expect(payloadNames("app_store")).toEqual(payloadNames("app"));
    expect(new Set(project.view.events("h2o").map(({ group }) => group)).size).toBe(16);
  });

  test("84 messages with 262 fields, in the order of their sections", () => {
    const found = [...sections].map(([name, message]) => [name, names(message)]);
    const expected = entries(messages).map(([scope, name, fields]) => [`${scope}.${name}`, withoutTypes(fields)]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect([sections.size, fieldsOf(sections).length]).toEqual([84, 262]);
    expect([...added.keys()]).toEqual(["h2o.app.GpuTypeCount"]);
  });

  test("10 enums with 37 values", () => {
    const found = project.view.types("h2o").filter((decl) => decl.kind === "enum");
    const values = found.map(({ values }) => values.map(({ number, label }) => `${number} ${label}`));
    expect(Object.fromEntries(found.map(({ name }, at) => [name, values[at]]))).toEqual(enums);
    expect([found.length, values.flat().length]).toEqual([10, 37]);
  });

  test("97 fields of sections have the type that the document gives them, and so has what the list names", () => {
    const stated = statedTypes();
    const found = new Map(fieldsOf(sections, made).map(([at, { type }]) => [at, formatTypeRef(type)]));
    expect(Object.fromEntries([...stated.keys()].map((at) => [at, found.get(at)]))).toEqual({
      ...Object.fromEntries(stated),
      [listed]: "list<h2o.app.TagAssignment>",
    });
    expect([...stated.keys()].filter((at) => sections.has(scopeOf(at)))).toHaveLength(97);
  });

  test("the 165 fields of sections without a type, and 26 that only the list names, are settled by the overlay", () => {
    const stated = statedTypes();
    const all = fieldsOf(sections, made);
    const unsaid = all.map(([at]) => at).filter((at) => !stated.has(at));
    const settled = all.filter(([, { origins }]) => origins.some(({ basis }) => basis === "overlay"));
    expect(settled.map(([at]) => at).sort()).toEqual([...unsaid, listed].sort());
    expect(unsaid.filter((at) => sections.has(scopeOf(at)))).toHaveLength(165);
    expect(unsaid.filter((at) => made.has(scopeOf(at)))).toHaveLength(26);
  });

  test("a name that two sections have means the one that is near, in all 29 fields that use it", () => {
    const short = new Set(Object.keys(twins).map(lastPart));
    const found = fieldsOf(sections).map(([at, { type }]) => `${at} ${formatTypeRef(type)}`);
    const expected = Object.entries(twins).flatMap(([name, uses]) =>
      uses.split(", ").flatMap((use) => (use ? [`${scopeOf(name)}.${use} ${name}`] : [])),
    );
    expect(found.filter((use) => short.has(lastPart(use))).sort()).toEqual(expected.sort());
    expect(expected).toHaveLength(29);
    for (const name of Object.keys(twins)) expect(sections.has(name), name).toBe(true);
  });

  test("ScoringDetails has no section: it is external, an object for both fields that use it", () => {
    const found = project.view.types("h2o").filter((decl) => decl.kind === "external");
    expect(found).toMatchObject([{ name: "h2o.ScoringDetails", as: { kind: "json", only: "object" } }]);
    const uses = fieldsOf(sections).filter(([, { type }]) => formatTypeRef(type) === "h2o.ScoringDetails");
    expect(uses.map(([at]) => at)).toEqual([
      "h2o.escorer.ScoringResultCreated.scoring_details",
      "h2o.mlops.ScoringResultCreated.scoring_details",
    ]);
  });

  test("a name alone does not make a type", () => {
    const found = new Map(fieldsOf(sections));
    const types = {
      "h2o.app.AppRuntime.resources": "h2o.app.KubernetesResources",
      "h2o.app.BillingResourceGauge.resources": "int64",
      "h2o.app.BillingResourceGauge.gpu_types": "list<h2o.app.GpuTypeCount>",
      "h2o.engine.Engine.create_time": "timestamp(rfc3339)",
      "h2o.engine.PodStatus.pull_time": "duration(protobuf)",
      "h2o.mlops.DeploymentSpecs.k8s_resources": "object",
      "h2o.h2ogpte.CollectionSharedWithUser.with_user": "string",
    };
    const typeOf = (at: string) => formatTypeRef(found.get(at)?.type ?? { kind: "unstated" });
    expect(Object.fromEntries(Object.keys(types).map((at) => [at, typeOf(at)]))).toEqual(types);
  });

  test("what is deprecated, limited and measured", () => {
    const all = fieldsOf(sections, made);
    expect(all.filter(([, field]) => field.deprecated).map(([at]) => at)).toEqual([
      "h2o.feature_store.FeatureStoreJob.labels",
    ]);
    expect(all.flatMap(([at, { limits }]) => (limits ? [[at, limits]] : []))).toEqual([
      ["h2o.engine.Engine.display_name", { maxLength: 63 }],
    ]);
    const unitOf = (name: string) =>
      /bytes?(_|$)/.test(name) ? "By" : /_millicpu$/.test(name) ? "10*-3{cpu}" : undefined;
    expect(all.map(([at, { unit }]) => [at, unit])).toEqual(all.map(([at]) => [at, unitOf(lastPart(at))]));
  });

  test("two things are odd, and are said: two bullet marks, and a kind that its section contradicts", () => {
    expect(findings).toEqual(["markdown/kind-contradiction: Escorer Event", "markdown/double-bullet: - - `user_id`"]);
  });

  function payloads(): readonly (readonly [string, Message])[] {
    return project.view.events("h2o").map((event) => {
      const payload = project.view.eventMessage(event);
      if (!payload) throw new Error(`${event.name} carries no message.`);
      return [event.name, payload];
    });
  }

  function payloadNames(group: string): readonly string[] {
    const events = project.view.events("h2o").filter((event) => event.group === group);
    return events.map(({ payload }) => formatTypeRef(payload)).sort();
  }

  /** Where a field has a type in the document, and which, by its full name. */
  function statedTypes(): ReadonlyMap<string, string> {
    const payloadOf = new Map(payloads().map(([event, { name }]) => [event, name]));
    const carried = entries(events).filter(([scope, , members]) => !isSection(scope, members));
    return new Map([
      ...entries(messages).flatMap(([scope, name, fields]) => typesIn(scope, `${scope}.${name}`, fields)),
      ...carried.flatMap(([scope, event, members]) => typesIn(scope, payloadOf.get(event) ?? "", members)),
    ]);
  }
});

/** This project with one of its systems alone, so that nothing the others say stands in the way. */
function copyOf(system: string): string {
  const folder = mkdtempSync(join(tmpdir(), "concordat-"));
  const root = join(import.meta.dirname, "../..");
  const { systems } = parse(readFileSync(join(root, "concordat.yaml"), "utf8")) as { systems: Record<string, unknown> };
  writeFileSync(join(folder, "concordat.yaml"), JSON.stringify({ systems: { [system]: systems[system] } }));
  cpSync(join(root, "schemas", system), join(folder, "schemas", system), { recursive: true });
  return folder;
}

const isSection = (scope: string, name: string): boolean =>
  entries(messages).some(([otherScope, other]) => otherScope === scope && other === name);

const withoutTypes = (fields: string): string => fields.replaceAll(/ [A-Z][\w.]*/g, "");

/** The types in a row of a table. A type stands in the scope it is used from, but for two. */
function typesIn(scope: string, owner: string, fields: string): readonly (readonly [string, string])[] {
  return fields.split(", ").flatMap((field) => {
    const [name, type] = field.split(" ");
    if (!type) return [];
    const full = type === "Timestamp" ? "timestamp(rfc3339)" : `${type === "ScoringDetails" ? "h2o" : scope}.${type}`;
    return [[`${owner}.${name}`, full]];
  });
}

const names = (message: Message): string => message.fields.map(({ name }) => name).join(", ");

const fieldsOf = (...of: readonly ReadonlyMap<string, Message>[]): readonly (readonly [string, Field])[] =>
  of.flatMap((messages) =>
    [...messages.values()].flatMap(({ name, fields }) =>
      fields.map((field) => [`${name}.${field.name}`, field] as const),
    ),
  );

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

const scopeOf = (name: string): string => name.slice(0, name.lastIndexOf("."));

function entries(table: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return Object.entries(table).flatMap(([scope, rows]) =>
    Object.entries(rows).map(([key, row]) => [scope, key, row] as const),
  );
}
