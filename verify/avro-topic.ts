import type { Json } from "../model/index.ts";
import {
  type AvroResult,
  type AvroValue,
  type Codec,
  finish,
  inside,
  isObject,
  type Place,
  refuse,
  show,
  start,
} from "./avro/codec.ts";
import { type Attributes, compile, fieldCodec, type Scope, text } from "./avro/compile.ts";
import type { FieldCodec } from "./avro/composites.ts";
import type { WireValue } from "./samples/sample.ts";

/** An event of a topic: which it is, and how it is sent as JSON. */
export interface TopicEvent {
  readonly event: string;
  readonly json: WireValue;
}

/** Both directions between the events of a topic as JSON and the values of the topic's record. */
export interface TopicCodec {
  /** The events that the record can carry. */
  readonly events: readonly string[];
  readonly toAvro: (event: string, json: WireValue) => AvroResult<AvroValue>;
  readonly fromAvro: (value: AvroValue) => AvroResult<TopicEvent>;
}

/** The body of an event in the record of its topic. */
interface Body {
  readonly name: string;
  readonly event: string;
  readonly codec: Codec;
  /** True where the type of the body is one branch beside null, which its value is wrapped in. */
  readonly single: boolean;
  readonly envelope: "merge" | "wrap" | undefined;
  readonly shared: readonly FieldCodec[];
}

/**
 * Reads the generated Avro schema of a topic and converts by it. What envelope and body both have stands in both; the body's
 * holds, and an optional field of the envelope stays null where the body's value does not fit it.
 */
export function topicCodec(schema: Json): TopicCodec {
  const record = schema as Attributes;
  const scope: Scope = { namespace: text(record.namespace) ?? "", named: new Map() };
  const all = (record.fields ?? []) as readonly Attributes[];
  // Types are defined where they are first used, so all fields are read in their order.
  const read = all.map((field) =>
    field.event === undefined ? fieldCodec(field, scope) : { field, ...bodyOf(field, scope) },
  );
  const fields = read.flatMap((part) => ("field" in part ? [] : [part]));
  const bodies = read.flatMap((part): readonly Body[] => {
    if (!("field" in part)) return [];
    const { field, codec, single } = part;
    const envelope = field.envelope === "merge" || field.envelope === "wrap" ? field.envelope : undefined;
    const keys = field.envelopeKeys as readonly string[] | undefined;
    const shared = envelope ? fields.filter(({ key }) => !keys || keys.includes(key)) : [];
    return [{ name: text(field.name) ?? "", event: text(field.event) ?? "", codec, single, envelope, shared }];
  });
  const nothing: readonly (readonly [string, AvroValue])[] = [...fields, ...bodies].map(({ name }) => [name, null]);
  return {
    events: bodies.map(({ event }) => event),
    toAvro(event, json) {
      const at = start();
      const body = bodies.find((one) => one.event === event);
      if (!body) return finish(refuse(at, `The topic carries no event ${show(event)}.`), at);
      const made = new Map([...nothing, ...encode(body, json, at)]);
      return finish(Object.fromEntries(made), at);
    },
    fromAvro(value) {
      const at = start();
      const nowhere = { event: "", json: null };
      if (!isObject(value)) {
        refuse(at, `The value is ${show(value)}, and not a record.`);
        return finish(nowhere, at);
      }
      const set = bodies.filter(({ name }) => (own(value, name) ?? null) !== null);
      const [body] = set;
      if (body && set.length === 1) return finish({ event: body.event, json: decode(body, value, at) }, at);
      refuse(at, `The record holds ${set.length} events, and not one.`);
      return finish(nowhere, at);
    },
  };
}

function bodyOf({ type }: Attributes, scope: Scope): Pick<Body, "codec" | "single"> {
  const branches = (Array.isArray(type) ? type : [type]).filter((branch): branch is Json => branch !== "null");
  const [only = null] = branches;
  const single = branches.length === 1;
  return { codec: compile(single ? only : branches, scope), single };
}

function encode(body: Body, json: WireValue, at: Place): readonly (readonly [string, AvroValue])[] {
  const { name, envelope, shared, codec } = body;
  const wrapped = (value: AvroValue): AvroValue => (body.single ? { [codec.branch]: value } : value);
  if (!envelope) return [[name, wrapped(codec.encode(json, at))]];
  if (!isObject(json)) return [[name, refuse(at, `The value is ${show(json)}, and not an object.`)]];
  const keys = new Set(envelope === "merge" ? (codec.keys?.() ?? []) : ["payload"]);
  const outer = new Set(shared.map(({ key }) => key));
  for (const key of Object.keys(json)) if (!keys.has(key) && !outer.has(key)) at.lost.push(inside(at, key).path);
  const inner =
    envelope === "merge"
      ? codec.encode(Object.fromEntries(Object.entries<WireValue>(json).filter(([key]) => keys.has(key))), at)
      : Object.hasOwn(json, "payload")
        ? codec.encode(json.payload ?? null, inside(at, "payload"))
        : refuse(at, 'The key "payload" is missing.');
  return [
    ...shared.map((field) => [field.name, encodeShared(field, json, keys.has(field.key), at)] as const),
    [name, wrapped(inner)],
  ];
}

function encodeShared(
  field: FieldCodec,
  json: { readonly [key: string]: WireValue },
  alsoInBody: boolean,
  at: Place,
): AvroValue {
  const { key, optional, codec } = field;
  const value = own(json, key);
  if (value === undefined) return optional ? null : refuse(at, `The key ${show(key)} is missing.`);
  if (!alsoInBody || !optional) return codec.encode(value, inside(at, key));
  // The body holds it; here it stands for those who look at the envelope alone.
  const trial: Place = { ...inside(at, key), problems: [], lost: [] };
  const made = codec.encode(value, trial);
  return trial.problems.length > 0 ? null : made;
}

function decode(
  { name, envelope, shared, codec, single }: Body,
  record: { readonly [key: string]: AvroValue },
  at: Place,
): WireValue {
  const held = own(record, name) ?? null;
  const value =
    single && isObject(held) ? (own(held as { readonly [key: string]: AvroValue }, codec.branch) ?? null) : held;
  const body = codec.decode(value, envelope === "wrap" ? inside(at, "payload") : at);
  if (!envelope) return body;
  const outer = shared.flatMap(({ name: field, key, optional, codec: of }): (readonly [string, WireValue])[] => {
    const part = own(record, field) ?? null;
    return part === null && optional ? [] : [[key, of.decode(part, inside(at, key))]];
  });
  if (envelope === "wrap") return Object.fromEntries([...outer, ["payload", body]]);
  return Object.fromEntries([...outer, ...(isObject(body) ? Object.entries<WireValue>(body) : [])]);
}

const own = <T>(object: { readonly [key: string]: T }, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
