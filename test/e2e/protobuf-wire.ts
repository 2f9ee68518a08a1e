import protobuf from "protobufjs";
import { topicMessages, type View } from "../../pipeline/index.ts";
import { wireText } from "../../verify/index.ts";
import { isRecord } from "../agreement/meaning.ts";
import type { BadClass } from "./slots.ts";
import { chapterOf, eventOf, type Json, type Story } from "./stories.ts";
import { badEvent, badName, badRecord, inTurn, isJsonOf, type Wire } from "./wire.ts";

/** A topic's message, as protobufjs has it from the generated file. */
interface TopicType {
  readonly type: protobuf.Type;
  /** The member of the one-of that carries an event, by the event's name. */
  readonly bodies: ReadonlyMap<string, string>;
}

/** Events as the message of their topic, written by protobufjs from the generated file. */
export function protobufWire(view: View, system: string, proto: string): Wire {
  // Names are as the file has them, and not as JavaScript would.
  const { root } = protobuf.parse(proto, { keepCase: true });
  const topics = new Map<string, TopicType>();
  for (const { name, topic, events } of topicMessages(view, system))
    topics.set(topic.name, {
      type: root.lookupType(name),
      bodies: new Map([...events].map(([field, event]) => [event.name, field])),
    });
  const typeOf = ({ name }: Story): TopicType => {
    const found = topics.get(name);
    if (!found) throw new Error(`${name} has no message.`);
    return found;
  };
  const encode = (story: Story, json: Json, event: string): Buffer => {
    const { type, bodies } = typeOf(story);
    const field = bodies.get(event) ?? "";
    const body = type.fields[field]?.resolve().resolvedType;
    if (!(body instanceof protobuf.Type)) throw new Error(`${event} has no body.`);
    const value = { ...fieldsOf(type, json), [field]: fieldsOf(body, json) };
    return Buffer.from(type.encode(type.fromObject(value)).finish());
  };
  const bad = (story: Story, badClass: BadClass, nth: number): Buffer => {
    const good = encode(story, badEvent(story, nth, view), badName(story, nth));
    if (badClass === "unparsable") return inTurn(unparsable, nth)(good);
    const json = badRecord(story, badClass, nth, view);
    // What is not known yet has a number of its own in the one-of: here 100, with two bytes in it.
    if (badClass === "unknown-event")
      return Buffer.concat([envelopeOf(typeOf(story), json), Buffer.from("a206020800", "hex")]);
    return encode(story, json, badName(story, nth));
  };
  return {
    event: (story, nth) => encode(story, eventOf(story, nth, view), chapterOf(story, nth).event.name),
    bad,
    isTextOf: (raw, story, badClass, nth) =>
      badClass === "unparsable"
        ? raw.equals(bad(story, badClass, nth))
        : isJsonOf(raw, badRecord(story, badClass, nth, view), story, nth, badClass, view),
  };
}

const envelopeOf = ({ type }: TopicType, json: Json): Buffer =>
  Buffer.from(type.encode(type.fromObject(fieldsOf(type, json))).finish());

const unparsable: readonly ((good: Buffer) => Buffer)[] = [
  (good) => good.subarray(0, good.length - 3),
  (good) => Buffer.concat([good, Buffer.from([0xff, 0xff, 0xff])]),
  () => Buffer.from("{}"),
  () => Buffer.from([0x0f]),
];

/** The values that a message has fields for; what is free-form is the text of its JSON. */
function fieldsOf({ fields }: protobuf.Type, json: Json): Readonly<Record<string, unknown>> {
  const entries = Object.entries(json).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const field = fields[key];
    if (!field || value === null) return [];
    if (isRecord(value)) return [[key, wireText(value)]];
    return [[key, typeof value === "bigint" ? value.toString() : value]];
  });
  return Object.fromEntries(entries);
}
