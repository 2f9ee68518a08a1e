import type { DiagnosticKind } from "../diagnostic.ts";
import type { Difference } from "../diagnostics.ts";
import * as say from "../diagnostics.ts";
import { canonicalJson, equalJson, type Json } from "../json.ts";
import type { Decl, Declared, TypeRef } from "../model.ts";
import { formatTypeRef } from "../type-expression.ts";
import { joinTypes, type TypeContext } from "./types.ts";

/** A thing as one source tells it, and the declaration it is or stands in. */
export interface Part {
  readonly item: object;
  readonly decl: Decl;
  /** The list of the declaration that it stands in. */
  readonly within?: string;
  /** The fields of the declaration, each with the name it has been merged under. */
  readonly names: ReadonlyMap<string, string>;
  /** Those merged names. */
  readonly fields: ReadonlySet<string>;
  /** True when the source names it and describes it elsewhere: then it only fills in what others leave out. */
  readonly mention?: boolean;
}

/** Who says what is being joined, for the few facts that hang together with others. */
export interface Occasion {
  readonly held: readonly Part[];
  readonly part: Part;
  readonly types: TypeContext;
}

/** One fact that a thing can carry, and how the words of several sources about it become one. */
export interface Fact<T = unknown> {
  readonly key: string;
  /** True of a value by which a source says nothing. */
  silent(value: T): boolean;
  /** What two sources say together, the first of them preceding; `undefined` when they contradict each other. */
  join(a: T, b: T, on: Occasion): T | undefined;
  /** What their contradiction is called; facts without it never contradict. */
  differs?(a: T, b: T): DiagnosticKind<Difference>;
  show(value: T): string;
  /** True when several sources can each give a part of it. */
  readonly shared: boolean;
  /** What it is called in the finding that one source states it and another does not; without it, that goes without saying. */
  readonly noticed?: string;
}

/** A fact: by default a value that is equal in all sources, and told by being there. */
export const fact = <T>(key: string, differs: DiagnosticKind<Difference>, special: Partial<Fact<T>> = {}): Fact => ({
  ...(wordless<T>(key) as Fact),
  differs: () => differs,
  ...(special as Partial<Fact>),
});

const wordless = <T>(key: string): Fact<T> => ({
  key,
  silent: () => false,
  join: (a, b) => (equalJson(a as Json, b as Json) ? a : undefined),
  show: (value) => (typeof value === "string" ? value : canonicalJson(value as Json)),
  shared: false,
});

/** A fact that is set or not mentioned. */
export const flag = (key: string): Fact => ({
  ...(wordless<boolean>(key) as Fact),
  silent: (value) => value !== true,
});

/** A list to which every source may add. */
export const listed = (key: string): Fact =>
  ({ ...wordless<readonly Json[]>(key), join: joinLists, shared: true }) as Fact;

const joinLists = (a: readonly Json[], b: readonly Json[]): readonly Json[] => [
  ...new Map([...a, ...b].map((item) => [canonicalJson(item), item])).values(),
];

/** A fact that no two sources dispute: the first that has it gives it. */
export const first = (key: string): Fact => ({ ...wordless(key), join: (a) => a });

/** An object to which every source may add keys; where two have a key, its values agree. */
export const keyed = (key: string, differs: DiagnosticKind<Difference>): Fact =>
  fact<Json>(key, differs, { join: joinKeys, shared: true });

function joinKeys(a: Json, b: Json): Json | undefined {
  if (Array.isArray(a) && Array.isArray(b)) return joinLists(a, b);
  if (!isRecord(a) || !isRecord(b)) return equalJson(a, b) ? a : undefined;
  const all = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const known = all.get(key);
    const joined = known === undefined ? value : joinKeys(known, value);
    if (joined === undefined) return undefined;
    all.set(key, joined);
  }
  return Object.fromEntries(all);
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The use of a type; of two constants, it is the constant that differs. */
export const typed = (key: string): Fact =>
  fact<TypeRef>(key, say.typeDiffers, {
    silent: ({ kind }) => kind === "unstated",
    join: (a, b, { types }) => joinTypes(a, b, types),
    differs: (a, b) => (a.kind === "literal" && b.kind === "literal" ? say.constantDiffers : say.typeDiffers),
    show: formatTypeRef,
  });

/** Words never contradict: who says more is taken, of equals the first. */
export const doc: Fact = {
  ...(wordless<string>("doc") as Fact),
  join: (a: string, b: string) => (b.length > a.length ? b : a),
} as Fact;

/** A name is told by all sources; one that is known to the other as an alias is the former name. */
export const nameOf = (differs: DiagnosticKind<Difference>): Fact =>
  fact<string>("name", differs, {
    join: (a, b, { held, part }) => {
      const knows = ({ item }: Part, name: string): boolean =>
        ((item as Partial<Declared>).aliases ?? []).includes(name);
      return a === b || held.some((other) => knows(other, b)) ? a : knows(part, a) ? b : undefined;
    },
  });

type Deprecated = NonNullable<Declared["deprecated"]>;

/** Where a thing is only mentioned: the reason is words; what replaces it, and since when, are facts. */
export const mentionedDeprecation = fact<Deprecated>("deprecated", say.deprecationDiffers, {
  join: (a, b) => {
    const reason = a.reason ?? b.reason;
    const facts = joinKeys(withoutReason(a), withoutReason(b)) as Deprecated | undefined;
    return facts && { ...(reason !== undefined && { reason }), ...facts };
  },
  show: (value) => canonicalJson(withoutReason(value)),
  shared: true,
});

const withoutReason = ({ reason: _, ...facts }: Deprecated): Json => facts;

/** That something is deprecated where one source says so and another does not is worth a word. */
export const deprecation: Fact = { ...mentionedDeprecation, noticed: "The deprecation of" };
