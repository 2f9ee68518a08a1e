import { jsonKey } from "../../../model/index.ts";
import { type ColumnType, hasNullableTuple, inlineType, nullable } from "../column-type.ts";
import type { Context } from "../context.ts";
import type { Deployment } from "../deployment.ts";
import { identifier, oneLine, text } from "../sql.ts";
import type { Column, Table } from "../table.ts";
import type { Arrival } from "./channel.ts";
import { identityColumns } from "./usage.ts";

/**
 * A view per finish that names its start: a row for every finish with the start it ends, and for every start that nothing
 * has ended yet. It is computed when it is read, over each event once, so that an event that is late or delivered again is
 * in its place.
 */
export function printPairs(
  arrivals: readonly Arrival[],
  header: string,
  context: Context,
  deployment: Deployment,
): { readonly finishes: readonly Arrival[]; readonly text: string } | undefined {
  const views = arrivals.flatMap((finish) => {
    const { follows } = finish.event;
    const start = follows && arrivals.find(({ event }) => event.name === follows.event);
    if (!follows || !start) return [];
    const key = columnOf(start, follows.key, context);
    const by = columnOf(finish, follows.by, context);
    return key && by ? [{ finish, view: createPair(start, key, finish, by, deployment) }] : [];
  });
  if (views.length === 0) return undefined;
  return {
    finishes: views.map(({ finish }) => finish),
    text: `${[`-- ${oneLine(header)}`, ...views.map(({ view }) => `${view};`)].join("\n\n")}\n`,
  };
}

/** The view of a finish and its start. */
export const pairName = ({ table }: Arrival): string => `${table.name}_pairs`;

const columnOf = ({ table }: Arrival, field: string, { profile }: Context): Column | undefined =>
  table.columns.find(
    ({ field: candidate }) => candidate && (candidate.name === field || jsonKey(candidate, profile) === field),
  );

function createPair(
  start: Arrival,
  key: Column,
  finish: Arrival,
  by: Column,
  { named, onCluster }: Deployment,
): string {
  const inner = innerNames(start.table, finish.table);
  const started = `s.${inner.isThere}`;
  const finished = `f.${inner.isThere}`;
  const from = start.table.time;
  const to = finish.table.time;
  const at = (side: "s" | "f", column: string | undefined): string | undefined =>
    column === undefined ? undefined : `if(${side}.${inner.isThere}, ${side}.${identifier(column)}, NULL)`;
  const startedAt = at("s", from);
  const finishedAt = at("f", to);
  const columns = [
    `    if(${finished}, f.${inner.key}, s.${inner.key}) AS pair_key`,
    `    CAST(multiIf(NOT ${finished}, 'open', ${started}, 'closed', 'orphan'), 'Enum8(''open'' = 1, ''closed'' = 2, ''orphan'' = 3)') AS state`,
    ...(startedAt ? [`    ${startedAt} AS started_at`] : []),
    ...(finishedAt ? [`    ${finishedAt} AS finished_at`] : []),
    ...(from && to
      ? [
          `    if(${started} AND ${finished}, dateDiff('millisecond', s.${identifier(from)}, f.${identifier(to)}), NULL) AS duration_ms`,
        ]
      : []),
    ...sideColumns("s", "start", start.table, inner),
    ...sideColumns("f", "finish", finish.table, inner),
  ];
  const tuples = [start, finish].some(({ table }) =>
    table.columns.some(({ type }) => hasNullableTuple(nullable(type))),
  );
  return [
    `CREATE OR REPLACE VIEW ${named(pairName(finish))}${onCluster} AS`,
    "SELECT",
    columns.join(",\n"),
    "FROM",
    "(",
    ...side(start, key, inner, named, true),
    ") AS s",
    "FULL OUTER JOIN",
    "(",
    ...side(finish, by, inner, named, false),
    `) AS f ON s.${inner.key} = f.${inner.key}`,
    ...(tuples ? ["SETTINGS enable_nullable_tuple_type = 1"] : []),
  ].join("\n");
}

/** Names within the view that no column has. */
interface Inner {
  readonly key: string;
  readonly isThere: string;
}

function innerNames(...tables: readonly Table[]): Inner {
  const names = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const free = (name: string): string => (names.has(name) ? free(`${name}_`) : name);
  return { key: identifier(free("pair_key")), isThere: identifier(free("is_there")) };
}

/** Each event once; of several starts with one key the first. */
function side(
  arrival: Arrival,
  key: Column,
  inner: Inner,
  named: Deployment["named"],
  first: boolean,
): readonly string[] {
  const { table } = arrival;
  const isNull = key.type.kind === "nullable";
  const value = `t.${identifier(key.name)}`;
  const keyText = `toString(${isNull ? `assumeNotNull(${value})` : value})`;
  const order = [...(table.time ? [table.time] : []), ...identityColumns(arrival)].map(
    (name) => `t.${identifier(name)}`,
  );
  const fields = table.columns.filter(({ role }) => role === "field").map(({ name }) => name);
  // A time may be derived, and `*` has no derived columns.
  const columns = [...new Set([...fields, ...(table.time ? [table.time] : [])])];
  const final = table.engine.name === "ReplacingMergeTree" ? " FINAL" : "";
  return [
    `    SELECT ${keyText} AS ${inner.key}, true AS ${inner.isThere}, ${columns.map((name) => `t.${identifier(name)} AS ${identifier(name)}`).join(", ")}`,
    `    FROM ${named(table.name)} AS t${final}`,
    ...(isNull ? [`    WHERE isNotNull(${value})`] : []),
    ...(first ? [`    ORDER BY ${[keyText, ...order].join(", ")}`, `    LIMIT 1 BY ${keyText}`] : []),
  ];
}

/** What an end of a pair has, under names that tell the ends apart; NULL where that end is not there. */
function sideColumns(from: "s" | "f", prefix: string, table: Table, inner: Inner): readonly string[] {
  return table.columns
    .filter(({ role }) => role === "field")
    .map(
      ({ name, type }) =>
        `    ${endValue(`${from}.${identifier(name)}`, `${from}.${inner.isThere}`, type)} AS ${identifier(`${prefix}_${name}`)}`,
    );
}

function endValue(value: string, isThere: string, type: ColumnType): string {
  const held = nullable(type);
  // Lists and maps have no NULL: where the end is not there, they are empty already.
  if (held.kind !== "nullable") return value;
  return held.of.kind === "tuple"
    ? `CAST(if(${isThere}, ${value}, NULL), ${text(inlineType(held))})`
    : `if(${isThere}, ${value}, NULL)`;
}
