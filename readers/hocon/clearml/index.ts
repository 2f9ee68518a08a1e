import type { Decl, JsonProfile, Name, Report } from "../../../model/index.ts";
import type { HoconField, HoconObject, HoconValue } from "../syntax/index.ts";
import { asObject, asText, originsOf, plainText } from "./access.ts";
import { reportOnce, type Service } from "./context.ts";
import { noService } from "./diagnostics.ts";
import { type EventRule, eventsOf } from "./events.ts";
import { operationOf } from "./operations.ts";
import { checkPermissions, permissionKeys } from "./permissions.ts";
import { open, peek, reportLeftovers, take, takeField } from "./reading.ts";
import { declareDefinition } from "./schema.ts";

export type { EventRule } from "./events.ts";

/** What is known of a service beside its text. */
export interface ServiceContext {
  readonly system: Name;
  /** What its names are told from those of the system's other services by. */
  readonly service?: Name | undefined;
  readonly report: Report;
  readonly events: EventRule;
  /** What `_api_defaults.conf` says of all services. */
  readonly defaults?: { readonly root: HoconValue; readonly path: string } | undefined;
}

/** Reads a service file of the ClearML API server: definitions as types, endpoints as operations, reported events as events. */
export function readService(root: HoconObject, context: ServiceContext): readonly Decl[] {
  const { system, service, defaults } = context;
  const report = reportOnce(context.report);
  const definitions: Service["definitions"] =
    asObject(peek(root, "_definitions"), "_definitions", report)?.fields ?? new Map();
  const scope = service === undefined ? system : `${system}.${service}`;
  const reading = { taken: new Set<string>(), objects: [] };
  const s: Service = { system, scope, report, reading, definitions, decls: [], names: new Set(), known: new Map() };
  open(s, root, serviceKeys, "the service");
  takeField(s, root, "_definitions");
  // What stands there is for substitutions to take, and is read where they bring it.
  takeField(s, root, "_references");
  readDefaults(s, take(s, root, "_default"), "_default");
  readDefaults(s, defaults?.root, defaults?.path ?? "");
  for (const definition of definitions.values()) {
    const at = `${scope}.${definition.key}`;
    const schema = asObject(definition.value, at, report);
    const part = { origins: originsOf(definition), name: { base: at, way: "" }, at, role: "definition" } as const;
    if (schema) declareDefinition(s, { schema, ...part });
  }
  const endpoints = new Map<string, HoconField>();
  for (const field of root.fields.values()) if (!field.key.startsWith("_")) endpoints.set(field.key, field);
  for (const { key } of endpoints.values()) {
    const endpoint = takeField(s, root, key);
    const operation = endpoint && operationOf(s, endpoint, endpoints);
    if (operation) s.decls.push(operation);
  }
  if (s.decls.length === 0) report(noService(root.span, { path: root.span.path }));
  const described = describeSystem(s, root);
  reportLeftovers(s);
  return [...described, ...s.decls, ...eventsOf(s, context.events)];
}

/** What a service has beside its endpoints. */
const serviceKeys = ["_definitions", "_description", "_references", "_default"];

/** What holds for every endpoint that does not say otherwise. */
function readDefaults(s: Service, value: HoconValue | undefined, at: string): void {
  const object = asObject(value, at, s.report);
  if (!object) return;
  open(s, object, permissionKeys, at);
  checkPermissions(s, object, at);
}

/** The service's description is the system's: the model knows nothing between a system and its operations. */
function describeSystem(s: Service, root: HoconObject): readonly Decl[] {
  const field = takeField(s, root, "_description");
  const doc = plainText(asText(field?.value, "_description", s.report));
  return field && doc ? [{ kind: "system", name: s.system, doc, json: profile, origins: originsOf(field) }] : [];
}

/** How the server writes its JSON; what the configuration says of the system goes before it. */
const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "number",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};
