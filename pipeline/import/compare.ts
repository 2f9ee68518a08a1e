import { canonicalJson, type Decl, type Declared, formatTypeRef, type Json, type TypeRef } from "../../model/index.ts";

/** Something that two readings of a document say differently. */
export interface Difference {
  /** The declaration or member as the first reading has it, if it has it. */
  readonly item: Declared | undefined;
  readonly at: string;
  readonly what: string;
  /** What the first reading says, when that is a fact that an overlay can set. */
  readonly fact?: { readonly key: string; readonly value: Json };
}

/** What a second reading says other than the first, places and prose aside. Declarations are told apart by kind and name. */
export function differences(first: readonly Decl[], second: readonly Decl[]): readonly Difference[] {
  const others = byKey(second);
  const found: Difference[] = [];
  for (const [key, decls] of byKey(first)) {
    const same = others.get(key) ?? [];
    decls.forEach((decl, index) => {
      const other = same[index];
      if (!other) found.push({ item: decl, at: decl.name, what: "is missing" });
      else found.push(...compareDecl(decl, other));
    });
    if (same.length > decls.length)
      found.push({ item: decls[0], at: decls[0]?.name ?? "", what: "stands there too often" });
    others.delete(key);
  }
  for (const [decl] of others.values()) if (decl) found.push({ item: undefined, at: decl.name, what: "is new" });
  return found;
}

/** A topic that several places mention is one topic. */
function byKey(decls: readonly Decl[]): Map<string, readonly Decl[]> {
  const all = new Map<string, readonly Decl[]>();
  for (const decl of decls) {
    const key = `${decl.kind} ${decl.name}`;
    const known = all.get(key) ?? [];
    all.set(key, decl.kind === "topic" ? [{ ...decl, ...known[0] } as Decl] : [...known, decl]);
  }
  return all;
}

function compareDecl(a: Decl, b: Decl): readonly Difference[] {
  const [own, other] = [membersOf(a), membersOf(b)];
  const found: Difference[] = [];
  for (const key of differingKeys(without(a), without(b)))
    found.push({ item: a, at: a.name, what: `differs in ${key}`, ...factOf(a, key, settable[a.kind] ?? []) });
  for (const [name, member] of own) {
    const twin = other.get(name);
    const at = `${a.name}.${name}`;
    if (!twin) found.push({ item: member, at, what: "is missing" });
    else
      for (const key of differingKeys(member, twin))
        found.push({ item: member, at, what: `differs in ${key}`, ...factOf(member, key, settable.field ?? []) });
  }
  for (const name of other.keys()) if (!own.has(name)) found.push({ item: a, at: `${a.name}.${name}`, what: "is new" });
  return found;
}

function membersOf(decl: Decl): ReadonlyMap<string, Declared> {
  const members: readonly Declared[] =
    decl.kind === "message"
      ? decl.fields
      : decl.kind === "enum"
        ? decl.values
        : decl.kind === "union"
          ? (decl.fields ?? [])
          : decl.kind === "component"
            ? decl.env
            : [];
  return new Map(members.map((member) => [member.name, member]));
}

const without = (decl: Decl): Declared => {
  const {
    fields: _,
    values: _v,
    env: _e,
    ...rest
  } = decl as Decl & { fields?: unknown; values?: unknown; env?: unknown };
  return rest as Declared;
};

function differingKeys(a: Declared, b: Declared): readonly string[] {
  const [left, right] = [facts(a), facts(b)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].filter((key) => canonicalJson(left[key] ?? null) !== canonicalJson(right[key] ?? null));
}

/** Everything but places, prose, and how far a reference is spelt out. */
function facts(item: Declared): Record<string, Json> {
  return JSON.parse(
    JSON.stringify(item, (key, value) =>
      ["origins", "doc", "span", "label"].includes(key) || value === undefined ? undefined : value,
    ),
  ) as Record<string, Json>;
}

/** What overlays can set, by what they set it on. */
const settable: Readonly<Record<string, readonly string[]>> = {
  field: ["type", "presence", "nullable", "default", "unit", "number", "limits", "deprecated", "aliases"],
  event: ["topic", "group", "identity", "follows", "deprecated", "aliases"],
  message: ["open", "deprecated", "aliases"],
  enum: ["open", "deprecated", "aliases"],
};

function factOf(item: Declared, key: string, keys: readonly string[]): Pick<Difference, "fact"> {
  const value = facts(item)[key];
  if (value === undefined || value === "unstated" || !keys.includes(key)) return {};
  const type = key === "type" && "type" in item ? formatTypeRef(item.type as TypeRef) : undefined;
  return { fact: { key, value: type ?? value } };
}
