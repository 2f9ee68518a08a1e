import { type Enum, enumJsonValues, type JsonForm, jsonForm, type TypeRef } from "../../../model/index.ts";
import type { Reading } from "../sides.ts";
import type { Profiles } from "./avro.ts";
import { takesUnlisted } from "./json.ts";

interface Question extends Reading {
  readonly profiles: Profiles;
  readonly asked: Set<string>;
}

/** True when the compiler takes a value of one type where the other is declared: a proof, so `false` may mean that none was found. */
export const isAssignable = (from: TypeRef, to: TypeRef, reading: Reading, profiles: Profiles): boolean =>
  assignable(jsonForm(from, profiles.writer), jsonForm(to, profiles.reader), {
    ...reading,
    profiles,
    asked: new Set(),
  });

/** Formats and limits are nothing to a compiler: texts are `string`, and numbers `number`. */
function assignable(from: JsonForm, to: JsonForm, question: Question): boolean {
  if (to.kind === "any") return true;
  if (from.kind === "named" && to.kind === "named" && question.isSame(from.name, to.name)) return true;
  if (from.kind === "union") return from.variants.every((variant) => assignable(variant, to, question));
  if (from.kind === "named") {
    const decl = question.writer.view.type(from.name);
    const next = (type: TypeRef): boolean => assignable(jsonForm(type, question.profiles.writer), to, question);
    const pair = `${from.name} ${JSON.stringify(to)}`;
    if (question.asked.has(pair)) return true;
    question.asked.add(pair);
    if (decl.kind === "alias") return next(decl.type);
    if (decl.kind === "external") return next(decl.as ?? { kind: "json" });
    if (decl.kind === "enum") return assignableEnum(decl, to, question);
    if (decl.kind === "union") return (decl.fields ?? []).length === 0 && decl.variants.every(next);
    if (to.kind === "named") {
      const read = question.reader.view.type(to.name);
      if (read.kind === "message") return assignableMessage(from.name, to.name, question);
    }
  }
  if (to.kind === "union") return to.variants.some((variant) => assignable(from, variant, question));
  if (to.kind === "named") {
    const decl = question.reader.view.type(to.name);
    const next = (type: TypeRef): boolean => assignable(from, jsonForm(type, question.profiles.reader), question);
    if (decl.kind === "alias") return next(decl.type);
    if (decl.kind === "external") return next(decl.as ?? { kind: "json" });
    return decl.kind === "union" && (decl.fields ?? []).length === 0 && decl.variants.some(next);
  }
  switch (to.kind) {
    case "boolean":
      return from.kind === "boolean" || (from.kind === "literal" && typeof from.value === "boolean");
    case "string":
      return from.kind === "string" || (from.kind === "literal" && typeof from.value === "string");
    case "integer":
    case "number":
      return (
        from.kind === "integer" || from.kind === "number" || (from.kind === "literal" && typeof from.value === "number")
      );
    case "literal":
      return from.kind === "literal" && from.value === to.value;
    case "list":
      return from.kind === "list" && assignable(from.item, to.item, question);
    case "map":
      return from.kind === "map" && assignable(from.value, to.value, question);
    case "object":
      return from.kind === "object";
    default:
      return false;
  }
}

function assignableEnum(decl: Enum, to: JsonForm, question: Question): boolean {
  const values = enumJsonValues(decl, question.profiles.writer);
  if (to.kind === "named") {
    const read = question.reader.view.type(to.name);
    if (read.kind === "enum") {
      if (takesUnlisted(decl, question.profiles.writer) && !takesUnlisted(read, question.profiles.reader)) return false;
      const known: readonly unknown[] = enumJsonValues(read, question.profiles.reader);
      return values.every((value) => known.includes(value));
    }
  }
  return values.every((value) => assignable({ kind: "literal", value }, to, question));
}

function assignableMessage(from: string, to: string, question: Question): boolean {
  const [written, read] = [question.writer.view.type(from), question.reader.view.type(to)];
  if (written.kind !== "message" || read.kind !== "message" || written.fields.length !== read.fields.length)
    return false;
  if (JSON.stringify(shapeOf(written.oneofs)) !== JSON.stringify(shapeOf(read.oneofs))) return false;
  return read.fields.every((field) => {
    const own = written.fields.find(({ name, jsonName }) => name === field.name && jsonName === field.jsonName);
    return (
      own !== undefined &&
      (own.presence === "required" || field.presence !== "required") &&
      (!own.nullable || field.nullable === true) &&
      assignable(jsonForm(own.type, question.profiles.writer), jsonForm(field.type, question.profiles.reader), question)
    );
  });
}

const shapeOf = (oneofs: readonly { readonly fields: readonly string[]; readonly required: boolean }[] | undefined) =>
  (oneofs ?? []).map(({ fields, required }) => [fields, required]);
