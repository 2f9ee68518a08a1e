import type { Name, System, View } from "../../model/index.ts";
import { type Bounds, createBuilder, type Plan } from "./builder.ts";
import { type Change, changesAt } from "./changes.ts";
import { type Subject, shapeOf } from "./compile.ts";
import { heightsFrom } from "./height.ts";
import { createRandom, fingerprint, type Random, seedFor } from "./prng.ts";
import { type Fault, type Sample, type WireValue, wireText } from "./sample.ts";
import type { Shape } from "./shape.ts";
import { type Spot, spotsOf } from "./spots.ts";
import { faultInUnion } from "./unions.ts";

/** How samples are made. */
export interface SampleOptions {
  /** The same seed gives the same samples. */
  readonly seed: number;
  /** How many objects, lists and maps lie within one another at most, as far as the type allows it; 6 unless told. */
  readonly maxDepth?: number;
  /** How many items a list has at most where no limit asks for more; 3 unless told. */
  readonly maxItems?: number;
}

/**
 * Samples of one event or type. First those that are thought out: the least and the fullest value, then what each field has
 * to show, in turns; then others by chance. No two of a stream are the same, so a type with few values gives few, and a
 * type without a finite value gives none.
 */
export interface SampleMaker {
  readonly valid: (count: number) => Iterable<Sample>;
  /** At an edge, or with a `fault` beside it. */
  readonly boundary: (count: number) => Iterable<Sample>;
  /** Each with one fault. */
  readonly invalid: (count: number) => Iterable<Sample>;
}

/** Makes samples of an event or a type, in the JSON of a system. */
export function sampleMaker(view: View, system: System, subject: Subject, options: SampleOptions): SampleMaker {
  const root = shapeOf(view, system.json, subject);
  if (!root) return noSamples;
  const height = heightsFrom(root);
  if (!Number.isFinite(height(root))) return noSamples;
  const bounds = { maxDepth: options.maxDepth ?? 6, maxItems: options.maxItems ?? 3, height };
  const at = nameOf(subject, root);
  const plan = once(() => planOf(root, at, bounds));
  const stream = (kind: Sample["kind"]) => (count: number) => ({
    [Symbol.iterator]: () => {
      const random = createRandom(seedFor(options.seed, `${system.name} ${at} ${kind}`));
      return distinct({ kind, root, at, turns: plan()[kind], random, bounds }, count);
    },
  });
  return { valid: stream("valid"), boundary: stream("boundary"), invalid: stream("invalid") };
}

const none = { [Symbol.iterator]: () => [][Symbol.iterator]() };
const noSamples: SampleMaker = { valid: () => none, boundary: () => none, invalid: () => none };

function nameOf(subject: Subject, root: Shape): Name {
  if (subject.kind === "event") return root.kind === "object" ? root.at : subject.name;
  return subject.kind === "named" ? subject.name : subject.kind;
}

/** A change at its place. */
interface Turn {
  readonly spot: Spot;
  readonly change: Change;
}

/** All changes by kind, in the order in which they are shown. */
type Turns = Readonly<Record<Sample["kind"], readonly Turn[]>>;

/** More than anyone asks for; what lies deepest is left out. */
const mostTurns = 30000;

function planOf(root: Shape, at: Name, bounds: Bounds): Turns {
  const queues: { readonly spot: Spot; readonly changes: readonly Change[] }[] = [];
  let count = 0;
  for (const spot of spotsOf(root, at, bounds)) {
    const changes = changesAt(spot, bounds.maxItems);
    queues.push({ spot, changes });
    count += changes.length;
    if (count > mostTurns) break;
  }
  const of = (kind: Sample["kind"]): readonly Turn[] => {
    const lists = queues.map(({ spot, changes }) =>
      changes.filter((change) => change.kind === kind).map((change): Turn => ({ spot, change })),
    );
    return [
      ...inTurns(lists.map((turns) => turns.filter(({ change }) => change.isFirst))),
      // Neighbours begin at different places of their lists, so that few samples show many different things.
      ...inTurns(
        lists.map((turns, i) =>
          rotated(
            turns.filter(({ change }) => !change.isFirst),
            i,
          ),
        ),
      ),
    ];
  };
  return { valid: of("valid"), boundary: of("boundary"), invalid: of("invalid") };
}

/** The first of each list, then the second of each, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const from = items.length > 0 ? by % items.length : 0;
  return [...items.slice(from), ...items.slice(0, from)];
};

/** What samples of one kind are made from. */
interface Making {
  readonly kind: Sample["kind"];
  readonly root: Shape;
  readonly at: Name;
  readonly turns: readonly Turn[];
  readonly random: Random;
  readonly bounds: Bounds;
}

function* planned(making: Making): Generator<Sample | undefined> {
  const { kind, turns } = making;
  if (kind !== "invalid") yield whole(making, "only what is required", "minimal");
  if (kind === "valid") yield whole(making, "every field", "full");
  for (const turn of turns) yield sampleOf(making, turn, turn.change.plan ?? "minimal");
}

function* byChance(making: Making): Generator<Sample | undefined> {
  const { kind, turns, random } = making;
  if (kind === "valid") for (;;) yield whole(making, "by chance", "random");
  for (let turn = random.pick(turns); turn; turn = random.pick(turns)) yield sampleOf(making, turn, "random");
}

function whole({ kind, root, at, random, bounds }: Making, shows: string, plan: Plan): Sample {
  return { kind, value: createBuilder(plan, random, bounds).any(root, 0), shows, place: { pointer: "", at } };
}

function sampleOf({ kind, random, bounds }: Making, { spot, change }: Turn, plan: Plan): Sample | undefined {
  const builder = createBuilder(plan, random, bounds);
  const place = { pointer: spot.pointer + (change.below ?? ""), at: change.at ?? spot.at };
  let fault: Fault | undefined = change.fault && {
    pointer: spot.pointer + change.fault.below,
    at: change.fault.at ?? spot.at,
    keyword: change.fault.keyword,
  };
  const { steps } = spot;
  const around = (shown: WireValue, i: number, depth: number): WireValue => {
    const step = steps[i];
    if (!step) return shown;
    switch (step.kind) {
      case "member": {
        const part = around(shown, i + 1, depth + 1);
        return builder.object(step.of, depth, { parts: new Map([[step.member.key, part]]) });
      }
      case "item":
        return builder.list(step.of, depth, [around(shown, i + 1, depth + 1)]);
      case "entry":
        return builder.map(step.of, depth, [[step.key, around(shown, i + 1, depth + 1)]]);
      case "variant": {
        const value = around(shown, i + 1, depth);
        const above = steps[i - 1];
        const isNullable = above?.kind === "member" && above.member.nullable;
        if (fault) fault = faultInUnion(step, value, fault, isNullable);
        return value;
      }
    }
  };
  const shown = change.make(builder);
  if (shown === undefined) return undefined;
  const value = around(shown, 0, 0);
  // Another shape of a union takes what this one does not: it shows nothing.
  if (change.fault && !fault) return undefined;
  const shows = spot.label === "" ? change.shows : `${spot.label}: ${change.shows}`;
  return { kind, value, shows, place, ...(fault && { fault }) };
}

/** How often in a row chance may bring up what was there before, until a type counts as exhausted. */
const mostRepeats = 1000;

/** The first samples that differ: as planned, and when that is through, by chance. */
function* distinct(making: Making, count: number): Generator<Sample> {
  const known = new Set<number>();
  const isNew = ({ value }: Sample): boolean => known.size < known.add(fingerprint(wireText(value))).size;
  if (count <= 0) return;
  for (const sample of planned(making)) {
    if (!sample || !isNew(sample)) continue;
    yield sample;
    if (known.size >= count) return;
  }
  let repeats = 0;
  for (const sample of byChance(making)) {
    if (sample && isNew(sample)) {
      repeats = 0;
      yield sample;
    } else repeats++;
    if (known.size >= count || repeats > mostRepeats) return;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
