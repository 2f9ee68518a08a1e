import type { MigrationStep, StepPlace } from "../../../model/index.ts";
import { identifier, text } from "../sql.ts";
import type { Expression } from "./expression.ts";
import { changeInPlace, type Surroundings } from "./in-place.ts";
import { changeByCopy } from "./road.ts";
import { roadReasons } from "./road-reasons.ts";
import type { PartShape, TableShape } from "./shape.ts";
import { alter, isMergeTree } from "./statements.ts";
import { type Steps, stepsOf, type TableSteps } from "./step.ts";
import { changeOf, type TableChange } from "./table-change.ts";

/** How a table is looked at. */
export interface TableOptions extends Surroundings {
  /** The new name of each column that has one. */
  readonly renamed: ReadonlyMap<string, string>;
  /** True when the old table is what runs, and may have more than any model says. */
  readonly running: boolean;
}

/** The steps by which one table becomes another; both have the same name. */
export function planTable(old: TableShape, wanted: TableShape, options: TableOptions): TableSteps {
  const steps = stepsOf(wanted.name.name);
  const label = wanted.name.name;
  const ttl = lifetime(old, wanted, options, steps);
  const parts = options.running ? old.parts : wanted.parts;
  const whole: TableShape = { ...wanted, parts, settings: settingsOf(old, wanted, options) };
  const { ttl: _, ...bare } = whole;
  const isLosing = (part: string): boolean => options.isAllowed(`drop-column:${part}`);
  const change = changeOf(old, ttl ? { ...bare, ttl } : bare, options.renamed, isLosing);
  for (const part of change.spared)
    steps.withhold(
      `drop-column:${part}`,
      "It is a part of a column that the new contract does not have.",
      part.slice(label.length + 1),
    );

  const reasons = isMergeTree(old) ? roadReasons(change) : otherEngine(old, change);
  if (reasons.length > 0) changeByCopy(change, reasons, options, steps);
  const isReshaped = reasons.length > 0 || changeInPlace(change, options, steps);
  if (reasons.length === 0) changeParts(old.parts, parts, change, steps);
  if (reasons.length === 0) changeFrame(change, steps);
  dropSurplus(change, options, steps);
  // What waits for consumers comes after everything else, also after what was thought of later.
  const at = (place: StepPlace): readonly MigrationStep[] => steps.steps.filter((step) => step.place === place);
  return { steps: [...at("before-producers"), ...at("after-consumers")], withheld: steps.withheld, isReshaped };
}

/** Tables that are not stored in parts have hardly any ALTER. */
function otherEngine(old: TableShape, { target, columns, surplus }: TableChange): readonly string[] {
  const isSame =
    old.engine.name === target.engine.name &&
    surplus.length === 0 &&
    columns.every(({ was, change, isRevalued }) => was && change.how === "same" && !isRevalued);
  return isSame ? [] : [`an engine such as ${old.engine.name} cannot change its columns`];
}

/** What ClickHouse prints with every table, and what it needs to create one only. */
const ownSettings = new Set(["index_granularity", "enable_nullable_tuple_type"]);

function settingsOf(old: TableShape, wanted: TableShape, { running }: TableOptions): ReadonlyMap<string, string> {
  const kept = [...old.settings].filter(
    ([name]) => (running || ownSettings.has(name)) && name !== "enable_nullable_tuple_type",
  );
  const asked = [...wanted.settings].filter(([name]) => name !== "enable_nullable_tuple_type");
  return new Map([...asked, ...kept.filter(([name]) => !wanted.settings.has(name))]);
}

/** Rows that live shorter are deleted by themselves: that is asked for by name. */
function lifetime(
  old: TableShape,
  wanted: TableShape,
  { isAllowed }: TableOptions,
  steps: Steps,
): Expression | undefined {
  if (old.ttl?.canon === wanted.ttl?.canon || !wanted.ttl || isLonger(old.ttl, wanted.ttl)) return wanted.ttl;
  const name = `shorten-ttl:${wanted.name.name}`;
  if (isAllowed(name)) return wanted.ttl;
  steps.withhold(
    name,
    `Rows are deleted after ${wanted.ttl.sql}${old.ttl ? `, and were after ${old.ttl.sql}` : ", and never were before"}.`,
  );
  return old.ttl;
}

/** Whether both count days from the same time, and the new lifetime has more of them. */
function isLonger(was: Expression | undefined, now: Expression): boolean {
  const [a, b] = [was?.canon, now.canon].map((canon) => /^plus\((.*),toIntervalDay\((\d+)\)\)$/.exec(canon ?? ""));
  return a !== null && b !== null && a?.[1] === b?.[1] && Number(b?.[2]) >= Number(a?.[2]);
}

function changeParts(
  old: readonly PartShape[],
  parts: readonly PartShape[],
  { target }: TableChange,
  steps: Steps,
): void {
  const print = ({ how, name, rest }: PartShape): string => `${how} ${identifier(name)} ${rest.sql}`;
  const differs = (part: PartShape, all: readonly PartShape[]): boolean =>
    !all.some(({ how, name, rest }) => how === part.how && name === part.name && rest.canon === part.rest.canon);
  const gone = old.filter((part) => differs(part, parts));
  const added = parts.filter((part) => differs(part, old));
  if (gone.length + added.length === 0) return;
  const drop = (list: readonly PartShape[]): readonly string[] =>
    list.map(({ how, name }) => `DROP ${how} ${identifier(name)}`);
  steps.add("before-producers", {
    class: "metadata",
    what: `Changes indexes and projections of ${target.name.name}: ${[...gone, ...added].map(({ name }) => name).join(", ")}.`,
    statements: [alter(target, [...drop(gone), ...added.map((part) => `ADD ${print(part)}`)])],
    back: [alter(target, [...drop(added), ...gone.map((part) => `ADD ${print(part)}`)])],
  });
}

/** What is said of the table as a whole. */
function changeFrame({ old, target }: TableChange, steps: Steps): void {
  const label = target.name.name;
  const set = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): readonly string[] => {
    const other = [...to].filter(([name, value]) => from.get(name) !== value && name !== "enable_nullable_tuple_type");
    const gone = [...from.keys()].filter((name) => !to.has(name) && !ownSettings.has(name));
    return [
      ...(other.length > 0
        ? [alter(target, [`MODIFY SETTING ${other.map(([name, value]) => `${name} = ${value}`).join(", ")}`])]
        : []),
      ...(gone.length > 0 ? [alter(target, [`RESET SETTING ${gone.join(", ")}`])] : []),
    ];
  };
  const statements = set(old.settings, target.settings);
  if (statements.length > 0)
    steps.add("before-producers", {
      class: "metadata",
      what: `Sets ${label} in another way.`,
      statements,
      back: set(target.settings, old.settings),
    });
  if (old.ttl?.canon !== target.ttl?.canon) {
    const ttl = (one: Expression | undefined): string =>
      alter(target, [one ? `MODIFY TTL ${one.sql}` : "REMOVE TTL"], { waits: true });
    steps.add("before-producers", {
      class: "rewrite",
      what: target.ttl ? `Deletes rows of ${label} after ${target.ttl.sql}.` : `Keeps rows of ${label} for ever.`,
      statements: [ttl(target.ttl)],
      back: [ttl(old.ttl)],
      backNote: "Rows that were deleted meanwhile do not come back.",
    });
  }
  if (old.comment !== target.comment)
    steps.add("before-producers", {
      class: "metadata",
      what: `Describes ${label} in other words.`,
      statements: [alter(target, [`MODIFY COMMENT ${text(target.comment)}`])],
      back: [alter(target, [`MODIFY COMMENT ${text(old.comment)}`])],
    });
}

/** Columns that the new contract does not have are dropped when somebody asks for it, and last. */
function dropSurplus({ surplus, target }: TableChange, { isAllowed }: TableOptions, steps: Steps): void {
  for (const column of surplus) {
    const name = `drop-column:${target.name.name}.${column.name}`;
    const isEmpty = column.value?.how === "ALIAS" || column.value?.how === "EPHEMERAL";
    if (!isEmpty && !isAllowed(name)) {
      steps.withhold(name, "The new contract does not have this column; its values stay.", column.name);
      continue;
    }
    steps.add("after-consumers", {
      column: column.name,
      class: isEmpty ? "metadata" : "rewrite",
      what: `Drops the column ${column.name} of ${target.name.name}.`,
      statements: [alter(target, [`DROP COLUMN ${identifier(column.name)}`], { waits: !isEmpty })],
      back: [],
      backNote: isEmpty ? "It can be added again as it was." : "There is none: its values are gone.",
    });
  }
}
