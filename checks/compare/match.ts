/** What of two lists belongs together. */
export interface Matched<T> {
  readonly pairs: readonly Pair<T>[];
  readonly removed: readonly Single<T>[];
  readonly added: readonly Single<T>[];
}

/** The same thing on both sides, and what says that it is the same. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly by: "alias" | "name" | "number";
}

/** A thing on one side only, with one on the other that it may have been. */
export interface Single<T> {
  readonly item: T;
  readonly suspect?: T;
}

/** What things are known by. */
interface Known {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly number?: number;
}

/**
 * Matches by what is stated first: a former name that the new side tells of, then the name, then the number. Of what is left,
 * the only two that look alike are each other's suspect: a rename that nobody has stated stays a removal and an addition.
 */
export function match<T extends Known>(
  before: readonly T[],
  after: readonly T[],
  looks: (item: T) => string | undefined = () => undefined,
): Matched<T> {
  const pairs: Pair<T>[] = [];
  const [gone, come] = [
    new Map(before.map((item) => [item.name, item])),
    new Map(after.map((item) => [item.name, item])),
  ];
  const pair = (old: T, next: T, by: Pair<T>["by"]): void => {
    gone.delete(old.name);
    come.delete(next.name);
    pairs.push({ before: old, after: next, by });
  };
  for (const next of after)
    for (const alias of next.aliases ?? []) {
      const old = gone.get(alias);
      // A name that is still in use is no former name: it is an additional one.
      if (old && come.has(next.name) && !come.has(alias)) pair(old, next, "alias");
    }
  for (const next of after) {
    const old = gone.get(next.name);
    if (old && come.has(next.name)) pair(old, next, "name");
  }
  const numbered = unique([...gone.values()], ({ number }) => number);
  for (const [number, next] of unique([...come.values()], ({ number }) => number)) {
    const old = numbered.get(number);
    if (old) pair(old, next, "number");
  }
  const [lost, found] = [unique([...gone.values()], looks), unique([...come.values()], looks)];
  const single =
    (others: ReadonlyMap<string | number, T>) =>
    (item: T): Single<T> => {
      const look = looks(item);
      const suspect = look !== undefined && lost.has(look) && found.has(look) ? others.get(look) : undefined;
      return { item, ...(suspect && { suspect }) };
    };
  const place = new Map(after.map((item, at) => [item, at]));
  return {
    pairs: pairs.sort((a, b) => (place.get(a.after) ?? 0) - (place.get(b.after) ?? 0)),
    removed: [...gone.values()].map(single(found)),
    added: [...come.values()].map(single(lost)),
  };
}

/** The items that are the only ones with their key. */
function unique<T, K extends string | number>(items: readonly T[], key: (item: T) => K | undefined): Map<K, T> {
  const found = new Map<K, T>();
  const twice = new Set<K>();
  for (const item of items) {
    const own = key(item);
    if (own === undefined) continue;
    if (found.has(own)) twice.add(own);
    found.set(own, item);
  }
  for (const own of twice) found.delete(own);
  return found;
}
