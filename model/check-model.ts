import { checkFacts } from "./check-facts.ts";
import { isTypeDecl } from "./decl.ts";
import { nearest, type Report } from "./diagnostic.ts";
import * as say from "./diagnostics.ts";
import { jsonKey } from "./json-form.ts";
import type { Declared, Enum, Event, Field, JsonProfile, Model, Name, TypeDecl, TypeRef } from "./model.ts";
import { firstHere, spanOf } from "./places.ts";
import { createView, messageOf, type View } from "./view.ts";

/** Reports what does not add up in a model whose references are resolved. */
export function checkModel(model: Model, report: Report): void {
  const view = createView(model, ({ path }) => ({ path, line: 1, column: 1 }));
  checkMembers(view, report);
  checkCycles(view, report);
  checkEvents(view, report);
  checkFacts(view, report);
}

function checkMembers({ model, systems }: View, report: Report): void {
  const profiles = new Map(systems.map((system) => [system.name, system.json]));
  for (const decl of model.decls) {
    if (decl.kind === "message") checkKeys(decl.name, decl.fields, profiles.get(decl.system), report);
    if (decl.kind === "message") checkUnique(decl.name, decl.fields, report);
    else if (decl.kind === "union") checkUnique(decl.name, decl.fields ?? [], report);
    else if (decl.kind === "enum") checkUnique(decl.name, decl.values, report);
    else if (decl.kind === "component") checkUnique(decl.name, decl.env, report);
  }
}

/** Names must differ; numbers must too. */
function checkUnique(of: Name, members: readonly (Field | Enum["values"][number])[], report: Report): void {
  const names = new Map<string, Declared>();
  const numbers = new Map<number, Declared>();
  for (const member of members) {
    const same = names.get(member.name);
    if (same) report(say.duplicateField(spanOf(member), { name: member.name, of }, firstHere(same)));
    else names.set(member.name, member);
    if (member.number === undefined) continue;
    const other = numbers.get(member.number);
    if (other && other.name !== member.name)
      report(
        say.duplicateNumber(
          spanOf(member),
          { name: member.name, other: other.name, of, number: member.number },
          firstHere(other),
        ),
      );
    else numbers.set(member.number, member);
  }
}

/** Different names may become one key: `user_id` and `userId` in lowerCamelCase. */
function checkKeys(of: Name, fields: readonly Field[], profile: JsonProfile | undefined, report: Report): void {
  if (!profile) return;
  const keys = new Map<string, Field>();
  for (const field of fields) {
    const key = jsonKey(field, profile);
    const other = keys.get(key);
    if (!other) keys.set(key, field);
    else if (other.name !== field.name)
      report(say.sameJsonKey(spanOf(field), { name: field.name, other: other.name, of, key }, firstHere(other)));
  }
}

/** A name that stands for itself, by way of aliases and unions alone, is the name of nothing. */
function checkCycles(view: View, report: Report): void {
  const next = (decl: TypeDecl): readonly TypeRef[] =>
    decl.kind === "alias"
      ? [decl.type]
      : decl.kind === "union"
        ? decl.variants
        : decl.kind === "external" && decl.as
          ? [decl.as]
          : [];
  const reaches = (from: TypeDecl): boolean => {
    const seen = new Set<Name>();
    const open = [...next(from)];
    for (let type = open.pop(); type !== undefined; type = open.pop()) {
      if (type.kind === "union") open.push(...type.variants);
      if (type.kind !== "named" || seen.has(type.name)) continue;
      if (type.name === from.name) return true;
      seen.add(type.name);
      open.push(...next(view.type(type.name)));
    }
    return false;
  };
  for (const decl of view.model.decls)
    if (isTypeDecl(decl) && reaches(decl)) report(say.aliasCycle(spanOf(decl), { name: decl.name }));
}

/** What an event names beside types must exist as well: its topic, its identity, the event it follows. */
function checkEvents(view: View, report: Report): void {
  const { model } = view;
  const events = new Map(model.decls.flatMap((decl) => (decl.kind === "event" ? [[decl.name, decl] as const] : [])));
  const topics = new Set(view.topics.map((topic) => topic.name));
  const requireField = (event: Event, field: string, by: Event): void => {
    const names = view.eventMessage(event)?.fields.map((item) => item.name) ?? [];
    if (!names.includes(field))
      report(say.unknownField(spanOf(by), { event: event.name, field, near: nearest(field, names) }));
  };
  for (const event of events.values()) {
    if (event.envelope?.how === "merge" && !messageOf(event.payload, view))
      report(say.bodyWithoutFields(spanOf(event), { event: event.name }));
    if (event.topic !== undefined && !topics.has(event.topic))
      report(
        say.unknownTopic(spanOf(event), { event: event.name, topic: event.topic, near: nearest(event.topic, topics) }),
      );
    for (const field of event.identity ?? []) requireField(event, field, event);
    if (!event.follows) continue;
    const start = events.get(event.follows.event);
    if (!start) {
      const near = nearest(event.follows.event, events.keys());
      report(say.unknownEvent(spanOf(event), { event: event.follows.event, by: event.name, near }));
      continue;
    }
    requireField(event, event.follows.by, event);
    requireField(start, event.follows.key, event);
  }
}
