import {
  type Declared,
  type Field,
  guessOf,
  type Json,
  type PropertyForm,
  type TypeDecl,
  type View,
} from "../../model/index.ts";
import { demandsOf } from "./demands.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { codeSpan, commentLine, commentText, sentence, wrap } from "./text.ts";
import { zeroOf } from "./zero.ts";

/** What a TSDoc comment says, part by part. */
export interface Doc {
  readonly text?: string | undefined;
  /** Sentences. */
  readonly remarks?: readonly string[];
  readonly defaultValue?: Json | undefined;
  readonly deprecated?: Declared["deprecated"] | undefined;
  readonly see?: readonly string[];
  /** A tag without text, such as `@packageDocumentation`. */
  readonly modifier?: string;
}

/** Writes a TSDoc comment, on one line when it is short; nothing when there is nothing to say. */
export function writeDoc(out: Printer, doc: Doc): void {
  const text = commentText(doc.text ?? "").trim();
  const tags = tagsOf(doc);
  const [only = text] = tags;
  if (text === "" && tags.length === 0) return;
  if (tags.length + (text === "" ? 0 : 1) === 1 && !only.includes("\n") && only.length + 7 <= out.room()) {
    out.line(`/** ${only} */`);
    return;
  }
  const room = out.room() - 3;
  const lines = [
    ...(text === "" ? [] : wrap(text, room)),
    ...(text === "" || tags.length === 0 ? [] : [""]),
    ...tags.flatMap((tag) => wrap(tag, room, "  ")),
  ];
  out.line("/**");
  for (const line of lines) out.line(line === "" ? " *" : ` * ${line}`);
  out.line(" */");
}

/** Whatever has a meaning and a place. */
type Described = Pick<Declared, "doc" | "aliases" | "origins"> & {
  readonly deprecated?: Declared["deprecated"] | undefined;
};

/** What any declaration can say of itself. */
export const declaredDoc = (declared: Described, view: View): Doc => ({
  text: declared.doc,
  remarks: declared.aliases?.length ? [`Also known as ${declared.aliases.map(codeSpan).join(", ")}.`] : [],
  deprecated: declared.deprecated,
  see: placeOf(declared, view),
});

/** What a type can say of itself: what its one-ofs mean, and what an alias asks for but cannot show. */
export function typeDoc(decl: TypeDecl, { profile, view }: Scope): Doc {
  const doc = declaredDoc(decl, view);
  const oneofs = decl.kind === "message" ? (decl.oneofs ?? []) : [];
  const meanings = oneofs.flatMap((oneof) => (oneof.doc ? [`${codeSpan(oneof.name)}: ${oneof.doc}`] : []));
  const type = decl.kind === "alias" ? decl.type : decl.kind === "external" ? decl.as : undefined;
  const demands = type ? demandsOf(type, profile) : [];
  return {
    ...doc,
    remarks: [...meanings, ...(demands.length > 0 ? [sentence(demands.join(", "))] : []), ...(doc.remarks ?? [])],
    see: [...(doc.see ?? []), ...(decl.kind === "external" && decl.url ? [decl.url] : [])],
  };
}

/** What a property can say of itself: its field, and what its type asks for but cannot show. */
export function propertyDoc({ field, form }: PropertyForm, { profile, saysZero, view }: Scope): Doc {
  const doc = declaredDoc(field, view);
  // Int64String and its like say so themselves.
  const told = form.kind === "string" && (form.format === "int64" || form.format === "uint64");
  const demands = told ? [] : demandsOf(field.type, profile, field.limits);
  return {
    ...doc,
    remarks: [
      ...(demands.length > 0 ? [sentence(demands.join(", "))] : []),
      ...(field.unit === undefined ? [] : [`Unit: ${codeSpan(field.unit)}.`]),
      ...(doc.remarks ?? []),
      ...(guess(field) ?? []),
    ],
    defaultValue: field.default ?? (saysZero ? undefined : zeroOf(field, profile, view)),
  };
}

/** Why a field is taken for what it is when the source does not state it and no overlay has confirmed it. */
export function guess(field: Pick<Field, "origins">): readonly string[] | undefined {
  const inferred = guessOf(field);
  if (!inferred) return undefined;
  return [inferred.why === undefined ? "Inferred, not stated." : `Inferred, not stated: ${inferred.why}`];
}

/** The source file and line a declaration was read from: its own document before any overlay. */
export function placeOf({ origins }: Pick<Declared, "origins">, view: View): readonly string[] {
  const origin = origins.find(({ basis }) => basis !== "overlay") ?? origins[0];
  if (!origin) return [];
  const { path, line } = view.locate(origin.span);
  return [codeSpan(`${path}:${line}`)];
}

function tagsOf(doc: Doc): readonly string[] {
  const { deprecated } = doc;
  const reasons = deprecated && [
    ...(deprecated.since === undefined ? [] : [`Since ${deprecated.since}.`]),
    ...(deprecated.reason === undefined ? [] : [sentence(deprecated.reason)]),
    ...(deprecated.replacedBy === undefined ? [] : [`Use ${codeSpan(deprecated.replacedBy)} instead.`]),
  ];
  return [
    ...(doc.remarks?.length ? [["@remarks", ...doc.remarks]] : []),
    ...(doc.defaultValue === undefined ? [] : [["@defaultValue", codeSpan(JSON.stringify(doc.defaultValue))]]),
    ...(reasons ? [["@deprecated", ...reasons]] : []),
    ...(doc.see ?? []).map((place) => ["@see", place]),
    ...(doc.modifier === undefined ? [] : [[doc.modifier]]),
  ].map(([tag, ...texts]) => [tag, ...texts.map(commentLine)].join(" "));
}
