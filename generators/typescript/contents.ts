import {
  type Enum,
  localName,
  type Message,
  type Name,
  type Operation,
  type TypeDecl,
  type Union,
} from "../../model/index.ts";
import { edgeNames } from "./edges.ts";
import { discriminatedEvents, type SentEvent, sentEvents, unionName } from "./events.ts";
import type { Scope } from "./scope.ts";
import { grownTypes } from "./sharing.ts";

/** All that a system's files declare. */
export interface Contents {
  readonly events: readonly SentEvent[];
  readonly operations: readonly Operation[];
  /** Envelopes that are declared only because events extend them. */
  readonly envelopes: readonly Message[];
  readonly types: readonly TypeDecl[];
  readonly enums: readonly Enum[];
  /** Types that are declared as another one with what is new. */
  readonly bases: ReadonlyMap<Name, Message | Union>;
}

/** Finds what there is to declare and sees to it that every name is given once. */
export function collectContents(scope: Scope): Contents {
  const { view, system } = scope;
  const events = sentEvents(scope);
  const operations = view.operations(system.name);
  const types = inOrder(view.types(system.name), operations);
  const known = new Set(types.map((decl) => decl.name));
  const envelopes = [...new Set(events.flatMap(({ base }) => (base && !known.has(base.name) ? [base] : [])))];

  for (const decl of [...types, ...envelopes]) scope.claim(localName(decl.name), `the type ${decl.name}`, decl);
  for (const { event, type, isOwn } of events) if (isOwn) scope.claim(type, `the event ${event.name}`, event);
  if (events.length > 0) {
    scope.claim("EventMap", "the map of all events");
    scope.claim("EventName", "the type of event names");
  }
  if (discriminatedEvents(events)) scope.claim(unionName(scope), "the union of all events");
  if (operations.length > 0) {
    scope.claim("OperationMap", "the map of all operations");
    scope.claim("OperationName", "the type of operation names");
  }
  for (const name of edgeNames(scope)) scope.claim(name, "what leads to the edges");
  const enums = types.filter((decl) => decl.kind === "enum");
  return { events, operations, envelopes, types, enums, bases: grownTypes(scope) };
}

/** What operations take and return comes first, oldest version first; the names alone would put 2.12 before 2.9. */
function inOrder(types: readonly TypeDecl[], operations: readonly Operation[]): readonly TypeDecl[] {
  const byName = new Map(types.map((decl) => [decl.name, decl]));
  const bodies = operations.flatMap(({ versions }) =>
    versions.flatMap(({ request, response }) =>
      [request, response].flatMap((type) => (type?.kind === "named" ? (byName.get(type.name) ?? []) : [])),
    ),
  );
  return [...new Set([...bodies, ...types])];
}
