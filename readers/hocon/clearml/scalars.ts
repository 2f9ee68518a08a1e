import { nearest, scalar, type TypeRef, timestamp, uuid } from "../../../model/index.ts";
import type { HoconValue } from "../syntax/index.ts";
import { asText } from "./access.ts";
import type { Service } from "./context.ts";
import { unknownType } from "./diagnostics.ts";
import type { Part } from "./part.ts";
import { peek, take } from "./reading.ts";

const scalars: ReadonlyMap<string, TypeRef> = new Map([
  ["string", scalar("string")],
  ["boolean", scalar("bool")],
  ["integer", scalar("int64")],
  ["number", scalar("number")],
]);

/** What a format makes of a type; any other format is one that the model has no place for. */
const formats: ReadonlyMap<string, TypeRef> = new Map([
  ["string date-time", timestamp("rfc3339")],
  ["string uuid", uuid],
  ["string uri", scalar("string", { name: "uri" })],
  ["integer int32", scalar("int32")],
  ["integer int64", scalar("int64")],
  ["number float", scalar("float32")],
  ["number double", scalar("float64")],
]);

const compound = ["object", "array"];

/** The type of a simple value by its name, and by its format if it has one that says more. */
export function scalarType(s: Service, { schema, at }: Part, type: string, value: HoconValue): TypeRef | undefined {
  const format = peek(schema, "format");
  const exact = format?.kind === "string" ? formats.get(`${type} ${format.value}`) : undefined;
  if (exact) take(s, schema, "format");
  const known = exact ?? scalars.get(type);
  if (!known) s.report(unknownType(value.span, { type, at, near: nearest(type, [...compound, ...scalars.keys()]) }));
  return known;
}

/** Reads the type of a schema whose values tell it already: it only has to be one that there is. */
export function checkType(s: Service, { schema, at }: Part): void {
  const value = take(s, schema, "type");
  for (const one of value?.kind === "array" ? value.items : value ? [value] : []) {
    const type = one.kind === "null" ? "null" : asText(one, `The type of ${at}`, s.report);
    if (type === undefined || type === "null" || compound.includes(type) || scalars.has(type)) continue;
    s.report(unknownType(one.span, { type, at, near: nearest(type, [...compound, ...scalars.keys()]) }));
  }
}
