import { type Decl, type Name, nearest, type Report } from "../../../model/index.ts";
import type { HoconField, HoconObject } from "../syntax/index.ts";
import { asObject, get, originsOf } from "./access.ts";
import { reportOnce, type Service } from "./context.ts";
import { noService, unknownKey } from "./diagnostics.ts";
import { type EventRule, eventsOf } from "./events.ts";
import { nameOf } from "./naming.ts";
import { operationOf } from "./operations.ts";
import { typeOf } from "./schema.ts";

export type { EventRule } from "./events.ts";

/** Reads a service file of the ClearML API server: definitions as types, endpoints as operations, reported events as events. */
export function readService(
  root: HoconObject,
  context: { readonly system: Name; readonly report: Report; readonly events: EventRule },
): readonly Decl[] {
  const report = reportOnce(context.report);
  const definitions = asObject(get(root, "_definitions"), "_definitions", report)?.fields ?? new Map();
  const s: Service = { system: context.system, report, definitions, decls: [], known: new Map() };
  for (const definition of definitions.values()) declareDefinition(s, definition);

  const endpoints = new Map<string, HoconField>();
  for (const field of root.fields.values()) {
    if (!field.key.startsWith("_")) endpoints.set(field.key, field);
    else if (!knownKeys.includes(field.key))
      report(
        unknownKey(originsOf(field)[0]?.span, {
          key: field.key,
          of: "the service",
          near: nearest(field.key, knownKeys),
        }),
      );
  }
  for (const endpoint of endpoints.values()) {
    const operation = operationOf(s, endpoint, endpoints);
    if (operation) s.decls.push(operation);
  }
  if (s.decls.length === 0) report(noService(root.span, { path: root.span.path }));
  return [...s.decls, ...eventsOf(s.decls, s.system, context.events)];
}

/** Beside the endpoints; what stands under `_references` is there for substitutions to take. */
const knownKeys = ["_definitions", "_description", "_references"];

/** A definition is a type of its own name; one that needs no declaration gets an alias. */
function declareDefinition(s: Service, definition: HoconField): void {
  const name = { base: `${s.system}.${definition.key}`, way: "" };
  const at = nameOf(name);
  const schema = asObject(definition.value, at, s.report);
  if (!schema) return;
  const origins = originsOf(definition);
  const type = typeOf(s, { schema, origins, name, at, role: "definition" });
  if (type.kind === "named" && type.name === `.${at}`) return;
  s.decls.push({ kind: "alias", name: at, system: s.system, type, origins });
}
