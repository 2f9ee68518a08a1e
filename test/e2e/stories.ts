import {
  type Event,
  jsonForm,
  jsonKey,
  type Message,
  type Name,
  type System,
  unalias,
  type View,
} from "../../pipeline/index.ts";
import { sampleMaker, type WireValue } from "../../verify/index.ts";
import { isRecord } from "../agreement/meaning.ts";
import type { Channel, Encoding } from "./pack.ts";
import { mixed } from "./random.ts";

/** A JSON object as it is sent. */
export type Json = { readonly [key: string]: WireValue };

/** A topic in one encoding and the events that it carries, each with samples to make others of. */
export interface Story {
  /** What Kafka calls the topic. */
  readonly topic: string;
  /** What the model calls it. */
  readonly name: Name;
  readonly encoding: Encoding;
  /** Tells its identities from those of other topics. */
  readonly number: number;
  readonly events: readonly Chapter[];
}

/** An event of a topic. */
export interface Chapter {
  readonly event: Event;
  readonly message: Message;
  readonly samples: readonly Json[];
  /** Samples with one wrong value each. */
  readonly wrong: readonly Json[];
}

/** When the events of a run begin. */
const begin = Date.parse("2026-03-01T00:00:00Z");
const day = 86_400_000;
const users = 40;
/** The fields whose sums are counted, in steps of which every sum is exact. */
export const measures: Readonly<Record<string, number>> = { object_size: 1, eval_ms: 0.25 };

/** What is sent to the topics of a system. */
export function storiesOf(view: View, systemName: Name, channels: readonly Channel[], seed: number): readonly Story[] {
  const found = view.systems.find(({ name }) => name === systemName);
  if (!found) throw new Error(`There is no system ${systemName}.`);
  const system: System = found;
  const chapters = new Map<Name, Chapter>();
  const chapterOfEvent = (event: Event): Chapter => {
    const known = chapters.get(event.name) ?? chapter(event);
    chapters.set(event.name, known);
    return known;
  };
  return channels.map(({ topic, name, encoding }, number) => ({
    topic,
    name,
    encoding,
    number,
    events: view
      .events(systemName)
      .filter((event) => event.topic === name)
      .map(chapterOfEvent),
  }));

  function chapter(event: Event): Chapter {
    const message = view.eventMessage(event);
    if (!message || event.identity?.join() !== "event_id") throw new Error(`${event.name} has no event_id.`);
    const maker = sampleMaker(view, system, event, { seed });
    const settled = ["event_type", "version"];
    const wrong = [...maker.invalid(200)].flatMap(({ value, fault }) => {
      const [, key = "", ...rest] = (fault?.pointer ?? "").split("/");
      const isOwn = fault?.keyword !== "required" && key !== "" && rest.length === 0 && !settled.includes(key);
      // An integer that no 64 bits hold makes the whole message unreadable for ClickHouse.
      return isOwn && isRecord(value) && !hasHuge(value) ? [value] : [];
    });
    return {
      event,
      message,
      samples: [...maker.valid(200)].flatMap(({ value }) => (isRecord(value) ? [value] : [])),
      wrong,
    };
  }
}

function hasHuge(value: WireValue): boolean {
  if (typeof value === "bigint") return value > 9223372036854775807n || value < -9223372036854775808n;
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) > 2 ** 63;
  return typeof value === "object" && value !== null && Object.values(value).some(hasHuge);
}

/** The identity of an event, which can be read back out of it. */
export const identityOf = ({ number }: Story, nth: number): string => uuid("e5e17a00", number, nth);

/** Which event of a story has this identity. */
export const nthOf = (identity: string): number => Number.parseInt(identity.slice(-12), 16);

const uuid = (kind: string, group: number, nth: number): string =>
  `${kind}-${group.toString(16).padStart(4, "0")}-4000-8000-${nth.toString(16).padStart(12, "0")}`;

/** Which of its events the nth one of a story is. */
export function chapterOf({ events, topic }: Story, nth: number): Chapter {
  const chapter = events[nth % events.length];
  if (!chapter) throw new Error(`${topic} has no events.`);
  return chapter;
}

/**
 * The nth event of a story: a sample with an identity, a moment, a user and measures of its own. It depends on nothing but
 * its number, so that what was sent can be made again instead of being kept.
 */
export function eventOf(story: Story, nth: number, view: View): Json {
  const { event, message, samples } = chapterOf(story, nth);
  const turn = Math.floor(nth / story.events.length);
  const chance = mixed(nth * 64 + story.number);
  const json: Record<string, WireValue> = { ...samples[turn % samples.length] };
  const has = (key: string): boolean => message.fields.some(({ name }) => name === key);
  json.event_id = identityOf(story, nth);
  const ties = tiesOf(story, event, turn);
  // Every twentieth keeps the moment of its sample, which can be in any year.
  if (ties.after !== undefined) json.timestamp = written(begin + turn * 100 + ties.after, chance);
  else if (turn % 20 !== 7) json.timestamp = written(begin + (chance % (3 * day)), chance >>> 7);
  if (has("user_id") && chance % 4 !== 0) json.user_id = userOf(message, view, (chance >>> 3) % users, chance);
  for (const [name, step] of Object.entries(measures)) if (has(name)) json[name] = (chance % 4096) * step;
  return Object.assign(json, ties.keys);
}

function userOf(message: Message, view: View, n: number, chance: number): string {
  const field = message.fields.find(({ name }) => name === "user_id");
  const type = field && unalias(field.type, view);
  const system = view.systems.find(({ name }) => name === message.system);
  const form = type?.kind === "scalar" && system ? jsonForm(type, system.json) : undefined;
  const id = uuid("05e40000", 0, n);
  if (form?.kind !== "string" || form.format !== "uuid") return `user|${n}`;
  return chance % 8 === 1 ? id.toUpperCase() : id;
}

/** What ties a start and its finish together; every tenth finish is one of a start that nobody sent. */
function tiesOf(
  story: Story,
  { name, follows }: Event,
  turn: number,
): { readonly keys: Json; readonly after?: number } {
  const start = follows && story.events.find(({ event }) => event.name === follows.event);
  if (follows && start) {
    const to = turn % 10 === 9 ? uuid("0a9fa000", story.number, turn) : keyOf(story, start.event, turn, follows.key);
    return { keys: { [follows.by]: to }, after: 1 + (mixed(turn) % 100_000) };
  }
  const finish = story.events.find(({ event }) => event.follows?.event === name)?.event.follows;
  if (!finish) return { keys: {} };
  const own = story.events.find(({ event }) => event.name === name);
  return { keys: own ? { [finish.key]: keyOf(story, own.event, turn, finish.key) } : {}, after: 0 };
}

/** The value by which the finish names the start of this turn. */
function keyOf(story: Story, start: Event, turn: number, key: string): string {
  const place = story.events.findIndex(({ event }) => event.name === start.name);
  return key === "event_id"
    ? identityOf(story, turn * story.events.length + place)
    : uuid("7a5c0000", story.number, turn);
}

/** A moment in one of the ways in which producers write it. */
function written(ms: number, chance: number): string {
  const utc = new Date(ms).toISOString();
  if (chance % 3 === 0) return utc;
  if (chance % 3 === 1) return utc.replace("Z", "999Z");
  return new Date(ms + 2 * 3_600_000).toISOString().replace("Z", "+02:00");
}

/** The keys of the fields that have to be there. */
export const requiredKeys = ({ message }: Chapter, view: View): readonly string[] => {
  const profile = view.systems.find(({ name }) => name === message.system)?.json;
  return message.fields.flatMap((field) => (field.presence === "required" && profile ? [jsonKey(field, profile)] : []));
};
