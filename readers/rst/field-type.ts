import {
  type MapKey,
  type Name,
  nearest,
  type Report,
  type Scalar,
  type Span,
  scalar,
  type TypeRef,
  unstated,
} from "../../model/index.ts";
import { wellKnownType } from "../protobuf-common/well-known.ts";
import * as say from "./diagnostics.ts";
import { labelName } from "./labels.ts";
import type { Line } from "./lines.ts";

/** What the brackets at the head of a definition say of a field. */
export interface FieldType {
  readonly type: TypeRef;
  /** The kind of the type by its link. */
  readonly kind: "message" | "enum" | "scalar" | "map" | "unknown";
  readonly nullable: boolean;
  /** `**repeated**` before the type, as newer releases of protodoc write it. */
  readonly repeated: boolean;
  readonly required: boolean;
  readonly span: Span;
  /** What stands behind the brackets. */
  readonly rest: string;
}

/** Protobuf's scalar types by the name that protodoc shows. */
const scalars: ReadonlyMap<string, Scalar> = new Map([
  ["double", "float64"],
  ["float", "float32"],
  ["int32", "int32"],
  ["sint32", "int32"],
  ["sfixed32", "int32"],
  ["int64", "int64"],
  ["sint64", "int64"],
  ["sfixed64", "int64"],
  ["uint32", "uint32"],
  ["fixed32", "uint32"],
  ["uint64", "uint64"],
  ["fixed64", "uint64"],
  ["bool", "bool"],
  ["string", "string"],
  ["bytes", "bytes"],
]);
const mapKeys: ReadonlySet<string> = new Set([
  "string",
  "bool",
  "int32",
  "int64",
  "uint32",
  "uint64",
] satisfies MapKey[]);

type Value = Pick<FieldType, "type" | "kind" | "nullable">;
const unknown: Value = { type: unstated, kind: "unknown", nullable: false };

/** Reads the brackets of the field `at` from the first line of its definition; `kinds` are the sections of the document. */
export function readFieldType(
  line: Line,
  at: string,
  kinds: ReadonlyMap<Name, "message" | "enum">,
  report: Report,
): FieldType | undefined {
  const { text } = line;
  const start = text.length - text.trimStart().length;
  let position = start;
  if (!take(/\(/y)) return undefined;
  const repeated = take(/\*\*repeated\*\* /y) !== undefined;
  const value = take(/map</y) ? readMap() : readValue();
  const required = value !== undefined && readAnnotations();
  if (value && take(/\)/y))
    return { ...value, repeated, required, span: line.span(start, position), rest: restAt(position) };
  const close = text.indexOf(")", position);
  const end = close < 0 ? text.trimEnd().length : close + 1;
  report(say.unreadType(line.span(start, end), { at, text: text.slice(start, Math.min(end, start + 100)) }));
  return { ...unknown, repeated, required, span: line.span(start, end), rest: restAt(end) };

  function take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = position;
    const match = pattern.exec(text) ?? undefined;
    if (match) position = pattern.lastIndex;
    return match;
  }

  function restAt(from: number): string {
    return text.slice(from).trim();
  }

  /** Protobuf has no maps in maps, so this never goes deeper. */
  function readMap(): Value | undefined {
    const key = readValue();
    if (!key || !take(/, ?(?!map<)/y)) return undefined;
    const value = readValue();
    if (!value || !take(/>/y)) return undefined;
    if (key.type.kind !== "scalar" || !mapKeys.has(key.type.scalar)) return undefined;
    return { type: { kind: "map", key: key.type.scalar as MapKey, value: value.type }, kind: "map", nullable: false };
  }

  function readValue(): Value | undefined {
    const from = position;
    const reference = take(/:ref:`([^`<>]*)<([^`<>]*)>`/y);
    if (reference) return referenceTo(reference[1] ?? "", (reference[2] ?? "").trim(), from + ":ref:`".length);
    const link = take(/`([^`<>]*)<([^`<>]*)>`__?/y);
    if (link) return linkTo((link[1] ?? "").trim(), link[2] ?? "", line.span(from, position));
    const word = take(/[\w.]+/y)?.[0];
    return word === undefined ? undefined : linkTo(word, "", line.span(from, position));
  }

  function referenceTo(words: string, target: string, from: number): Value {
    const shown = words.trim();
    const span = line.span(from, from + words.trimEnd().length);
    const label = labelName(target);
    if (label?.kind !== "msg" && label?.kind !== "enum") {
      report(say.linkToNothing(span, { at, target }));
      // The words are a name as well, of whatever kind it is.
      return /^\w+(?:\.\w+)+$/.test(shown) ? named(shown, kinds.get(shown) ?? "unknown", span) : unknown;
    }
    const { name } = label;
    if (shown !== name) report(say.linkDiffers(span, { at, text: shown, target: name }));
    const kind = label.kind === "enum" ? "enum" : "message";
    const declared = kinds.get(name) ?? kind;
    if (declared !== kind) report(say.linkOfOtherKind(span, { at, target: name, kind: declared }));
    return named(name, declared, span);
  }

  function named(name: Name, kind: FieldType["kind"], span: Span): Value {
    const known = wellKnownType(name);
    if (known) return { type: known.type, kind, nullable: known.nullable ?? false };
    return { type: { kind: "named", name: `.${name}`, span }, kind, nullable: false };
  }

  function linkTo(word: string, url: string, span: Span): Value {
    const known = scalars.get(word);
    if (known) return { type: scalar(known), kind: "scalar", nullable: false };
    // Protobuf's own page describes the types that come with the compiler.
    const own = `google.protobuf.${word}`;
    if (url.includes("/google.protobuf#") && wellKnownType(own)) return named(own, "message", span);
    report(say.unknownScalar(span, { at, type: word, near: nearest(word.slice(0, 40), scalars.keys()) }));
    return unknown;
  }

  function readAnnotations(): boolean {
    let found = false;
    for (
      let from = position, note = take(/, \*{1,2}([^*]+)\*{1,2}/y);
      note;
      from = position, note = take(/, \*{1,2}([^*]+)\*{1,2}/y)
    )
      if (note[1] === "REQUIRED") found = true;
      else report(say.unreadAnnotation(line.span(from + 2, position), { at, text: note[1] ?? "" }));
    return found;
  }
}
