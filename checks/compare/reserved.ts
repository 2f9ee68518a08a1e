import type { Field, Message, Name } from "../../model/index.ts";
import type { Tell } from "./collect.ts";

type Reserved = Message["reserved"];

/** A thing that reserves names and numbers, on both sides. */
interface Reserving {
  readonly name: Name;
  readonly before: { readonly reserved?: Reserved; readonly origins: Message["origins"] };
  readonly after: { readonly reserved?: Reserved; readonly origins: Message["origins"] };
}

/** Whether a message keeps the number and the name of a field from being used. */
export const isReserved = (
  reserved: Reserved,
  { name, number }: Pick<Field, "name" | "number">,
): { readonly number: boolean; readonly name: boolean } => ({
  number: number !== undefined && (reserved?.numbers ?? []).some(([from, to]) => number >= from && number <= to),
  name: (reserved?.names ?? []).includes(name),
});

/** What is reserved now, and what is no longer: ranges by the numbers in them, however they are cut. */
export function compareReserved({ name, before, after }: Reserving, tell: Tell): void {
  const [old, next] = [before.reserved, after.reserved];
  const place = { at: name, of: name, old: before, new: after };
  for (const what of less(old, next)) tell("reserved.removed", { ...place, was: what }, { what });
  for (const what of less(next, old)) tell("reserved.added", { ...place, now: what }, { what });
}

/** The names and ranges of one that the other has not. */
const less = (own: Reserved, other: Reserved): readonly string[] => [
  ...(own?.names ?? []).filter((name) => !other?.names?.includes(name)).map((name) => JSON.stringify(name)),
  ...difference(own?.numbers ?? [], other?.numbers ?? []).map(([from, to]) =>
    from === to ? String(from) : `${from} to ${to}`,
  ),
];

type Range = readonly [number, number];

function difference(own: readonly Range[], other: readonly Range[]): readonly Range[] {
  let left = merged(own);
  for (const [from, to] of other)
    left = left.flatMap(([start, end]): readonly Range[] =>
      end < from || start > to
        ? [[start, end]]
        : [...(start < from ? [[start, from - 1] as const] : []), ...(end > to ? [[to + 1, end] as const] : [])],
    );
  return left;
}

/** Ranges that touch are one: how they are cut says nothing. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
