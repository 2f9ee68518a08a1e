import {
  compareText,
  type Decl,
  formatTypeRef,
  isTypeDecl,
  type JsonProfile,
  type Model,
  type Name,
  type System,
  type TypeDecl,
  type View,
} from "../../model/index.ts";
import type { Change } from "./change.ts";
import { compareComponents, compareTopics } from "./channels.ts";
import { createCollector, type Tell } from "./collect.ts";
import { compareTypes } from "./declarations.ts";
import { compareEvents } from "./events.ts";
import { type Matched, match } from "./match.ts";
import { compareOperations } from "./operations.ts";
import { reachOf } from "./reach.ts";
import { type Sides, sideOf } from "./sides.ts";
import { compareWords } from "./words.ts";

/** Everything that differs between two models, sorted by place; nothing, for a model and itself. */
export const compareModels = (before: View, after: View, options?: CompareOptions): readonly Change[] =>
  compare(before, after, options).changes;

/** Two models, and everything that differs. */
export interface Comparison {
  readonly changes: readonly Change[];
  readonly sides: Sides;
}

/** What is known of two sides beside their models. */
export interface CompareOptions {
  /** The options of the generator that makes the tables, as each side was made with. */
  readonly storage?: { readonly old: StorageOptions; readonly new: StorageOptions };
}

/** Options of a generator, by name. */
export type StorageOptions = Readonly<Record<string, unknown>>;

/** Compares two models and keeps what judging needs to know of them. */
export function compare(before: View, after: View, { storage }: CompareOptions = {}): Comparison {
  const [old, next] = [before.model, after.model];
  const types = withinSystems(match(typesOf(old), typesOf(next), shape));
  const events = withinSystems(
    match(of(old, "event"), of(next, "event"), ({ payload, topic }) => `${topic} ${formatTypeRef(payload)}`),
  );
  const operations = withinSystems(match(of(old, "operation"), of(next, "operation")));
  const names = new Map([...types.pairs, ...events.pairs].map((pair) => [pair.before.name, pair.after.name]));
  const sides: Sides = { old: sideOf(before), new: sideOf(after), renamed: (name) => names.get(name) ?? name };
  const [reachBefore, reachAfter] = [reachOf(old), reachOf(next)];
  const systems = new Map([...old.decls, ...next.decls].map((decl) => [decl.name, systemOf(decl)]));
  const { tell, changes } = createCollector({
    reach: (name) => {
      const now = reachAfter(name);
      return now.length > 0 ? now : reachBefore(name);
    },
    system: (name) => systems.get(name) ?? systems.get(name.replace(/\.v[^v]*$/, "")),
  });

  for (const { before: was, after: now } of match(of(old, "system"), of(next, "system")).pairs) {
    compareProfiles(was, now, tell);
    compareWords(was, now, { at: now.name, of: now.name, old: was, new: now }, tell);
  }
  const topics = match(of(old, "topic"), of(next, "topic"));
  comeAndGone(topics, "topic", tell);
  for (const { before: was, after: now } of topics.pairs) compareTopics(was, now, tell);
  const components = withinSystems(match(of(old, "component"), of(next, "component")));
  comeAndGone(components, "component", tell);
  for (const { before: was, after: now } of components.pairs) compareComponents(was, now, tell);
  comeAndGone(types, "type", tell);
  for (const { before: was, after: now } of types.pairs) {
    if (was.name !== now.name)
      tell("type.renamed", { at: now.name, of: now.name, was: was.name, now: now.name, old: was, new: now }, {});
    compareTypes(was, now, sides, tell);
  }
  comeAndGone(events, "event", tell);
  for (const { before: was, after: now } of events.pairs) compareEvents(was, now, sides, tell);
  comeAndGone(operations, "operation", tell);
  for (const { before: was, after: now } of operations.pairs) compareOperations(was, now, sides, tell);
  if (storage) compareStorage(storage.old, storage.new, tell);
  const sorted = [...changes()].sort(
    (a, b) => compareText(a.at, b.at) || compareText(a.kind, b.kind) || compareText(a.fingerprint, b.fingerprint),
  );
  return { changes: sorted, sides };
}

/** What moves to another system is gone from where it was: its module, its schemas and its table have other names now. */
function withinSystems<T extends Decl>({ pairs, removed, added }: Matched<T>): Matched<T> {
  const moved = pairs.filter(({ before, after }) => systemOf(before) !== systemOf(after));
  return {
    pairs: pairs.filter((pair) => !moved.includes(pair)),
    removed: [...removed, ...moved.map(({ before, after }) => ({ item: before, suspect: after }))],
    added: [...added, ...moved.map(({ before, after }) => ({ item: after, suspect: before }))],
  };
}

function comeAndGone<T extends Decl>(
  { removed, added }: Matched<T>,
  kind: "topic" | "component" | "type" | "event" | "operation",
  tell: Tell,
): void {
  for (const { item, suspect } of removed)
    tell(`${kind}.removed`, { at: item.name, of: item.name, old: item }, { ...(suspect && { suspect: suspect.name }) });
  for (const { item, suspect } of added)
    tell(`${kind}.added`, { at: item.name, of: item.name, new: item }, { ...(suspect && { suspect: suspect.name }) });
}

function compareStorage(before: StorageOptions, after: StorageOptions, tell: Tell): void {
  for (const option of Object.keys({ ...before, ...after }).sort(compareText)) {
    const [was, now] = [before[option], after[option]].map((value) => JSON.stringify(value) ?? "not set");
    if (was !== now) tell("storage", { at: `tables.${option}`, of: "", was, now }, { option });
  }
}

function compareProfiles(before: System, after: System, tell: Tell): void {
  for (const setting of Object.keys({ ...before.json, ...after.json }).sort() as readonly (keyof JsonProfile)[]) {
    const [was, now] = [before.json[setting], after.json[setting]];
    if (was === now) continue;
    const details = { setting, before: before.json, after: after.json };
    const place = { at: after.name, of: after.name, old: before, new: after };
    tell("profile.changed", { ...place, was: `${setting} ${was}`, now: `${setting} ${now}` }, details);
  }
}

const of = <K extends Decl["kind"]>(model: Model, kind: K): readonly Extract<Decl, { readonly kind: K }>[] =>
  model.decls.filter((decl): decl is Extract<Decl, { readonly kind: K }> => decl.kind === kind);

const systemOf = (decl: Decl): Name | undefined => (decl.kind === "system" ? decl.name : decl.system);

const typesOf = (model: Model): readonly TypeDecl[] => model.decls.filter(isTypeDecl);

/** What a type looks like from outside; nothing, where many look like it. */
function shape(decl: TypeDecl): string | undefined {
  if (decl.kind === "message")
    return decl.fields.length === 0
      ? undefined
      : JSON.stringify(decl.fields.map(({ name, type }) => [name, formatTypeRef(type)]));
  return decl.kind === "enum" ? JSON.stringify(decl.values.map(({ name }) => name)) : undefined;
}
