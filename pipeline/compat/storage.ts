import { createHash } from "node:crypto";
import { type Change, type Comparison, compare } from "../../checks/index.ts";
import { compareText, type Json, type Span } from "../../model/index.ts";
import type { Config } from "../config.ts";
import type { Loaded } from "./baseline/loaded.ts";

/** How a generator stores events, as far as it is configured: what is published with a model, since no document says it. */
export type Storage = Readonly<Record<string, { readonly [option: string]: Json }>>;

/** The options of generators that decide how rows are laid out on disk, and those that may differ for each event. */
const storing: Readonly<Record<string, { readonly all: readonly string[]; readonly events: readonly string[] }>> = {
  clickhouse: {
    all: ["partition", "ttlDays"],
    events: ["engine", "orderBy", "primaryKey", "partition", "ttlDays"],
  },
};

/** What a configuration says about storage; `undefined`, when it says nothing. */
export function storageOf({ generators }: Pick<Config, "generators">): Storage | undefined {
  const found = generators.flatMap(({ name, options }) => {
    const known = storing[name];
    const own = known ? pick(options, known.all) : {};
    const events = Object.entries(asObject(asObject(options).events)).flatMap(([event, value]) => {
      const picked = known ? pick(value, known.events) : {};
      return Object.keys(picked).length > 0 ? [[event, picked] as const] : [];
    });
    const all = { ...own, ...(events.length > 0 && { events: Object.fromEntries(events) }) };
    return Object.keys(all).length > 0 ? [[name, all] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Compares two sides: their models, and how generators store what they describe. */
export function compareLoaded(before: Loaded, after: Loaded): Comparison {
  const comparison = compare(before.view, after.view);
  return { ...comparison, changes: [...comparison.changes, ...storageChanges(before, after)] };
}

function storageChanges(before: Loaded, after: Loaded): readonly Change[] {
  const [old, next] = [before.storage ?? {}, after.storage ?? {}];
  const generators = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort(compareText);
  const events = after.view.model.decls.flatMap((decl) => (decl.kind === "event" ? [decl.name] : []));
  return generators.flatMap((generator) => {
    const [was, now] = [asObject(old[generator]), asObject(next[generator])];
    const [wasEvents, nowEvents] = [asObject(was.events), asObject(now.events)];
    const span = after.config?.generators.find(({ name }) => name === generator)?.span;
    const names = [...new Set([...Object.keys(wasEvents), ...Object.keys(nowEvents)])].sort(compareText);
    return [
      ...changesOf(generator, was, now, events, span),
      // An event that is new has no table yet, and one that is gone needs none.
      ...names
        .filter((name) => events.includes(name) && before.view.model.decls.some((decl) => decl.name === name))
        .flatMap((name) => changesOf(name, asObject(wasEvents[name]), asObject(nowEvents[name]), [name], span)),
    ];
  });
}

function changesOf(
  at: string,
  was: Readonly<Record<string, Json>>,
  now: Readonly<Record<string, Json>>,
  reach: readonly string[],
  span: Span | undefined,
): readonly Change[] {
  const options = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((option) => option !== "events");
  return options.sort(compareText).flatMap((option) => {
    const [a, b] = [words(option, was[option]), words(option, now[option])];
    if (a === b) return [];
    const fingerprint = createHash("sha256")
      .update(JSON.stringify([at, option, a, b]))
      .digest("hex")
      .slice(0, 16);
    return [{ kind: "storage", at, was: a, now: b, option, reach, fingerprint, ...(span && { new: span }) } as const];
  });
}

const words = (option: string, value: Json | undefined): string =>
  value === undefined ? `the usual ${option}` : `${option} ${JSON.stringify(value)}`;

const pick = (value: Json | undefined, keys: readonly string[]): { readonly [key: string]: Json } => {
  const own = asObject(value);
  return Object.fromEntries(keys.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]])));
};

/** The keys of an object; none of any other value. */
const asObject = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
