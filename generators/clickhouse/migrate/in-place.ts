import { identifier } from "../sql.ts";
import { modifications } from "./modify.ts";
import { keptConstraints } from "./road-reasons.ts";
import { alter, constraint, definition, key, looks, type Whereabouts } from "./statements.ts";
import type { Steps } from "./step.ts";
import type { ColumnChange, TableChange } from "./table-change.ts";
import { hasNullableTuple, printType } from "./type.ts";

/** What the steps of a table need to know beside its change. */
export interface Surroundings extends Whereabouts {
  readonly isAllowed: (name: string) => boolean;
}

/** The steps by which a table becomes another where it is. Returns whether views over it see other columns than before. */
export function changeInPlace(change: TableChange, around: Surroundings, steps: Steps): boolean {
  const { old, target, columns, renamed } = change;
  const table = target;
  const label = table.name.name;
  const order = old.columns.map(({ name }) => renamed.get(name) ?? name);

  const kept = keptConstraints(old, target, renamed);
  const keptNames = new Set(target.constraints.slice(0, kept).map(({ name }) => name));
  const dropped = old.constraints.filter(({ name }) => !keptNames.has(name));
  if (dropped.length > 0)
    steps.add("before-producers", {
      class: "metadata",
      what: `Takes conditions off ${label}: ${dropped.map(({ name }) => name).join(", ")}.`,
      statements: [
        alter(
          table,
          dropped.map(({ name }) => `DROP CONSTRAINT ${identifier(name)}`),
        ),
      ],
      back: [
        alter(
          table,
          dropped.map((one) => `ADD ${constraint(one)}`),
        ),
      ],
    });

  const moved = columns.filter(({ was }) => was !== undefined && renamed.has(was.name));
  for (const { was, now } of moved) if (was) renameColumn(was.name, now.name, table, steps);

  for (const one of columns)
    if (one.was && (one.change.how === "copy" || one.change.how === "apart"))
      replaceColumn({ ...one, was: one.was }, order, change, around, steps);

  addColumns(change, order, steps);
  moveColumns(change, order, steps);
  modifications(change, around, steps);
  aliases(moved, change, steps);

  const added = target.constraints.slice(kept);
  if (added.length > 0)
    steps.add("before-producers", {
      class: "metadata",
      what: `Sets conditions on ${label}: ${added.map(({ name }) => name).join(", ")}. Rows that are there are not looked at.`,
      statements: [
        alter(
          table,
          added.map((one) => `ADD ${constraint(one)}`),
        ),
      ],
      back: [
        alter(
          table,
          added.map(({ name }) => `DROP CONSTRAINT ${identifier(name)}`),
        ),
      ],
    });
  return moved.length > 0 || columns.some(({ was, change: { how } }) => was && how !== "same" && how !== "metadata");
}

function renameColumn(from: string, to: string, table: TableChange["target"], steps: Steps): void {
  steps.add("before-producers", {
    column: to,
    class: "rewrite",
    what: `Renames the column ${from} of ${table.name.name} to ${to}.`,
    statements: [alter(table, [`RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`], { waits: true })],
    back: [alter(table, [`RENAME COLUMN ${identifier(to)} TO ${identifier(from)}`], { waits: true })],
  });
}

/** Who still reads a former name finds the new column behind it, until nobody does. */
function aliases(moved: readonly ColumnChange[], { target }: TableChange, steps: Steps): void {
  const names = new Set(target.columns.map(({ name }) => name));
  for (const { was, now } of moved) {
    if (!was || names.has(was.name) || now.value?.how === "ALIAS" || now.value?.how === "EPHEMERAL") continue;
    const add = alter(
      target,
      [`ADD COLUMN ${identifier(was.name)} ${printType(now.type)} ALIAS ${identifier(now.name)}`],
      { nullableTuples: hasNullableTuple(now.type) },
    );
    const drop = alter(target, [`DROP COLUMN ${identifier(was.name)}`]);
    steps.add("before-producers", {
      column: was.name,
      class: "metadata",
      what: `Lets those who still read ${was.name} find ${now.name} there.`,
      statements: [add],
      back: [drop],
    });
    steps.add("after-consumers", {
      column: was.name,
      class: "metadata",
      what: `Takes the former name ${was.name} away; it holds nothing of its own.`,
      statements: [drop],
      back: [add],
    });
  }
}

/** A name that no column has. */
export function freeName(start: string, taken: readonly string[]): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? start : `${start}${count}`;
    if (!taken.includes(name)) return name;
  }
}

/** A column of another type beside the old one, filled from it where something says how; then the two change names. */
function replaceColumn(
  { was, now, change }: ColumnChange & { was: NonNullable<ColumnChange["was"]> },
  order: string[],
  { target: table }: TableChange,
  around: Surroundings,
  steps: Steps,
): void {
  const taken = [...order, ...table.columns.map(({ name }) => name)];
  const before = freeName(`${now.name}__before`, taken);
  const rename = (from: string, to: string): string => `RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`;
  const nullableTuples = hasNullableTuple(now.type);
  const types = `from ${printType(was.type)} to ${printType(now.type)}`;
  const drop = `drop-column:${table.name.name}.${before}`;
  order.splice(order.indexOf(now.name), 1, before, now.name);

  if (change.how === "copy") {
    const next = freeName(`${now.name}__next`, taken);
    const value = change.value(identifier(now.name));
    steps.add("before-producers", {
      column: now.name,
      class: "impossible",
      what: `Changes ${now.name} of ${table.name.name} ${types}, by a new column that is filled from the old one: ${change.why}.`,
      ...looks(
        around,
        [change.bad(identifier(now.name)), change.bad(identifier(was.name))],
        `Some values of ${now.name} in ${table.name.name} are not kept: ${change.why}.`,
        nullableTuples,
      ),
      statements: [
        alter(table, [`ADD COLUMN ${definition({ ...now, name: next })} AFTER ${identifier(now.name)}`], {
          nullableTuples,
        }),
        alter(table, [`UPDATE ${identifier(next)} = ${value} WHERE true`], { waits: true, nullableTuples }),
        // One after the other: in one ALTER the statistics of the two types get mixed up.
        alter(table, [rename(now.name, before)], { waits: true }),
        alter(table, [rename(next, now.name)], { waits: true }),
      ],
      back: [
        alter(table, [rename(now.name, next)], { waits: true }),
        alter(table, [rename(before, now.name)], { waits: true }),
        alter(table, [`DROP COLUMN ${identifier(next)}`], { waits: true }),
      ],
      backNote: "What was written into the new column since then is not in the old one.",
    });
  } else if (change.how === "apart")
    steps.add("before-producers", {
      column: now.name,
      class: "impossible",
      what: `Keeps ${now.name} of ${table.name.name} as ${before} and begins a new column ${types}: ${change.why}. Fill it with an UPDATE of your own.`,
      statements: [
        alter(table, [rename(now.name, before)], { waits: true }),
        alter(table, [`ADD COLUMN ${definition(now)} AFTER ${identifier(before)}`], { nullableTuples }),
      ],
      back: [
        alter(table, [`DROP COLUMN ${identifier(now.name)}`], { waits: true }),
        alter(table, [rename(before, now.name)], { waits: true }),
      ],
      backNote: "What was written into the new column since then is lost by it.",
    });
  if ((change.how === "copy" && change.keeps) || around.isAllowed(drop)) dropBefore(before, now.name, table, steps);
  else steps.withhold(drop, `${before} holds values that ${now.name} does not have.`, before);
}

function dropBefore(before: string, column: string, table: TableChange["target"], steps: Steps): void {
  steps.add("after-consumers", {
    column: before,
    class: "rewrite",
    what: `Drops ${before}, from which ${column} was filled.`,
    statements: [alter(table, [`DROP COLUMN ${identifier(before)}`], { waits: true })],
    back: [],
    backNote: "There is none: go on when nobody misses anything.",
  });
}

function addColumns({ old, target, columns }: TableChange, order: string[], steps: Steps): void {
  const added = columns.filter(({ was, now }) => !was && !order.includes(now.name));
  if (added.length === 0) return;
  const names = target.columns.map(({ name }) => name);
  const actions = added.map(({ now }) => {
    const before = names[names.indexOf(now.name) - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, now.name);
    return `ADD COLUMN ${definition(now)} ${before === undefined ? "FIRST" : `AFTER ${identifier(before)}`}`;
  });
  const isSorted = target.orderBy.length > old.orderBy.length;
  if (isSorted) actions.push(`MODIFY ORDER BY ${target.written.orderBy ?? key(target.orderBy)}`);
  const list = added.map(({ now }) => now.name).join(", ");
  steps.add("before-producers", {
    ...(added.length === 1 && added[0] && { column: added[0].now.name }),
    class: "metadata",
    what: `Adds to ${target.name.name}: ${list}${isSorted ? ", by which rows are sorted as well" : ""}.`,
    statements: [alter(target, actions, { nullableTuples: added.some(({ now }) => hasNullableTuple(now.type)) })],
    back: isSorted
      ? []
      : [
          alter(
            target,
            added.map(({ now }) => `DROP COLUMN ${identifier(now.name)}`),
            { waits: true },
          ),
        ],
    backNote: isSorted
      ? "Rows stay sorted by it; the column cannot be dropped any more."
      : "What was written into them since then is lost by it.",
  });
}

/** Puts columns where the new table has them; those that already follow each other stay. */
function moveColumns({ target, columns }: TableChange, order: string[], steps: Steps): void {
  const wanted = target.columns.map(({ name }) => name);
  const present = order.filter((name) => wanted.includes(name));
  const still = longestRising(present.map((name) => wanted.indexOf(name)));
  const moved = columns.filter((_, index) => !still.has(index));
  if (moved.length === 0) return;
  const actions = moved.map(({ now, was, change: { how } }) => {
    // The type comes after this: an ALTER that moves a column has to name the one that it has.
    const type = was && how !== "copy" && how !== "apart" ? was.type : now.type;
    const before = wanted[wanted.indexOf(now.name) - 1];
    const place = before === undefined ? "FIRST" : `AFTER ${identifier(before)}`;
    return `MODIFY COLUMN ${identifier(now.name)} ${printType(type)} ${place}`;
  });
  const nullableTuples = moved.some(
    ({ was, now }) => hasNullableTuple((was ?? now).type) || hasNullableTuple(now.type),
  );
  steps.add("before-producers", {
    class: "metadata",
    what: `Puts columns of ${target.name.name} in their order.`,
    statements: [alter(target, actions, { nullableTuples })],
    back: [],
    backNote: "None is needed: nothing depends on the order.",
  });
}

/** The members of a longest rising row of numbers. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const best: { length: number; before: number }[] = [];
  let last = -1;
  numbers.forEach((number, index) => {
    let own = { length: 1, before: -1 };
    for (let other = 0; other < index; other++) {
      const length = (best[other]?.length ?? 0) + 1;
      if ((numbers[other] ?? 0) < number && length > own.length) own = { length, before: other };
    }
    best.push(own);
    if (last < 0 || own.length > (best[last]?.length ?? 0)) last = index;
  });
  const members = new Set<number>();
  for (let at = last; at >= 0; at = best[at]?.before ?? -1) members.add(numbers[at] ?? -1);
  return members;
}
