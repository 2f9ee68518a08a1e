import { mixed, shuffled } from "./random.ts";

/** What is wrong with a message that is no event of its topic. */
export type BadClass = "unparsable" | "unknown-event" | "unknown-version" | "missing-field" | "wrong-value";

/** All of them; each is one hundredth of what is sent. */
export const badClasses: readonly BadClass[] = [
  "unparsable",
  "unknown-event",
  "unknown-version",
  "missing-field",
  "wrong-value",
];

/** A message that is sent: an event for the first time, the same again, or one that is no event. */
export type Slot =
  | { readonly kind: "event"; readonly nth: number }
  | { readonly kind: "duplicate"; readonly nth: number }
  | { readonly kind: "bad"; readonly badClass: BadClass; readonly nth: number };

const group = 100;
const duplicates = 5;
const size = group + duplicates + badClasses.length;

/** All that is sent to a topic: so many events, 5 % of them twice, and 1 % of each class of bad messages. */
export interface Slots {
  readonly count: number;
  /** What is sent as the nth message, and the number under which it can be found again. */
  readonly at: (position: number) => { readonly number: number; readonly slot: Slot };
  /** What has this number. */
  readonly of: (number: number) => Slot;
}

/** The slots of a topic; the same numbers in the order of chance, when they are shuffled. */
export function slotsOf(events: number, shuffle: boolean, seed: number): Slots {
  if (events % group !== 0) throw new Error(`Events are sent by the hundred; ${events} are not.`);
  const count = (events / group) * size;
  const order = shuffle ? shuffled(count, seed) : undefined;
  const of = (number: number): Slot => {
    const nthGroup = Math.floor(number / size);
    const first = nthGroup * group;
    const place = number % size;
    if (place < group) return { kind: "event", nth: first + place };
    const chance = mixed(seed + number);
    // Two follow close upon the first of them, three belong to what was sent long before.
    if (place < group + 2 || (place < group + duplicates && first === 0))
      return { kind: "duplicate", nth: first + (chance % group) };
    if (place < group + duplicates) return { kind: "duplicate", nth: chance % first };
    return { kind: "bad", badClass: badClasses[place - group - duplicates] ?? "unparsable", nth: nthGroup };
  };
  return {
    count,
    of,
    at: (position) => {
      const number = order?.[position] ?? position;
      return { number, slot: of(number) };
    },
  };
}
