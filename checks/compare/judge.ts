import type { Change, ChangeKind } from "./change.ts";
import type { Comparison } from "./compare.ts";
import { references } from "./references.ts";
import type { Sides } from "./sides.ts";
import { targets } from "./targets/index.ts";
import { type Direction, isAsked, type Mode, type Verdict } from "./verdict.ts";

/** What one change means for one target in one direction. */
export interface Judgement {
  readonly change: Change;
  readonly target: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  /** `compat/<target>/<fact>`. */
  readonly rule: string;
  /** The condition of the row, when it has one. */
  readonly when?: string;
  readonly why: string;
  readonly fix?: string;
}

/** One row of a table, to list and to explain. */
export interface CompatibilityRule {
  readonly id: string;
  readonly target: string;
  readonly fact: ChangeKind;
  readonly when?: string;
  /** A verdict, or what it is found out by. */
  readonly verdicts: Readonly<Partial<Record<Direction, Verdict | { readonly by: string }>>>;
  readonly why: string;
  readonly fix?: string;
  /** Rules of other tools about the same fact. */
  readonly references: readonly string[];
}

/** A verdict for every change, target and direction that is asked about, in that order. */
export function judge(
  { changes, sides }: Comparison,
  { targets: names = targetNames, mode = "full" }: { readonly targets?: readonly string[]; readonly mode?: Mode } = {},
): readonly Judgement[] {
  const asked = targets.filter(({ id }) => names.includes(id));
  return changes.flatMap((change) =>
    asked.flatMap((target) => {
      const { when, why, fix, ...verdicts } = rowOf(target, change, sides);
      const rule = ruleId(target.id, change.kind);
      const directions: readonly Direction[] = target.directions;
      return directions
        .filter((direction) => isAsked(mode, direction))
        .map((direction): Judgement => {
          const cell = verdicts[direction];
          const verdict = typeof cell === "string" ? cell : cell.of(change, sides, direction);
          return {
            change,
            target: target.id,
            direction,
            verdict,
            rule,
            ...(when && { when: when.name }),
            why: (typeof cell === "string" ? undefined : cell.why[verdict]) ?? why,
            ...(fix !== undefined && verdict !== "safe" && { fix }),
          };
        });
    }),
  );
}

/** The names of all targets, as `--target` takes them. */
export const targetNames: readonly string[] = targets.map(({ id }) => id);

/** Every row of every table. */
export function compatibilityRules(): readonly CompatibilityRule[] {
  return targets.flatMap((target) =>
    (Object.keys(target.table) as readonly ChangeKind[]).flatMap((fact) =>
      rowsOf(target, fact).map(({ when, why, fix, ...verdicts }) => ({
        id: ruleId(target.id, fact),
        target: target.id,
        fact,
        ...(when && { when: when.name }),
        verdicts: Object.fromEntries(
          (target.directions as readonly Direction[]).map((direction) => {
            const cell = verdicts[direction];
            return [direction, typeof cell === "string" ? cell : { by: cell.name }];
          }),
        ),
        why,
        ...(fix !== undefined && { fix }),
        references: references(target.id, fact),
      })),
    ),
  );
}

const ruleId = (target: string, fact: ChangeKind): string => `compat/${target}/${fact.replace(".", "-")}`;

function rowOf(target: Target, change: Change, sides: Sides): AnyRow {
  const row = rowsOf(target, change.kind).find(({ when }) => !when || when.holds(change, sides));
  if (!row) throw new Error(`The table of ${target.id} has no row for ${change.kind}.`);
  return row;
}

/** A row of a kind that the compiler cannot tell any more: the table is keyed by it, so row and change agree. */
interface AnyRow extends Readonly<Record<Direction, Verdict | AnyMeasure>> {
  readonly when?: { readonly name: string; readonly holds: (change: Change, sides: Sides) => boolean };
  readonly why: string;
  readonly fix?: string;
}

interface AnyMeasure {
  readonly name: string;
  readonly of: (change: Change, sides: Sides, direction: Direction) => Verdict;
  readonly why: Readonly<Partial<Record<Verdict, string>>>;
}

type Target = (typeof targets)[number];

const rowsOf = (target: Target, fact: ChangeKind): readonly AnyRow[] =>
  target.table[fact] as unknown as readonly AnyRow[];
