import { jsonKey } from "../../../model/index.ts";
import { withoutNull } from "../column-type.ts";
import type { Context } from "../context.ts";
import { createTable, type Deployment } from "../deployment.ts";
import { identifier, oneLine, text } from "../sql.ts";
import type { Column, IngestNames } from "../table.ts";
import { type Arrival, underscored } from "./channel.ts";

/** A measure that is counted: the field, its column among the others, and whether all of it is whole. */
interface Measure {
  readonly field: string;
  readonly name: string;
  readonly type: "Int64" | "Float64";
}

/** The statements that count usage, and the names that they make. */
export interface Usage {
  readonly base: string;
  readonly views: readonly string[];
  readonly text: string;
}

/** What events count for whom. */
interface Counted {
  readonly arrival: Arrival;
  readonly user: Column;
  readonly measures: ReadonlyMap<string, Column>;
}

/**
 * What each user has used, hour by hour: a table of states, a view per event that adds to it, and a view that reads it.
 * An event that is delivered again changes nothing: identities are kept as a set, and measures by identity.
 */
export function printUsage(
  systemName: string,
  arrivals: readonly Arrival[],
  header: string,
  ingest: IngestNames,
  context: Context,
  deployment: Deployment,
): Usage | undefined {
  const counted = countedOf(arrivals, context);
  if (counted.length === 0) return undefined;
  const measures = measuresOf(counted);
  const base = `${underscored(systemName)}_usage`;
  const statements = [
    ...createUsage(base, systemName, measures, deployment),
    ...counted.map((one) => createView(one, base, measures, ingest, deployment)),
    createReader(`${base}_by_hour`, base, measures, deployment),
    createSince(`${base}_since`, base, measures, deployment),
  ];
  return {
    base,
    views: counted.map(({ arrival }) => viewName(arrival)),
    text: `${[`-- ${oneLine(header)}`, ...statements.map((statement) => `${statement};`)].join("\n\n")}\n`,
  };
}

const viewName = ({ table }: Arrival): string => `${table.name}_usage_view`;

function countedOf(arrivals: readonly Arrival[], { options, profile }: Context): readonly Counted[] {
  if (options.usage === false) return [];
  const { user = "user_id", measures = [] } = options.usage ?? {};
  return arrivals.flatMap((arrival): readonly Counted[] => {
    const columnOf = (field: string): Column | undefined =>
      arrival.table.columns.find(
        (column) => column.field?.name === field || (column.field && jsonKey(column.field, profile) === field),
      );
    const userColumn = columnOf(user);
    if (!userColumn || !isId(userColumn)) return [];
    const own = measures.flatMap((measure) => {
      const column = columnOf(measure);
      return column && isNumber(column) ? [[measure, column] as const] : [];
    });
    return [{ arrival, user: userColumn, measures: new Map(own) }];
  });
}

const isId = ({ type }: Column): boolean => {
  const bare = withoutNull(type);
  return bare.kind === "word" || (bare.kind === "plain" && /^(UUID|String|U?Int)/.test(bare.name));
};

const isNumber = ({ type }: Column): boolean => {
  const bare = withoutNull(type);
  return bare.kind === "plain" && /^(U?Int|Float)/.test(bare.name);
};

function measuresOf(counted: readonly Counted[]): readonly Measure[] {
  const names = [...new Set(counted.flatMap(({ measures }) => [...measures.keys()]))];
  return names.map((name) => {
    const types = counted.flatMap(({ measures }) => measures.get(name) ?? []).map(({ type }) => withoutNull(type));
    const whole = types.every(
      (type) => type.kind === "plain" && type.name !== "UInt64" && !type.name.startsWith("Float"),
    );
    return { field: name, name: taken.includes(name) ? `${name}_total` : name, type: whole ? "Int64" : "Float64" };
  });
}

/** The columns that usage has without any measures. */
const taken = ["user", "hour", "event", "deliveries", "events"];

const stateOf = ({ type }: Measure): string => `AggregateFunction(maxMap, Map(FixedString(16), ${type}))`;

function createUsage(
  name: string,
  system: string,
  measures: readonly Measure[],
  deployment: Deployment,
): readonly string[] {
  const columns = [
    "`user` String COMMENT 'Whose usage it is'",
    "`hour` DateTime64(0, 'UTC') COMMENT 'The hour in which it happened'",
    "`event` LowCardinality(String) COMMENT 'The event that is counted'",
    "`deliveries` SimpleAggregateFunction(sum, UInt64) COMMENT 'How many rows came, repeated deliveries among them'",
    "`events` AggregateFunction(uniqExact, FixedString(16)) COMMENT 'The identities of the events'",
    ...measures.map((measure) => `${identifier(measure.name)} ${stateOf(measure)} COMMENT 'Its value in each event'`),
  ];
  return createTable(
    {
      name,
      columns: columns.map((column) => `    ${column}`).join(",\n"),
      engine: "AggregatingMergeTree",
      layout: ["ORDER BY (`user`, `hour`, `event`)"],
      shardBy: "cityHash64(`user`)",
      comment: `What the users of ${system} have used, as states: read it through ${name}_by_hour or ${name}_since`,
    },
    deployment,
  );
}

function createView(
  { arrival, user, measures: own }: Counted,
  base: string,
  measures: readonly Measure[],
  ingest: IngestNames,
  deployment: Deployment,
): string {
  const { table, event } = arrival;
  const column = (name: string): string => `t.${identifier(name)}`;
  const identity = identityColumns(arrival);
  // Without an identity no two rows are the same event, not even equal ones. A UUID is made for each row only when it is
  // asked for by something that is different in each.
  const key =
    identity.length > 0
      ? `sipHash128(${[text(event.name), ...identity.map(column)].join(", ")})`
      : "sipHash128(generateUUIDv4(rowNumberInBlock()))";
  const id = column(user.name);
  const isNull = user.type.kind === "nullable";
  const userText = `toString(${isNull ? `assumeNotNull(${id})` : id})`;
  const hour = `dateTrunc('hour', ${column(table.time ?? ingest.ingestedAt)})`;
  const states = measures.map(({ field, name, type }) => {
    const source = own.get(field);
    const empty = `CAST(map(), 'Map(FixedString(16), ${type})')`;
    return `    maxMapState(${source ? measured(source, column(source.name), key, type, empty) : empty}) AS ${identifier(name)}`;
  });
  return [
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${deployment.named(viewName(arrival))}${deployment.onCluster}`,
    `TO ${deployment.named(base)} AS`,
    "SELECT",
    [
      `    ${userText} AS user`,
      `    ${hour} AS hour`,
      `    ${text(event.name)} AS event`,
      "    count() AS deliveries",
      `    uniqExactState(${key}) AS events`,
      ...states,
    ].join(",\n"),
    `FROM ${deployment.stored(table.name)} AS t`,
    `WHERE ${isNull ? `isNotNull(${id}) AND ` : ""}${userText} != ''`,
    `GROUP BY ${userText}, ${hour}`,
  ].join("\n");
}

function measured({ type }: Column, value: string, key: string, to: string, empty: string): string {
  if (type.kind !== "nullable") return `CAST(map(${key}, ${value}), 'Map(FixedString(16), ${to})')`;
  return `if(isNull(${value}), ${empty}, CAST(map(${key}, assumeNotNull(${value})), 'Map(FixedString(16), ${to})'))`;
}

/** The columns that make two deliveries one event. */
export const identityColumns = ({ event, table }: Arrival): readonly string[] =>
  (event.identity ?? []).flatMap((field) => table.columns.find((column) => column.field?.name === field)?.name ?? []);

const merged = (measures: readonly Measure[]): readonly string[] => [
  "    sum(u.deliveries) AS deliveries",
  "    uniqExactMerge(u.events) AS events",
  ...measures.map(({ name, type }) => {
    const values = `mapValues(maxMapMerge(u.${identifier(name)}))`;
    // A sum of 64-bit integers wraps in 64 bits: two enormous sizes would leave a user with less than nothing used.
    return `    ${type === "Int64" ? `arraySum(value -> toInt128(value), ${values})` : `arraySum(${values})`} AS ${identifier(name)}`;
  }),
];

const createReader = (
  name: string,
  base: string,
  measures: readonly Measure[],
  { named, onCluster }: Deployment,
): string =>
  [
    `CREATE OR REPLACE VIEW ${named(name)}${onCluster} AS`,
    "SELECT",
    ["    u.user AS user", "    u.hour AS hour", "    u.event AS event", ...merged(measures)].join(",\n"),
    `FROM ${named(base)} AS u`,
    "GROUP BY u.user, u.hour, u.event",
  ].join("\n");

/** A view with parameters: `SELECT * FROM telemetry_usage_since(user = '…', since = '2026-01-01 00:00:00')`. */
const createSince = (
  name: string,
  base: string,
  measures: readonly Measure[],
  { named, onCluster }: Deployment,
): string =>
  [
    `CREATE OR REPLACE VIEW ${named(name)}${onCluster} AS`,
    "SELECT",
    ["    u.event AS event", ...merged(measures)].join(",\n"),
    `FROM ${named(base)} AS u`,
    "WHERE u.user = {user:String} AND u.hour >= dateTrunc('hour', {since:DateTime64(3, 'UTC')})",
    "GROUP BY u.event",
  ].join("\n");
