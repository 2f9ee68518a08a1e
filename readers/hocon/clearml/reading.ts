import { nearest } from "../../../model/index.ts";
import { type HoconField, type HoconObject, type HoconValue, hiddenPlacesOf, lastKeyOf } from "../syntax/index.ts";
import type { Service } from "./context.ts";
import { notHeld, overwritten, unknownKey } from "./diagnostics.ts";

/** Begins the reading of an object: `known` are the keys that it may have, `at` is what messages call it. */
export function open(s: Service, object: HoconObject, known: readonly string[], at: string): void {
  s.reading.objects.push({ object, known, at });
}

/** A member, as read. */
export function takeField(s: Service, object: HoconObject, key: string): HoconField | undefined {
  const field = object.fields.get(key);
  if (field) s.reading.taken.add(placeOf(field));
  return field;
}

/** The value of a member, as read. */
export const take = (s: Service, object: HoconObject, key: string): HoconValue | undefined =>
  takeField(s, object, key)?.value;

/** The value of a member, without having read it. */
export const peek = (object: HoconObject, key: string): HoconValue | undefined => object.fields.get(key)?.value;

/** Tells what has not been read, and what has been written for nothing. */
export function reportLeftovers(s: Service): void {
  for (const { object, known, at } of s.reading.objects)
    for (const field of object.fields.values()) {
      const { key, value } = field;
      const hidden = hiddenPlacesOf(field).filter(({ span }) => span.path === value.span.path);
      if (hidden.length > 0) {
        const related = hidden.map(({ span }) => ({ message: "It stands here as well.", span }));
        s.report(overwritten(lastKeyOf(field), { key, at }, related));
      }
      if (s.reading.taken.has(placeOf(field)) || value.kind === "unknown") continue;
      const span = lastKeyOf(field);
      if (known.includes(key)) s.report(notHeld(span, { what: `The key ${key}`, at }));
      else s.report(unknownKey(span, { key, at, near: nearest(key, known) }));
    }
}

function placeOf(field: HoconField): string {
  const span = lastKeyOf(field);
  return `${span.path}:${span.start}`;
}
