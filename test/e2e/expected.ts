import { type Event, jsonKey, type View } from "../../pipeline/index.ts";
import { nanosOf, own } from "../agreement/meaning.ts";
import { type Json, measures, type Story } from "./stories.ts";

/** What the test counts by itself, of each event once. */
export interface Expected {
  /** Counts an event, and says whether it is one that names a user. */
  readonly add: (event: Event, json: Json) => boolean;
  /** A row for each user, hour and event, in a form to compare. */
  readonly usage: ReadonlyMap<string, UsageCount>;
  readonly pairs: ReadonlyMap<string, PairEnds>;
}

/** What one user has used of one event in one hour. */
export interface UsageCount {
  events: number;
  readonly sums: Record<string, number>;
}

/** The ends of the pairs of one finish, by the text of what ties them. */
export interface PairEnds {
  readonly starts: Map<string, number>;
  readonly finishes: Map<string, number>;
}

/** Counts usage and ties starts to their finishes, in the plainest way. */
export function createExpected(view: View, stories: readonly Story[]): Expected {
  const usage = new Map<string, UsageCount>();
  const pairs = new Map<string, PairEnds>();
  const finishOf = new Map<string, Event>();
  for (const { events } of stories)
    for (const { event } of events) {
      if (!event.follows) continue;
      pairs.set(event.name, { starts: new Map(), finishes: new Map() });
      finishOf.set(event.follows.event, event);
    }
  const keys = new Map<string, ReadonlyMap<string, string>>();
  for (const { events } of stories)
    for (const { event, message } of events) {
      const profile = view.systems.find((system) => system.name === event.system)?.json;
      if (profile) keys.set(event.name, new Map(message.fields.map((field) => [field.name, jsonKey(field, profile)])));
    }
  const textOf = (event: Event, json: Json, name: string): string => {
    const key = keys.get(event.name)?.get(name);
    const value = key === undefined ? undefined : own(json, key);
    return value === undefined || value === null ? "" : String(value);
  };
  return {
    usage,
    pairs,
    add: (event, json) => {
      const ms = Number((nanosOf(textOf(event, json, "timestamp")) ?? 0n) / 1_000_000n);
      const user = textOf(event, json, "user_id");
      if (user !== "") count(usage, rowKey(normal(user), hourOf(ms), event.name), event, json, textOf);
      if (event.follows) pairs.get(event.name)?.finishes.set(textOf(event, json, event.follows.by).toLowerCase(), ms);
      const finish = finishOf.get(event.name);
      if (finish?.follows)
        pairs.get(finish.name)?.starts.set(textOf(event, json, finish.follows.key).toLowerCase(), ms);
      return user !== "";
    },
  };
}

/** The row of one user, hour and event. */
export const rowKey = (user: string, hour: number, event: string): string => `${user} ${hour} ${event}`;

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const normal = (user: string): string => (isUuid.test(user) ? user.toLowerCase() : user);
const hourOf = (ms: number): number => Math.floor(ms / 3_600_000);

function count(
  usage: Map<string, UsageCount>,
  key: string,
  event: Event,
  json: Json,
  textOf: (event: Event, json: Json, name: string) => string,
): void {
  const row = usage.get(key) ?? { events: 0, sums: {} };
  usage.set(key, row);
  row.events++;
  for (const name of Object.keys(measures)) row.sums[name] = (row.sums[name] ?? 0) + Number(textOf(event, json, name));
}
