import { Document, isMap, type YAMLMap, type YAMLSeq } from "yaml";
import {
  type Decl,
  type Field,
  formatTypeRef,
  isTypeDecl,
  type Json,
  type Name,
  walkTypeRef,
} from "../../model/index.ts";

/** What stands in an overlay where somebody has to decide. */
export const toBeFilled = "TODO";

/** A fact that the document states and its clean form has no words for. */
export interface StatedFact {
  readonly at: Name;
  readonly key: string;
  readonly value: Json;
}

/**
 * An overlay with an entry for each fact that the clean form has no words for, and one for each type that the document
 * leaves open; `undefined` when there are none. Of the latter each is a warning, and changes nothing, until it is filled in.
 */
export function overlaySkeleton(
  decls: readonly Decl[],
  stated: readonly StatedFact[],
  source: string,
  system: Name,
): string | undefined {
  const settled = new Set(stated.filter(({ key }) => key === "type").map(({ at }) => at));
  const open = openFields(decls).filter(({ at }) => !settled.has(at));
  const twice = declaredTwice(decls);
  if (open.length === 0 && twice.length === 0 && stated.length === 0) return undefined;
  const why = `${source} states it, and the clean form of it has no words for that.`;
  const all = [
    ...open.map(({ at, was }) => ({ at, was, set: { type: toBeFilled }, why: toBeFilled })),
    ...[...factsByPlace(stated)].map(([at, set]) => ({ at, set: Object.fromEntries(set), why })),
  ];
  const document = new Document(all.length === 0 ? {} : { entries: all });
  const entries = document.get("entries") as YAMLSeq<YAMLMap> | undefined;
  entries?.items.forEach((entry, index) => {
    const set = entry.get("set", true);
    if (isMap(set)) set.flow = true;
    const doc = open[index]?.doc?.replace(/\s*\n\s*/g, " ");
    if (doc) entry.commentBefore = ` ${doc}`;
    if (index > 0) entry.spaceBefore = true;
  });
  document.commentBefore = head(decls, source, open.length + twice.length).join("\n");
  if (twice.length > 0) document.comment = scopes(twice, system).join("\n");
  return document.toString({ lineWidth: 0 });
}

function factsByPlace(stated: readonly StatedFact[]): ReadonlyMap<Name, ReadonlyMap<string, Json>> {
  const places = new Map<Name, Map<string, Json>>();
  for (const { at, key, value } of stated) places.set(at, (places.get(at) ?? new Map<string, Json>()).set(key, value));
  return places;
}

interface OpenField {
  readonly at: Name;
  readonly was: string;
  readonly doc: string | undefined;
}

function openFields(decls: readonly Decl[]): readonly OpenField[] {
  const found = new Map<Name, OpenField>();
  for (const { at, field } of allFields(decls)) {
    const open = [...walkTypeRef(field.type)].some(
      (type) => type.kind === "unstated" || (type.kind === "scalar" && type.scalar === "number"),
    );
    if (open && !found.has(at)) found.set(at, { at, was: formatTypeRef(field.type), doc: field.doc });
  }
  return [...found.values()];
}

const allFields = (decls: readonly Decl[]): readonly { readonly at: Name; readonly field: Field }[] =>
  decls.flatMap((decl) =>
    (decl.kind === "message" ? decl.fields : decl.kind === "union" ? (decl.fields ?? []) : []).map((field) => ({
      at: `${decl.name}.${field.name}`,
      field,
    })),
  );

function head(decls: readonly Decl[], source: string, open: number): readonly string[] {
  const silent = allFields(decls).filter(({ field }) => field.presence === "unstated").length;
  if (open === 0) return [` What ${source} states and its clean form has no words for.`];
  return [
    ` What ${source} leaves open. Fill in each ${toBeFilled} with a type and with the reason for it; what is to stay as it is,`,
    " goes. A number without a width, for example, becomes what `defaults` of the system say.",
    ...(silent === 0
      ? []
      : [
          "",
          ` ${silent} fields do not say whether they are always there: \`defaults.presence\` of the system holds for them, and for`,
          " single ones an entry such as",
          "   - at: name.of.the.field",
          "     was: unstated",
          "     set: { presence: optional }",
          "     why: …",
        ]),
  ];
}

/** Types that share a name, which only a person can tell apart. */
function declaredTwice(decls: readonly Decl[]): readonly { readonly name: Name; readonly times: number }[] {
  const times = new Map<Name, number>();
  for (const decl of decls) if (isTypeDecl(decl)) times.set(decl.name, (times.get(decl.name) ?? 0) + 1);
  return [...times].filter(([, count]) => count > 1).map(([name, count]) => ({ name, times: count }));
}

const scopes = (twice: readonly { readonly name: Name; readonly times: number }[], system: Name): readonly string[] => [
  "",
  " These names stand for more than one type. Move each occurrence into a scope of its own:",
  " scopes:",
  ...twice.flatMap(({ name, times }) =>
    Array.from({ length: times }, (_, index) =>
      [
        `   - scope: ${system}.${toBeFilled}`,
        `     sections: [{ heading: ${name.slice(system.length + 1)}, occurrence: ${index + 1} }]`,
        `     why: ${toBeFilled}`,
      ].join("\n"),
    ),
  ),
];
