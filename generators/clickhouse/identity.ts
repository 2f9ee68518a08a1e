import { type Event, type Field, type Report, type System, snakeCase, type View } from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import type { Options } from "./options.ts";

/**
 * Tells of the events that carry what may be their identity, and state none: their deliveries are not deduplicated. It is
 * one finding per system, since for most of them that can well be right: an `id` often names a thing that has many events.
 */
export function checkUnstated(
  system: System,
  events: readonly Event[],
  view: View,
  { events: own = {} }: Options,
  report: Report,
): void {
  const candidates = events.flatMap((event) => {
    const isSettled = event.identity?.length || (Object.hasOwn(own, event.name) && own[event.name]?.engine);
    const field = isSettled ? undefined : view.eventMessage(event)?.fields.find(mayBeIdentity);
    return field ? [{ event, field }] : [];
  });
  const [first] = candidates;
  if (!first) return;
  const fields = [...new Set(candidates.map(({ field }) => field.name))];
  report(
    say.identityUnstated(first.event.origins[0]?.span, {
      at: system.name,
      event: first.event.name,
      others: candidates.length - 1,
      fields: fields.join(" or "),
    }),
  );
}

/** Rows can be sorted only by what is always there. */
const mayBeIdentity = ({ name, presence, nullable }: Field): boolean =>
  (presence === "required" || presence === "implicit") && !nullable && ["id", "event_id"].includes(snakeCase(name));
