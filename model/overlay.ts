import { isTypeDecl, mapTypesOf } from "./decl.ts";
import type { Diagnostic, Report, Span } from "./diagnostic.ts";
import { nearest } from "./diagnostic.ts";
import { overlayNoMatch, overlayNotApplicable, overlayWasDiffers } from "./diagnostics.ts";
import type { Json } from "./json.ts";
import type { Decl, Declared, Event, Field, Limits, Name, Origin, TypeRef } from "./model.ts";
import { formatTypeRef } from "./type-expression.ts";

/**
 * Corrections to a source that its readers do not own. Applied to what a reader returned, before the model is built:
 * first {@link scopes}, then {@link declare}, then {@link entries}.
 */
export interface Overlay {
  readonly path: string;
  readonly scopes: readonly ScopeEntry[];
  readonly declare: readonly Decl[];
  readonly entries: readonly OverlayEntry[];
}

/**
 * Moves declarations into a scope. A document that defines `Project` twice is read as two declarations named
 * `h2o.Project`; `{ heading: "Project", occurrence: 1 }` selects the first of them. What is nested below the selected
 * name (`h2o.App.Visibility` below `h2o.App`) moves with it, absolute references and `scope`s follow.
 */
export interface ScopeEntry {
  readonly scope: Name;
  readonly why: string;
  readonly sections: readonly { readonly heading: string; readonly occurrence?: number; readonly span: Span }[];
}

/** One correction: at this place, that was so, set this, because. */
export interface OverlayEntry {
  readonly at: Name;
  readonly atSpan: Span;
  /** What must stand there now: a type expression or a plain value, `unstated` for nothing. */
  readonly was?: { readonly text: string; readonly span: Span };
  readonly set: OverlaySet;
  readonly why: string;
  readonly span: Span;
}

/** The facts an entry can set; which of them apply depends on what `at` names. */
export interface OverlaySet {
  readonly name?: string;
  readonly type?: TypeRef;
  readonly presence?: Field["presence"];
  readonly nullable?: boolean;
  readonly default?: Json;
  readonly unit?: string;
  readonly number?: number;
  readonly limits?: Limits;
  readonly doc?: string;
  readonly aliases?: readonly string[];
  readonly deprecated?: Declared["deprecated"];
  readonly open?: boolean;
  readonly topic?: Name;
  readonly group?: Name;
  readonly identity?: readonly string[];
  readonly follows?: Event["follows"];
  readonly transport?: "kafka" | "event-hubs";
  readonly feeds?: Readonly<Record<string, string>>;
}

/** Applies one source's overlay to what its reader returned. */
export function applyOverlay(decls: readonly Decl[], overlay: Overlay, system: Name, report: Report): readonly Decl[] {
  const scoped = applyScopes(decls, overlay, system, report);
  const all = [...scoped, ...overlay.declare];
  return applyEntries(all, overlay, report);
}

function applyScopes(decls: readonly Decl[], overlay: Overlay, system: Name, report: Report): readonly Decl[] {
  const targets = new Map<string, Name>(); // "<raw name>#<occurrence>" -> new name
  const spans = new Map<string, Span>();
  for (const entry of overlay.scopes)
    for (const { heading, occurrence, span } of entry.sections) {
      const key = `${system}.${heading}#${occurrence ?? 1}`;
      targets.set(key, `${entry.scope}.${heading}`);
      spans.set(key, span);
    }
  if (targets.size === 0) return decls;

  const seen = new Map<Name, number>();
  const used = new Set<string>();
  const current = new Map<Name, Name>(); // raw name -> new name of its latest occurrence
  const unique = new Map<Name, Name | undefined>(); // raw name -> new name, undefined when ambiguous
  const rename = (raw: Name): Name => {
    for (let end = raw.length; end > 0; end = raw.lastIndexOf(".", end - 1)) {
      const moved = current.get(raw.slice(0, end));
      if (moved !== undefined) return moved + raw.slice(end);
    }
    return raw;
  };
  const renamed = decls.map((decl): Decl => {
    if (!isTypeDecl(decl)) return decl;
    const occurrence = (seen.get(decl.name) ?? 0) + 1;
    seen.set(decl.name, occurrence);
    const key = `${decl.name}#${occurrence}`;
    const target = targets.get(key);
    if (target !== undefined) {
      used.add(key);
      current.set(decl.name, target);
    }
    const name = rename(decl.name);
    unique.set(decl.name, unique.has(decl.name) ? undefined : name);
    return { ...decl, name };
  });
  for (const [key, span] of spans)
    if (!used.has(key))
      report(
        overlayNoMatch(span, {
          at: key.slice(system.length + 1).replace(/#1$/, ""),
          near: nearest(key, seen.keys())?.slice(system.length + 1),
        }),
      );

  return renamed.map((decl) =>
    mapTypesOf(decl, (type) => {
      if (type.kind !== "named") return type;
      if (type.name.startsWith(".")) {
        const moved = unique.get(type.name.slice(1));
        return moved === undefined ? type : { ...type, name: `.${moved}` };
      }
      return type.scope === undefined ? type : { ...type, scope: unique.get(type.scope) ?? rename(type.scope) };
    }),
  );
}

function applyEntries(decls: readonly Decl[], overlay: Overlay, report: Report): readonly Decl[] {
  const result = [...decls];
  const places = placesIn(decls);
  let misses = 0;
  for (const entry of overlay.entries) {
    const found = places.get(entry.at);
    if (!found) {
      // Looking for the nearest of many names takes its time: an overlay that fits nothing needs no twenty hints.
      const near = misses++ < 20 ? nearest(entry.at, places.keys()) : undefined;
      report(overlayNoMatch(entry.atSpan, { at: entry.at, near }));
      continue;
    }
    for (const { index, member } of found) {
      const decl = result[index];
      if (!decl) continue;
      result[index] =
        member === undefined ? (set(decl, entry, report) as Decl) : setMember(decl, member, entry, report);
    }
  }
  return result;
}

/** A declaration, or a member of one. */
interface Place {
  readonly index: number;
  readonly member?: string;
}

/** Topics and components may share a name with types, so a name may have several places; declarations go before members. */
function placesIn(decls: readonly Decl[]): ReadonlyMap<Name, readonly Place[]> {
  const whole = new Map<Name, Place[]>();
  const parts = new Map<Name, Place[]>();
  const add = (to: Map<Name, Place[]>, name: Name, place: Place): void =>
    void to.set(name, [...(to.get(name) ?? []), place]);
  for (const [index, decl] of decls.entries()) {
    add(whole, decl.name, { index });
    for (const { name } of membersOf(decl)) add(parts, `${decl.name}.${name}`, { index, member: name });
  }
  return new Map([...parts, ...whole]);
}

function membersOf(decl: Decl): readonly Declared[] {
  switch (decl.kind) {
    case "message":
      return decl.fields;
    case "union":
      return decl.fields ?? [];
    case "enum":
      return decl.values;
    case "component":
      return decl.env;
    default:
      return [];
  }
}

function setMember(decl: Decl, member: string, entry: OverlayEntry, report: Report): Decl {
  const change = <T extends Declared>(members: readonly T[] | undefined): readonly T[] =>
    (members ?? []).map((item) => (item.name === member ? (set(item, entry, report) as T) : item));
  switch (decl.kind) {
    case "message":
    case "union":
      return { ...decl, fields: change(decl.fields) };
    case "enum":
      return { ...decl, values: change(decl.values) };
    case "component":
      return { ...decl, env: change(decl.env) };
    default:
      return decl;
  }
}

const declaredKeys = ["name", "doc", "aliases", "deprecated"];
const fieldKeys = [...declaredKeys, "type", "presence", "nullable", "default", "unit", "number", "limits"];
const settable: Readonly<Record<string, readonly string[]>> = {
  event: [...declaredKeys, "topic", "group", "identity", "follows"],
  message: [...declaredKeys, "open"],
  enum: [...declaredKeys, "open"],
  topic: [...declaredKeys, "transport"],
  component: [...declaredKeys, "feeds", "transport"],
  alias: [...declaredKeys, "type"],
};

function set(item: Declared, entry: OverlayEntry, report: Report): Declared {
  const kind = "kind" in item ? (item as Decl).kind : "type" in item ? "field" : "enum value";
  const allowed =
    kind === "field"
      ? fieldKeys
      : kind === "enum value"
        ? [...declaredKeys, "number"]
        : (settable[kind] ?? declaredKeys);
  const misplaced = Object.keys(entry.set).filter((key) => !allowed.includes(key));
  for (const key of misplaced) report(overlayNotApplicable(entry.span, { at: entry.at, key, kind }));
  const differs = entry.was && wasDiffers(item, entry);
  if (differs) report(differs);
  if (misplaced.length > 0 || differs) return item;
  const { name, ...facts } = entry.set;
  const origin: Origin = {
    span: entry.span,
    reader: "overlay",
    basis: "overlay",
    why: entry.why,
    facts: Object.keys(entry.set),
  };
  const changed: Declared = { ...item, ...(facts as Partial<Declared>) };
  return {
    ...changed,
    // A name that is set keeps the one it replaces: events still travel under it.
    ...(name && { name, aliases: [...(changed.aliases ?? []), item.name] }),
    origins: [...item.origins, origin],
  };
}

function wasDiffers(item: Declared, entry: OverlayEntry): Diagnostic | undefined {
  const [key] = Object.keys(entry.set);
  if (!entry.was || key === undefined) return undefined;
  const value = (item as unknown as Record<string, unknown>)[key];
  const is =
    value === undefined
      ? "unstated"
      : key === "type"
        ? formatTypeRef(value as TypeRef)
        : typeof value === "string"
          ? value
          : JSON.stringify(value);
  return is === entry.was.text
    ? undefined
    : overlayWasDiffers(entry.was.span, { at: entry.at, was: entry.was.text, is });
}
