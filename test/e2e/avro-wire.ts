import avsc from "avsc";
import type { Json as Schema, View } from "../../pipeline/index.ts";
import { type AvroValue, avscOptions, type TopicCodec, topicCodec } from "../../verify/index.ts";
import type { Registry } from "./registry.ts";
import type { BadClass } from "./slots.ts";
import { chapterOf, eventOf, type Json, type Story } from "./stories.ts";
import { badEvent, badName, badRecord, inTurn, isJsonOf, leftOutOfRecord, type Wire } from "./wire.ts";

/** A topic's record, and what the registry calls it. */
interface TopicRecord {
  readonly codec: TopicCodec;
  readonly type: avsc.Type;
  readonly id: number;
  /** The same with every field free to be null, as a contract before or after this one may have it. */
  readonly lenient: avsc.Type;
  readonly lenientId: number;
}

type Fields = Readonly<Record<string, AvroValue>>;

/** Events as the record of their topic, in the form of Confluent: a zero, the number of the schema, and the record's bytes. */
export function avroWire(view: View, schemas: ReadonlyMap<string, string>, registry: Registry): Wire {
  const topics = new Map<string, TopicRecord>();
  const typeOf = (schema: Schema): avsc.Type =>
    avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));
  for (const [topic, text] of schemas) {
    const schema = JSON.parse(text) as Schema;
    const lenient = nullable(schema);
    topics.set(topic, {
      codec: topicCodec(schema),
      type: typeOf(schema),
      id: registry.register(text),
      lenient: typeOf(lenient),
      lenientId: registry.register(JSON.stringify(lenient)),
    });
  }
  const recordOf = ({ name }: Story): TopicRecord => {
    const found = topics.get(name);
    if (!found) throw new Error(`${name} has no record.`);
    return found;
  };
  const valuesOf = (story: Story, json: Json, event: string): Fields => {
    const made = recordOf(story).codec.toAvro(event, json as Schema);
    if (!made.ok) throw new Error(`${event} has no place in its record: ${JSON.stringify(made.problems)}`);
    return made.value as Fields;
  };
  const encode = (story: Story, value: AvroValue): Buffer => {
    const { type, id } = recordOf(story);
    return framed(id, type.toBuffer(value));
  };
  const bad = (story: Story, badClass: BadClass, nth: number): Buffer => {
    const json = badEvent(story, nth, view);
    const name = badName(story, nth);
    const value = valuesOf(story, json, name);
    const { codec, lenient, lenientId } = recordOf(story);
    switch (badClass) {
      case "unparsable":
        return inTurn(unparsable, nth)(encode(story, value));
      case "unknown-event": {
        const bodies = Object.fromEntries(codec.events.map((event) => [bodyOf(value, event), null]));
        const { event_type: told } = badRecord(story, badClass, nth, view);
        return encode(story, { ...value, ...bodies, user_id: null, event_type: String(told) });
      }
      case "missing-field":
        return framed(lenientId, lenient.toBuffer(optional(value, leftOutOfRecord(story, nth, view))));
      default: {
        const { version, event_id: event, tenant_id: tenant } = badRecord(story, badClass, nth, view);
        return encode(story, {
          ...value,
          version: String(version),
          event_id: String(event),
          tenant_id: String(tenant),
        });
      }
    }
  };
  return {
    event: (story, nth) => {
      const { event } = chapterOf(story, nth);
      return encode(story, valuesOf(story, eventOf(story, nth, view), event.name));
    },
    bad,
    isTextOf: (raw, story, badClass, nth) =>
      badClass === "unparsable"
        ? raw.equals(bad(story, badClass, nth))
        : isJsonOf(raw, badRecord(story, badClass, nth, view), story, nth, badClass, view),
  };
}

function framed(id: number, record: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  return Buffer.concat([head, record]);
}

const bodyOf = (value: Fields, event: string): string => {
  const name = event.replaceAll(".", "_");
  if (!(name in value)) throw new Error(`${event} has no body.`);
  return name;
};

const unparsable: readonly ((good: Buffer) => Buffer)[] = [
  (good) => good.subarray(0, good.length - 3),
  () => Buffer.from("{}"),
  (good) => good.subarray(1),
  () => Buffer.from([0]),
  // A number that the registry does not know.
  (good) => framed(2 ** 30, good.subarray(5)),
];

interface RecordSchema {
  readonly fields: readonly { readonly name: string; readonly type: unknown }[];
}

/** A record in which every field can be null, in its bodies as well. */
function nullable(schema: Schema): Schema {
  const record = schema as unknown as RecordSchema;
  const free = (type: unknown): unknown => (Array.isArray(type) ? type : ["null", type]);
  const fields = record.fields.map((field) => {
    const [, body] = Array.isArray(field.type) ? field.type : [];
    const isBody = (body as { readonly type?: string } | undefined)?.type === "record";
    return { name: field.name, type: isBody ? ["null", nullable(body as Schema)] : free(field.type) };
  });
  return { ...record, fields } as unknown as Schema;
}

/** A value of such a record: everything that is there as a branch of its union, but for one field that is not. */
function optional(value: Fields, left: string): AvroValue {
  const wrap = (part: AvroValue, key: string): AvroValue => {
    if (key === left) return null;
    if (part === null) return null;
    switch (typeof part) {
      case "string":
        return { string: part };
      case "boolean":
        return { boolean: part };
      case "bigint":
        return { long: part };
      case "number":
        return { double: part };
      default: {
        const [branch = "", inner] = Object.entries(part as Fields)[0] ?? [];
        // What was optional before is a branch already; a body has fields of its own.
        if (typeof inner !== "object" || inner === null) return part;
        return { [branch]: optional(inner as Fields, left) };
      }
    }
  };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wrap(part, key)]));
}
