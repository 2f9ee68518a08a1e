import type { WireValue } from "../../verify/index.ts";
import { isRecord } from "./meaning.ts";

/**
 * A smaller value of which the same can be said: keys and items are dropped, texts shortened and numbers rounded, as long as
 * `persists` holds. All candidates of a round are asked about at once, since an engine answers many as fast as one.
 */
export async function shrink(
  value: WireValue,
  persists: (candidates: readonly WireValue[]) => Promise<readonly boolean[]>,
  rounds = 40,
): Promise<WireValue> {
  let smallest = value;
  for (let round = 0; round < rounds; round++) {
    const candidates = first(asked, smaller(smallest));
    if (candidates.length === 0) break;
    const answers = await persists(candidates);
    const kept = candidates.filter((_, i) => answers[i]);
    const [least] = kept.sort((a, b) => sizeOf(a) - sizeOf(b));
    if (least === undefined) break;
    smallest = least;
  }
  return smallest;
}

/** How many candidates are asked about in a round. */
const asked = 300;

function first<Item>(count: number, items: Iterable<Item>): readonly Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

/** Values one step smaller, the boldest steps first. */
export function* smaller(value: WireValue): Iterable<WireValue> {
  if (Array.isArray(value)) yield* smallerList(value);
  else if (isRecord(value)) yield* smallerRecord(value);
  else if (typeof value === "string") yield* smallerText(value);
  else if (typeof value === "number") yield* smallerNumber(value);
  else if (typeof value === "bigint") {
    yield 0;
    const less = value / 10n;
    yield BigInt(Number(less)) === less ? Number(less) : less;
  }
}

function* smallerRecord(value: { readonly [key: string]: WireValue }): Iterable<WireValue> {
  const entries = Object.entries(value);
  // Halves first: a large sample is small after a few rounds.
  if (entries.length > 3) {
    const middle = Math.ceil(entries.length / 2);
    yield Object.fromEntries(entries.slice(0, middle));
    yield Object.fromEntries(entries.slice(middle));
  }
  for (const [key] of entries) yield Object.fromEntries(entries.filter(([other]) => other !== key));
  for (const [key, part] of entries)
    for (const less of smaller(part))
      yield Object.fromEntries(entries.map(([other, kept]) => [other, other === key ? less : kept]));
}

function* smallerList(value: readonly WireValue[]): Iterable<WireValue> {
  if (value.length > 1) yield [];
  for (const i of value.keys()) yield value.filter((_, other) => other !== i);
  for (const [i, part] of value.entries())
    for (const less of smaller(part)) yield value.map((kept, other) => (other === i ? less : kept));
}

function* smallerText(value: string): Iterable<WireValue> {
  const points = [...value];
  if (points.length === 0) return;
  yield "";
  if (points.length > 2) {
    yield points.slice(0, points.length >> 1).join("");
    yield points.slice(points.length >> 1).join("");
  }
  yield points.slice(1).join("");
  yield points.slice(0, -1).join("");
}

function* smallerNumber(value: number): Iterable<WireValue> {
  if (value === 0 && !Object.is(value, -0)) return;
  yield 0;
  if (!Number.isInteger(value)) yield Math.trunc(value);
  else if (Math.abs(value) > 1) yield Math.trunc(value / 10);
}

function sizeOf(value: WireValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + 1 + sizeOf(part), 1);
  if (isRecord(value)) return Object.entries(value).reduce((sum, [key, part]) => sum + key.length + sizeOf(part), 1);
  if (value === null || typeof value === "boolean") return 1;
  return String(value).length;
}
