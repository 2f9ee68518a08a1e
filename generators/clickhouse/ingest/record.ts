import {
  type Field,
  isIdentifier,
  jsonForm,
  jsonKey,
  lastSegment,
  messageOf,
  scopeOf,
  type TopicMessage,
  type TypeRef,
  unalias,
} from "../../../model/index.ts";
import type { Context } from "../context.ts";
import { identifier, text } from "../sql.ts";

/** The encodings in which a topic is read as records and not as text. */
export type RecordEncoding = "protobuf" | "avro";

/** How the records of a topic are read, and made into the JSON text that the checks are about. */
export interface TopicRecord {
  /** The columns of the queue. */
  readonly columns: readonly string[];
  /** The JSON text of a row of the queue `r`. */
  readonly json: string;
  /** Why a row is no event at all, as text; empty when it is one. */
  readonly problem: string;
  /** Where ClickHouse finds the schema: for Protobuf. */
  readonly schema: string;
}

/** A value that a format can hold: its column, and the JSON text of one that is there. */
interface Held {
  readonly type: string;
  readonly json: (value: string) => string;
}

/** The key whose value names the event, with that value for each of them. */
export interface Tell {
  readonly key: string;
  readonly values: ReadonlyMap<string, string>;
}

/** A member of the record or of a body. */
interface Part {
  readonly key: string;
  readonly column: string;
  readonly json: string;
}

/**
 * The record of a topic in an encoding; a sentence when something in it has no form here. Of records within records, lists
 * and maps ClickHouse tells absent from empty in no encoding, so that their checks would be about something else.
 */
export function recordOf(
  message: TopicMessage,
  encoding: RecordEncoding,
  tell: Tell | undefined,
  context: Context,
): TopicRecord | string {
  const { view, profile } = context;
  const envelope: Part[] = [];
  const bodies: { readonly name: string; readonly number: number; readonly event: string; readonly parts: Part[] }[] =
    [];
  for (const field of message.fields) {
    const event = message.events.get(field.name);
    if (encoding === "protobuf" && field.number === undefined) return `${message.name}.${field.name} has no number`;
    if (!event) {
      const part = partOf(field, "r", encoding, context);
      if (typeof part === "string") return part;
      envelope.push(part);
      continue;
    }
    const body = messageOf(field.type, view);
    if (!body || body.fields.length === 0) return `the body of ${event.name} is no message with fields`;
    const parts: Part[] = [];
    for (const inner of body.fields) {
      if (encoding === "protobuf" && inner.number === undefined) return `${body.name}.${inner.name} has no number`;
      const part = partOf(inner, `r.${identifier(field.name)}`, encoding, context);
      if (typeof part === "string") return part;
      parts.push(part);
    }
    bodies.push({ name: field.name, number: field.number ?? 0, event: event.name, parts });
  }
  const oneof = message.oneofs?.[0]?.name ?? "event";
  const wide = bodies.some(({ number }) => number > 127);
  const members = bodies.map(({ name, number }) => `${text(name)} = ${number}`).join(", ");
  const keys = [...new Set([...envelope, ...bodies.flatMap(({ parts }) => parts)].map(({ key }) => key))];
  const isBody = (name: string): string =>
    encoding === "avro" ? `isNotNull(r.${identifier(name)})` : `r.${identifier(oneof)} = ${text(name)}`;
  // Which body it is says which event it is, whether or not a field says it as well.
  const byBody = bodies.flatMap(({ name, event }) => {
    const value = tell?.values.get(event);
    return value === undefined ? [] : [`${isBody(name)}, ${text(JSON.stringify(value))}`];
  });
  const expected = tell && byBody.length > 0 ? `multiIf(${byBody.join(", ")}, NULL)` : undefined;
  const valueAt = (key: string): string => {
    // What a body has holds before what the envelope says.
    const parts = [...bodies.flatMap(({ parts: own }) => own), ...envelope].filter((part) => part.key === key);
    const values = [...parts.map(({ json }) => json), ...(key === tell?.key && expected ? [expected] : [])];
    return values.length === 1 ? (values[0] ?? "NULL") : `coalesce(${values.join(", ")})`;
  };
  const rows = keys.map((key) => `        concat(${text(`${JSON.stringify(key)}:`)}, ${valueAt(key)})`);
  const hasBody =
    encoding === "avro" ? `${bodies.map(({ name }) => isBody(name)).join(" + ")} = 1` : `r.${identifier(oneof)} != ''`;
  // The body of an event that this contract does not know yet is not there, and the event is told all the same.
  const known = tell && [...tell.values.values()].map((value) => text(JSON.stringify(value))).join(", ");
  const isOurs = tell && expected ? ` AND ifNull(${valueAt(tell.key)} IN (${known}), true)` : "";
  const problems = [
    `NOT (${hasBody})${isOurs}, 'It has not one body.'`,
    ...(tell && expected
      ? [`ifNull(${valueAt(tell.key)} != ${expected}, false), 'It says that it is another event than its body is.'`]
      : []),
  ];
  return {
    columns: [
      ...(encoding === "protobuf" ? [`${identifier(oneof)} Enum${wide ? 16 : 8}('' = 0, ${members})`] : []),
      ...envelope.map(({ column }) => column),
      ...bodies.map(({ name, parts }) => {
        const elements = `Tuple(${parts.map(({ column }) => column).join(", ")})`;
        return `${identifier(name)} ${encoding === "avro" ? `Nullable(${elements})` : elements}`;
      }),
    ],
    json: `concat('{', arrayStringConcat(arrayMap(part -> assumeNotNull(part), arrayFilter(part -> isNotNull(part), [\n${rows.join(",\n")}])), ','), '}')`,
    problem: `multiIf(${problems.join(", ")}, '')`,
    schema: `${context.options.ingest === false ? "" : (context.options.ingest?.schemas ?? "")}${scopeOf(message.name)}.proto:${lastSegment(message.name)}`,
  };

  function partOf(field: Field, from: string, as: RecordEncoding, within: Context): Part | string {
    const held = isIdentifier(field.name) ? holdOf(field.type, as, within) : undefined;
    if (!held) return `${field.name} has no form in ${as} that is read here`;
    const value = `${from}.${identifier(field.name)}`;
    return {
      key: jsonKey(field, profile),
      column: `${identifier(field.name)} Nullable(${held.type})`,
      json: `if(isNull(${value}), NULL, ${held.json(`assumeNotNull(${value})`)})`,
    };
  }
}

function holdOf(ref: TypeRef, encoding: RecordEncoding, { view, profile }: Context): Held | undefined {
  const type = unalias(ref, view);
  const asString: Held = { type: "String", json: (value) => `toJSONString(${value})` };
  if (type.kind === "literal") {
    if (typeof type.value === "string") return asString;
    return typeof type.value === "boolean" ? truth : undefined;
  }
  if (type.kind === "json")
    return { type: "String", json: (value) => `if(isValidJSON(${value}), ${value}, toJSONString(${value}))` };
  if (type.kind !== "scalar") return undefined;
  const form = jsonForm(type, profile);
  const quote = (value: string): string => `concat('"', ${value}, '"')`;
  switch (form.kind) {
    case "boolean":
      return truth;
    case "number":
      return {
        type: type.scalar === "float32" ? "Float32" : "Float64",
        json: (value) => `if(isFinite(${value}), toString(${value}), 'null')`,
      };
    case "integer":
      return integer(type, encoding, (value) => `toString(${value})`);
    case "string":
      if (form.format === "int64" || form.format === "uint64")
        return integer(type, encoding, (value) => quote(`toString(${value})`));
      if (form.format === "base64") return { type: "String", json: (value) => quote(`base64Encode(${value})`) };
      if (form.format === "date-time" && type.logical?.name === "timestamp" && type.logical.encoding === "protobuf")
        return undefined;
      if (form.format === "date-time" && encoding === "avro")
        return {
          type: "DateTime64(6, 'UTC')",
          json: (value) => quote(`concat(replaceOne(toString(${value}), ' ', 'T'), 'Z')`),
        };
      if (form.format?.startsWith("duration")) return undefined;
      return asString;
    default:
      return undefined;
  }
}

const truth: Held = { type: "Bool", json: (value) => `if(${value}, 'true', 'false')` };

function integer(
  { scalar, logical }: TypeRef & { kind: "scalar" },
  encoding: RecordEncoding,
  json: (value: string) => string,
): Held | undefined {
  if (logical) return { type: "Int64", json };
  const types: Readonly<Record<string, string>> =
    encoding === "avro"
      ? { int32: "Int32", uint32: "Int64", int64: "Int64" }
      : { int32: "Int32", uint32: "UInt32", int64: "Int64", uint64: "UInt64" };
  const type = types[scalar];
  return type === undefined ? undefined : { type, json };
}
