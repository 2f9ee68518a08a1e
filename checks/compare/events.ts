import { type Event, formatTypeRef, type View } from "../../model/index.ts";
import type { Tell } from "./collect.ts";
import { compareField } from "./fields.ts";
import type { Sides } from "./sides.ts";
import { differences } from "./types.ts";
import { compareWords } from "./words.ts";

/** The changes of an event apart from those inside of its types. */
export function compareEvents(before: Event, after: Event, sides: Sides, tell: Tell): void {
  const place = { at: after.name, of: after.name, old: before, new: after };
  if (before.name !== after.name) tell("event.renamed", { ...place, was: before.name, now: after.name }, {});
  for (const { path, from, to } of differences(before.payload, after.payload, sides))
    tell("event.retyped", { ...place, was: formatTypeRef(from), now: formatTypeRef(to) }, { from, to, path });
  const say = (
    kind: "event.moved" | "event.envelope" | "event.identity" | "event.pairing",
    was: string,
    now: string,
  ): void => {
    if (was !== now) tell(kind, { ...place, was, now }, {});
  };
  const renamed = (event: Event): string | undefined => event.envelope && sides.renamed(event.envelope.type);
  say("event.moved", before.topic ?? "no topic", after.topic ?? "no topic");
  say(
    "event.envelope",
    before.envelope ? `${before.envelope.how} ${renamed(before)}` : "none",
    after.envelope ? `${after.envelope.how} ${after.envelope.type}` : "none",
  );
  say("event.identity", identity(before), identity(after));
  say(
    "event.pairing",
    pairing(before, sides.renamed),
    pairing(after, (name) => name),
  );
  compareWords(before, after, place, tell);
  compareShadowed(before, after, sides, tell);
}

const identity = ({ identity: fields }: Event): string => (fields ? fields.join(", ") : "none");

const pairing = ({ follows }: Event, renamed: Sides["renamed"]): string =>
  follows ? `${follows.by} = ${renamed(follows.event)}.${follows.key}` : "none";

/**
 * A field that both the envelope and the payload have is sent once, and neither declaration tells alone what is sent: its
 * changes are those of the merged one. A field that one of them gives to the other is no change at all.
 */
function compareShadowed(before: Event, after: Event, sides: Sides, tell: Tell): void {
  const [shadowed, merged] = [shadowedFields(before, sides.old.view), shadowedFields(after, sides.new.view)];
  const [old, next] = [sides.old.view.eventMessage(before), sides.new.view.eventMessage(after)];
  for (const name of new Set([...shadowed, ...merged])) {
    const [was, now] = [old, next].map((message) => message?.fields.find((field) => field.name === name));
    if (was && now) compareField(was, now, after.name, sides, tell);
  }
}

function shadowedFields({ envelope, payload }: Event, view: View): readonly string[] {
  if (envelope?.how !== "merge" || payload.kind !== "named") return [];
  const [outer, inner] = [view.type(envelope.type), view.type(payload.name)];
  if (outer.kind !== "message" || inner.kind !== "message") return [];
  return outer.fields.map(({ name }) => name).filter((name) => inner.fields.some((field) => field.name === name));
}
