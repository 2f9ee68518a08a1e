import type { Migration, MigrationSides, MigrationStep, Report, Withheld } from "../../../model/index.ts";
import { identifier } from "../sql.ts";
import { allowedNothing } from "./diagnostics.ts";
import { ingestOf } from "./ingest.ts";
import { planTable } from "./plan-table.ts";
import type { Shape, TableShape } from "./shape.ts";
import { readSides, type Sides } from "./sides.ts";
import { keepsRows, sqlName } from "./statements.ts";
import type { TableSteps } from "./step.ts";

/**
 * The way from the tables and the ingest of one model to those of another. What feeds a table that changes is taken away
 * before, beginning with what reads from Kafka, and put back behind it, so that no message is read that has nowhere to go.
 */
export function planMigration(sides: MigrationSides, report: Report): Migration {
  const asked = new Set<string>();
  const isAllowed = (name: string): boolean => {
    asked.add(name);
    return sides.allow.includes(name);
  };
  const both = readSides(sides, report);
  const tables = planTables(both, sides.running, isAllowed);
  const reshaped = new Set([...tables].flatMap(([key, { isReshaped, wasKey }]) => (isReshaped ? [key, wasKey] : [])));
  const ingest = ingestOf(both, reshaped, sides.running);
  const gone = goneTables(both, sides.running, isAllowed);
  const steps = [...tables.values()].flatMap((plan) => plan.steps);
  const withheld = [...[...tables.values()].flatMap((plan) => plan.withheld), ...gone.withheld];
  const known = [...new Set([...withheld.map(({ allow }) => allow), ...asked])];
  for (const allow of sides.allow)
    if (!asked.has(allow))
      report(allowedNothing(undefined, { allow, known: known.filter((name) => !sides.allow.includes(name)) }));
  const at = (place: MigrationStep["place"]): readonly MigrationStep[] => steps.filter((step) => step.place === place);
  return {
    steps: [
      ...ingest.stop,
      ...at("before-producers"),
      ...ingest.start,
      ...at("after-consumers"),
      ...ingest.end,
      ...gone.steps,
    ],
    withheld,
  };
}

interface TablePlan extends TableSteps {
  readonly wasKey: string;
}

function planTables(
  sides: Sides,
  running: boolean,
  isAllowed: (name: string) => boolean,
): ReadonlyMap<string, TablePlan> {
  const former = new Map([...sides.renamed].map(([was, now]) => [now, was]));
  const plans = new Map<string, TablePlan>();
  for (const [key, now] of sides.now) {
    const wasKey = former.get(key) ?? key;
    const old = sides.old.get(wasKey);
    if (now.kind !== "table" || old?.kind !== "table" || !keepsRows(now) || !keepsRows(old)) continue;
    const onCluster = now.onCluster;
    const renamed = sides.columns(now.name);
    // A column of the former name that is still wanted is no other column now.
    const present = new Set(now.columns.map(({ name }) => name));
    const names = new Set(old.columns.map(({ name }) => name));
    const moved = new Map<string, string>();
    for (const [was, is] of renamed) {
      const isFree = names.has(was) && !names.has(is) && !present.has(was) && present.has(is);
      // Of several former names one is the column, and the others stay what they are.
      if (isFree && ![...moved.values()].includes(is)) moved.set(was, is);
    }
    const plan = planTable({ ...old, name: now.name, onCluster }, now, {
      from: sqlName(now.name),
      fromBefore: sqlName(old.name),
      isAllowed,
      renamed: moved,
      running,
    });
    const steps = plan.steps.map((step) => (onCluster !== "" && step.preflight ? { ...step, everyShard: true } : step));
    const moves = wasKey === key ? undefined : renameTable(old, now);
    plans.set(key, {
      ...plan,
      wasKey,
      steps: moves ? [moves.rename, moves.end, ...steps, moves.leave] : steps,
      isReshaped: plan.isReshaped || wasKey !== key,
    });
  }
  return plans;
}

/** Who reads a table under its former name finds it there until nobody does. */
function renameTable(old: TableShape, now: TableShape) {
  const [from, to] = [sqlName(old.name), sqlName(now.name)];
  const [former, name] = [old.name.name, now.name.name];
  const about = { class: "metadata", at: name } as const;
  const rename: MigrationStep = {
    ...about,
    place: "before-producers",
    what: `Renames the table ${former} to ${name}.`,
    statements: [`RENAME TABLE ${from} TO ${to}${now.onCluster}`],
    back: [`RENAME TABLE ${to} TO ${from}${now.onCluster}`],
  };
  const columns = old.columns
    .filter(({ value }) => value?.how !== "EPHEMERAL")
    .map((column) => identifier(column.name));
  const create = `CREATE VIEW ${from}${now.onCluster} AS SELECT ${columns.join(", ")} FROM ${to}`;
  const drop = `DROP VIEW IF EXISTS ${from}${now.onCluster} SYNC`;
  const leave: MigrationStep = {
    ...about,
    place: "before-producers",
    what: `Lets those who still read ${former} find ${name} there.`,
    statements: [create],
    back: [drop],
  };
  const end: MigrationStep = {
    ...about,
    place: "after-consumers",
    what: `Takes the former name ${former} away; it holds nothing of its own.`,
    statements: [drop],
    back: [create],
  };
  return { rename, leave, end };
}

/** Tables that no event has any more; with the rows in them they stay, unless somebody asks for them to go. */
function goneTables(sides: Sides, running: boolean, isAllowed: (name: string) => boolean) {
  const steps: MigrationStep[] = [];
  const withheld: Withheld[] = [];
  const isGone = ([key, shape]: readonly [string, Shape]): boolean =>
    shape.kind === "table" && keepsRows(shape) && !sides.now.has(key) && !sides.renamed.has(key);
  for (const [, { name, onCluster }] of running ? [] : [...sides.old].filter(isGone).reverse()) {
    const allow = `drop-table:${name.name}`;
    if (!isAllowed(allow))
      withheld.push({ allow, at: name.name, why: "The new contracts have no such table; its rows stay." });
    else
      steps.push({
        place: "after-consumers",
        class: "metadata",
        at: name.name,
        what: `Drops the table ${name.name} with its rows.`,
        statements: [`DROP TABLE IF EXISTS ${sqlName(name)}${onCluster} SYNC`],
        back: [],
        backNote: "There is none: its rows are gone.",
      });
  }
  return { steps, withheld };
}
