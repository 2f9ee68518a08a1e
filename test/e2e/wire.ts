import type { View } from "../../pipeline/index.ts";
import type { WireValue } from "../../verify/index.ts";
import { isRecord } from "../agreement/meaning.ts";
import { contentOf } from "./content.ts";
import type { BadClass } from "./slots.ts";
import { chapterOf, eventOf, type Json, requiredKeys, type Story } from "./stories.ts";

/** How messages of an encoding are made. */
export interface Wire {
  readonly event: (story: Story, nth: number) => Buffer;
  /** A message that is no event of its topic, and why. */
  readonly bad: (story: Story, badClass: BadClass, nth: number) => Buffer;
  /** True when the text of a dead letter is that of this message. */
  readonly isTextOf: (raw: Buffer, story: Story, badClass: BadClass, nth: number) => boolean;
}

/** Bad messages are made of events that are never sent, so that one that lands is found. */
const neverSent = 2 ** 40;

/** The event that a bad message is made of. */
export const badEvent = (story: Story, nth: number, view: View): Json => eventOf(story, neverSent + nth, view);

/** A field that has to be there, and is left out of a bad message. */
export function leftOut(story: Story, nth: number, view: View): string {
  const keys = requiredKeys(chapterOf(story, neverSent + nth), view);
  return keys[nth % keys.length] ?? "event_id";
}

/** The same for encodings in which the body says which event it is. */
export function leftOutOfRecord(story: Story, nth: number, view: View): string {
  const key = leftOut(story, nth, view);
  return key === "event_type" ? "event_id" : key;
}

/** An event without one of its keys. */
export const without = (json: Json, key: string): Json =>
  Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));

/** A value in turn. */
export const inTurn = <T>(values: readonly T[], nth: number): T => {
  const value = values[nth % values.length];
  if (value === undefined) throw new Error("There is nothing to take in turn.");
  return value;
};

/** The event that a bad message is like. */
export const badName = (story: Story, nth: number): string => chapterOf(story, neverSent + nth).event.name;

/**
 * What a bad message says, in encodings that know types: of what is wrong only texts can be. Which event it is a record says
 * by its body as well, so that this is not missed.
 */
export function badRecord(story: Story, badClass: BadClass, nth: number, view: View): Json {
  const json = badEvent(story, nth, view);
  switch (badClass) {
    case "unparsable":
      return json;
    case "unknown-event":
      // What is in the envelope and in the body, in another form, is not compared.
      return {
        ...without(json, "user_id"),
        event_type: inTurn(["xumi.weights.load.finish", "assets.access", "x"], nth),
      };
    case "unknown-version":
      return { ...json, version: inTurn(["2.0", "1", ""], nth) };
    case "missing-field":
      return without(json, leftOutOfRecord(story, nth, view));
    case "wrong-value":
      return { ...json, [inTurn(["event_id", "tenant_id"], nth)]: inTurn(["", "nobody", "{}"], nth) };
  }
}

/** A record has no text: its dead letter has the JSON of what it says, of an unknown event that of its envelope. */
export function isJsonOf(raw: Buffer, json: Json, story: Story, nth: number, badClass: BadClass, view: View): boolean {
  const { event, message } = chapterOf(story, neverSent + nth);
  const profile = view.systems.find(({ name }) => name === message.system)?.json;
  const own = badClass === "unknown-event" ? event.envelope?.type : undefined;
  const held = own === undefined ? message : view.type(own);
  if (!profile || held.kind !== "message") return false;
  const value = JSON.parse(raw.toString()) as WireValue;
  const [wanted, found] = [json, value].map((part) => contentOf(held, part, { view, profile }));
  return isRecord(value) && wanted === found;
}
