import type { ChangeKind, ChangeOf } from "./change.ts";
import type { Sides } from "./sides.ts";
import type { Direction, Verdict } from "./verdict.ts";

/** Something that is true of a change and what surrounds it, with a name to show. */
export type Condition<K extends ChangeKind> = ConditionOn<ChangeOf<K>>;

interface ConditionOn<C> {
  readonly name: string;
  readonly holds: (change: C, sides: Sides) => boolean;
}

/** A verdict that follows from the facts by a rule of the format, the same for every change that it is asked about. */
export type Measure<K extends ChangeKind, D extends Direction> = MeasureOf<ChangeOf<K>, D>;

interface MeasureOf<C, D extends Direction> {
  readonly name: string;
  readonly of: (change: C, sides: Sides, direction: D) => Verdict;
  /** What each verdict means here. */
  readonly why: Readonly<Partial<Record<Verdict, string>>>;
}

/** What a change means for one target: a verdict per direction, why, and what to do instead. */
export type Row<K extends ChangeKind, D extends Direction> = Readonly<Record<D, Verdict | Measure<K, D>>> & {
  readonly when?: Condition<K> | undefined;
  readonly why: string;
  /** The way out; nothing to do, where all is safe. */
  readonly fix?: string | undefined;
};

/** The rows of one fact, of which the first that holds is the answer. The last one has no condition: there is always an answer. */
export type Rows<K extends ChangeKind, D extends Direction> = readonly [
  ...(Row<K, D> & { readonly when: Condition<K> })[],
  Row<K, D> & { readonly when?: undefined },
];

/** Rows for every fact there is: a target that forgets one does not compile. */
export type Table<D extends Direction> = { readonly [K in ChangeKind]: Rows<K, D> };

/** A target, and what every change means for it. */
export interface Target<D extends Direction = Direction> {
  readonly id: string;
  readonly title: string;
  readonly directions: readonly D[];
  readonly table: Table<D>;
}

/** The directions in which data goes. */
export type DataDirection = "backward" | "forward";
