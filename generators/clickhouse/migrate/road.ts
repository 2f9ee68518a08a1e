import { identifier, text } from "../sql.ts";
import { freeName, type Surroundings } from "./in-place.ts";
import type { ColumnShape, TableShape } from "./shape.ts";
import { alter, constraint, createTable, guard, key, sqlName } from "./statements.ts";
import type { Steps } from "./step.ts";
import type { ColumnChange, TableChange } from "./table-change.ts";
import { hasNullableTuple, printType } from "./type.ts";

/** A column of the new table, and the SQL that it is filled with. */
interface Filled {
  readonly name: string;
  readonly sql: string;
}

/** A new table, filled from the old one, which then takes its name: for what cannot be changed where it is. */
export function changeByCopy(
  change: TableChange,
  reasons: readonly string[],
  around: Surroundings,
  steps: Steps,
): void {
  const { old, target } = change;
  const label = target.name.name;
  const apart = change.columns.filter(({ was, change: { how } }) => was && (how === "apart" || how === "copy"));
  const columns: ColumnShape[] = [];
  const filled: Filled[] = [];
  for (const one of change.columns) {
    const { was, now } = one;
    if (was && apart.includes(one) && !(one.change.how === "copy" && one.change.keeps)) {
      const before = freeName(
        `${now.name}__before`,
        [...target.columns, ...columns].map(({ name }) => name),
      );
      const { value: _, ...bare } = was;
      columns.push({ ...bare, name: before });
      filled.push({ name: before, sql: identifier(was.name) });
      const drop = `drop-column:${label}.${before}`;
      if (around.isAllowed(drop))
        steps.add("after-consumers", {
          column: before,
          class: "rewrite",
          what: `Drops ${before}, which holds what ${now.name} was.`,
          statements: [alter(target, [`DROP COLUMN ${identifier(before)}`], { waits: true })],
          back: [],
          backNote: "There is none: go on when nobody misses anything.",
        });
      else steps.withhold(drop, `${before} holds values that ${now.name} does not have.`, before);
    }
    columns.push(now);
    const sql = filledWith(one);
    if (sql !== undefined) filled.push({ name: now.name, sql });
  }

  const shape: TableShape = { ...target, columns, parts: target.parts };
  const next = { ...target.name, name: `${target.name.name}__${fingerprint(createTable(shape))}` };
  const [from, to] = [sqlName(target.name), sqlName(next)];
  const nullableTuples = [...old.columns, ...columns].some(({ type }) => hasNullableTuple(type));
  const settings = [
    "max_partitions_per_insert_block = 0",
    ...(nullableTuples ? ["enable_nullable_tuple_type = 1"] : []),
  ];
  // Rows that are there need not meet conditions that are new.
  const create = createTable({ ...shape, name: next, constraints: [] });
  const exchange = `EXCHANGE TABLES ${from} AND ${to}${target.onCluster}`;
  const drop = `DROP TABLE ${to}${target.onCluster} SYNC`;
  const isCluster = target.onCluster !== "";
  const sizes = (sign: string, sentence: string): string =>
    `SELECT throwIf(${countOf(change, from, sign === "<")} ${sign} ${countOf(change, to, sign !== "<")}, ${text(sentence)})`;
  steps.add("before-producers", {
    class: "impossible",
    what: `Writes ${label} anew, since ${reasons.join("; ")}. Nobody else may write into it meanwhile.`,
    ...preflight(change, around, filled, nullableTuples, columns),
    statements: [
      create,
      [
        `INSERT INTO ${to} (${filled.map(({ name }) => identifier(name)).join(", ")})`,
        `SELECT ${filled.map(({ name, sql }) => (sql === identifier(name) ? sql : `${sql} AS ${identifier(name)}`)).join(", ")}`,
        `FROM ${from}`,
        `SETTINGS ${settings.join(", ")}`,
      ].join("\n"),
      sizes("!=", `The copy of ${label} has not as many rows as the table itself.`),
      ...(target.constraints.length > 0
        ? [
            alter(
              { ...target, name: next },
              target.constraints.map((one) => `ADD ${constraint(one)}`),
            ),
          ]
        : []),
      exchange,
    ],
    back: [exchange, drop],
    backNote: "What was written since then is in the new table alone.",
    ...(isCluster && { everyShard: true }),
  });
  steps.add("after-consumers", {
    class: "metadata",
    what: `Drops the old rows of ${label}, which are all in the new table.`,
    ...(!target.ttl &&
      !merges(old) &&
      !merges(target) && { preflight: sizes("<", `The table ${label} has fewer rows than it had.`) }),
    statements: [drop],
    back: [],
    backNote: "There is none: go on when nobody misses anything.",
  });
}

/** What a column of the new table is filled with; nothing, where it is new or computed. */
function filledWith({ was, now, change }: ColumnChange): string | undefined {
  if (!was || (now.value && now.value.how !== "DEFAULT") || was.value?.how === "EPHEMERAL") return undefined;
  const name = identifier(was.name);
  switch (change.how) {
    case "same":
      return name;
    case "metadata":
    case "rewrite":
    case "guarded":
      return `CAST(${name}, ${text(printType(now.type))})`;
    case "copy":
      return change.value(name);
    case "apart":
      return undefined;
  }
}

/** The look before, under the name that the table has by then and under the one it has before. */
function preflight(
  change: TableChange,
  { from, fromBefore }: Surroundings,
  ...rest: readonly [filled: readonly Filled[], nullableTuples: boolean, all: readonly ColumnShape[]]
): { readonly preflight?: string; readonly earlyPreflight?: string } {
  const [now, early] = [preflightOf(change, from, ...rest), preflightOf(change, fromBefore, ...rest)];
  return { ...(now !== "" && { preflight: now }), ...(early !== now && { earlyPreflight: early }) };
}

/** What has to be so that nothing is lost: values that fit, and no two rows that would become one. */
function preflightOf(
  { old, target, columns }: TableChange,
  from: string,
  filled: readonly Filled[],
  nullableTuples: boolean,
  all: readonly ColumnShape[],
): string {
  const label = target.name.name;
  const lossy = columns.flatMap(({ was, change }) =>
    was && (change.how === "guarded" || change.how === "copy")
      ? [{ bad: change.bad(identifier(was.name)), was, why: change.why }]
      : [],
  );
  const queries: string[] = [];
  if (lossy.length > 0) {
    const whys = lossy.map(({ was, why }) => `${was.name} (${why})`).join(", ");
    queries.push(
      guard(
        from,
        lossy.map(({ bad }) => `(${bad})`).join(" OR "),
        `Some values in ${label} are not kept: ${whys}.`,
        nullableTuples,
      ),
    );
  }
  if (merges(target) && (!merges(old) || !sameKey(old, target))) {
    const given = new Set(filled.map(({ name }) => name));
    const names = target.orderBy.flatMap((part) => part.names);
    const isComputable = names.every((name) => given.has(name) || !all.some((column) => column.name === name));
    const rows = merges(old) ? `uniqExact(${keyOf(old)})` : "count()";
    if (isComputable) {
      const select = filled.map(({ name, sql }) => `${sql} AS ${identifier(`${name}__next`)}`).join(", ");
      const renamed = target.orderBy.map(({ sql, names: [name] }) =>
        name === sql.replace(/^`|`$/g, "") ? identifier(`${name}__next`) : undefined,
      );
      const isPlain = renamed.every((part) => part !== undefined);
      const newKey = isPlain ? `tuple(${renamed.join(", ")})` : keyOf(target);
      const source = isPlain ? `(SELECT *, ${select} FROM ${from})` : from;
      queries.push(
        `SELECT throwIf(${rows} != uniqExact(${newKey}), ${text(`Rows of ${label} that are different now would have the same key, and become one.`)}) FROM ${source}${nullableTuples ? "\nSETTINGS enable_nullable_tuple_type = 1" : ""}`,
      );
    }
  }
  return queries.join(";\n");
}

const merges = ({ engine }: TableShape): boolean => /(?:Replacing|Aggregating|Summing|Collapsing)/.test(engine.name);
const sameKey = (a: TableShape, b: TableShape): boolean => key(a.orderBy) === key(b.orderBy);
const keyOf = ({ orderBy }: TableShape): string => `tuple(${orderBy.map(({ sql }) => sql).join(", ")})`;

/** Rows that are one to the engine count once. */
function countOf({ old, target }: TableChange, table: string, isNew: boolean): string {
  const shape = isNew ? target : old;
  const counted =
    merges(old) || merges(target) ? (merges(shape) ? `uniqExact(${keyOf(shape)})` : "count()") : "count()";
  return `(SELECT ${counted} FROM ${table})`;
}

/** A short name for a text, so that the tables of two migrations do not meet. */
function fingerprint(value: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
