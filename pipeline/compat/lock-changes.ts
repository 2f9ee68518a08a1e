import { createHash } from "node:crypto";
import type { Change, Verdict } from "../../checks/index.ts";
import { compareText, type Name, type Span } from "../../model/index.ts";
import type { LockEntry, NumberLock, Reservation } from "../locks/file.ts";

/** Facts that only the number locks tell. */
export const lockFacts = {
  "lock.renumbered": {
    verdict: "breaking",
    why: "Data that was written with the old number is not found under the new one, or is taken for another field.",
    fix: "Give it its old number back: a number is never changed.",
  },
  "lock.reserved-reused": {
    verdict: "breaking",
    why: "Data that still carries the old member is read as the new one.",
    fix: "Take a number and a name that nothing had before.",
  },
  "lock.reserved-removed": {
    verdict: "hazard",
    why: "Nothing keeps the next member from taking a number or a name that old data still carries.",
    fix: "Put the reservation back.",
  },
  "lock.entry-removed": {
    verdict: "hazard",
    why: "Its number is neither in use nor reserved, and the next member may be given it.",
    fix: "Reserve it: `concordat lock` moves what is gone to `reserved`.",
  },
} as const satisfies Readonly<
  Record<string, { readonly verdict: Verdict; readonly why: string; readonly fix: string }>
>;

/** A fact that only a number lock tells. */
export interface LockChange {
  readonly fact: keyof typeof lockFacts;
  readonly at: Name;
  readonly was: string;
  readonly now?: string;
  readonly message: string;
  readonly old: Span;
  readonly new?: Span;
  readonly fingerprint: string;
  /** The declaration whose reach it has. */
  readonly of: Name;
}

/** What changed in the locks, without what the models tell of the same members. */
export function lockChanges(
  before: ReadonlyMap<Name, NumberLock>,
  after: ReadonlyMap<Name, NumberLock>,
  told: readonly Change[],
): readonly LockChange[] {
  const known = new Set(told.map(({ kind, at }) => `${kind} ${at}`));
  const isTold = (at: Name, kinds: readonly string[]): boolean => kinds.some((kind) => known.has(`${kind} ${at}`));
  const found = [...before].flatMap(([system, lock]) => {
    const next = after.get(system);
    const pairs = [...lock.entries, ...lock.topics].map(
      ([name, entry]) => [name, entry, (entry.kind === "topic" ? next?.topics : next?.entries)?.get(name)] as const,
    );
    return pairs.flatMap(([name, entry, now]) => entryChanges(name, entry, now, isTold));
  });
  return found.sort((a, b) => compareText(a.at, b.at) || compareText(a.fact, b.fact));
}

function entryChanges(
  name: Name,
  before: LockEntry,
  after: LockEntry | undefined,
  isTold: (at: Name, kinds: readonly string[]) => boolean,
): readonly LockChange[] {
  const found: LockChange[] = [];
  const tell = (change: Omit<LockChange, "fingerprint" | "of">): void => {
    const { fact, at, was, now } = change;
    const fingerprint = createHash("sha256")
      .update(JSON.stringify([fact, at, was, now]))
      .digest("hex")
      .slice(0, 16);
    found.push({ ...change, of: name, fingerprint });
  };
  for (const [member, { number, span }] of before.numbers) {
    const at = `${name}.${member}`;
    const now = after?.numbers.get(member);
    const place = { at, was: String(number), old: span };
    if (now && now.number !== number) {
      if (!isTold(at, ["field.renumbered", "value.renumbered", "value.swapped", "topic.renumbered"]))
        tell({
          ...place,
          fact: "lock.renumbered",
          now: String(now.number),
          new: now.span,
          message: `${at}: the locked number was ${number} and is ${now.number}.`,
        });
    } else if (!now && !isTold(at, ["field.removed", "value.removed", "field.renumbered", "value.renumbered"])) {
      const taker = [...(after?.numbers ?? [])].find(([, other]) => other.number === number);
      // A member that was renamed keeps its number.
      if (!taker && !after?.reserved.some(({ numbers }) => numbers && numbers[0] <= number && number <= numbers[1]))
        tell({
          ...place,
          fact: "lock.entry-removed",
          ...(after && { new: after.span }),
          message: `${at}: the number ${number} is not in the lock any more, and not reserved.`,
        });
    }
  }
  for (const reservation of before.reserved) {
    const user = [...(after?.numbers ?? [])].find(([member, { number }]) => covers(reservation, member, number));
    const what = wordsOf(reservation);
    const place = { was: what, old: reservation.span };
    if (user) {
      const at = `${name}.${user[0]}`;
      if (!isTold(at, ["field.added"]) || before.kind !== "message")
        tell({
          ...place,
          at,
          fact: "lock.reserved-reused",
          now: String(user[1].number),
          new: user[1].span,
          message: `${at} has the number ${user[1].number}; ${what} was reserved.`,
        });
    } else if (!isStillReserved(reservation, after) && !isTold(name, ["reserved.removed", "type.removed"]))
      tell({
        ...place,
        at: name,
        fact: "lock.reserved-removed",
        ...(after && { new: after.span }),
        message: `${name}: ${what} is not reserved in the lock any more.`,
      });
  }
  return found;
}

const covers = ({ name, numbers }: Reservation, member: string, number: number): boolean =>
  name === member || (numbers !== undefined && numbers[0] <= number && number <= numbers[1]);

function isStillReserved({ name, numbers }: Reservation, after: LockEntry | undefined): boolean {
  const all = after?.reserved ?? [];
  const named = name === undefined || all.some((other) => other.name === name);
  if (numbers === undefined || !named) return named;
  // Ranges may have been split or joined.
  let next = numbers[0];
  for (;;) {
    const holder = all.find((other) => other.numbers && other.numbers[0] <= next && next <= other.numbers[1]);
    if (!holder?.numbers) return false;
    if (holder.numbers[1] >= numbers[1]) return true;
    next = holder.numbers[1] + 1;
  }
}

const wordsOf = ({ name, numbers }: Reservation): string =>
  [
    ...(numbers ? [numbers[0] === numbers[1] ? String(numbers[0]) : `${numbers[0]}-${numbers[1]}`] : []),
    ...(name === undefined ? [] : [name]),
  ].join(" ");
