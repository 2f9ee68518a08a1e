import { identifier, text } from "../sql.ts";
import type { Expression } from "./expression.ts";
import type { ColumnShape, ConstraintShape, QualifiedName, TableShape } from "./shape.ts";
import { hasNullableTuple, printType } from "./type.ts";

/** A table's name as SQL. */
export const sqlName = ({ database, name }: QualifiedName): string =>
  database === undefined ? identifier(name) : `${identifier(database)}.${identifier(name)}`;

/** One ALTER with these actions. A `rewrite` is waited for, so that the next step finds it done. */
export function alter(
  table: Pick<TableShape, "name" | "onCluster">,
  actions: readonly string[],
  how: { readonly waits?: boolean; readonly nullableTuples?: boolean } = {},
): string {
  const settings = [
    ...(how.waits ? ["mutations_sync = 2", "alter_sync = 2"] : []),
    ...(how.nullableTuples ? ["enable_nullable_tuple_type = 1"] : []),
  ];
  const body = actions.length === 1 ? ` ${actions[0]}` : `\n    ${actions.join(",\n    ")}`;
  return `ALTER TABLE ${sqlName(table.name)}${table.onCluster}${body}${settings.length > 0 ? `\nSETTINGS ${settings.join(", ")}` : ""}`;
}

/** A query that fails with a sentence when a row meets the condition. */
export function guard(from: string, bad: string, sentence: string, nullableTuples = false): string {
  const settings = nullableTuples ? "\nSETTINGS enable_nullable_tuple_type = 1" : "";
  return `SELECT throwIf(countIf(${bad}) > 0, ${text(sentence)}) FROM ${from}${settings}`;
}

/** Where the rows of a table are read, before it has another name and after that. */
export interface Whereabouts {
  readonly from: string;
  readonly fromBefore: string;
}

/** The look before a step that could lose something; the condition is made with the names of now, and with those of before. */
export function looks(
  { from, fromBefore }: Whereabouts,
  bad: readonly [now: string, before: string],
  sentence: string,
  nullableTuples: boolean,
): { readonly preflight: string; readonly earlyPreflight?: string } {
  const preflight = guard(from, bad[0], sentence, nullableTuples);
  const early = guard(fromBefore, bad[1], sentence, nullableTuples);
  return { preflight, ...(early !== preflight && { earlyPreflight: early }) };
}

/** A column as CREATE and ALTER have it. */
export function definition(column: ColumnShape): string {
  return [
    identifier(column.name),
    printType(column.type),
    ...(column.value ? [`${column.value.how} ${column.value.expression.sql}`.trimEnd()] : []),
    ...(column.comment === "" ? [] : [`COMMENT ${text(column.comment)}`]),
    ...(column.codec ? [`CODEC(${column.codec.sql})`] : []),
    ...(column.ttl ? [`TTL ${column.ttl.sql}`] : []),
  ].join(" ");
}

/** A constraint as CREATE and ALTER have it. */
export const constraint = ({ name, how, expression }: ConstraintShape): string =>
  `CONSTRAINT ${identifier(name)} ${how} ${expression.sql}`;

/** The statement that creates a table. */
export function createTable(table: TableShape): string {
  const { engine, partitionBy, primaryKey, orderBy, sampleBy, ttl, settings, comment, written } = table;
  const body = [
    ...table.columns.map(definition),
    ...table.parts.map(({ how, name, rest }) => `${how} ${identifier(name)} ${rest.sql}`),
    ...table.constraints.map(constraint),
  ];
  const all = new Map(settings);
  if (table.columns.some(({ type }) => hasNullableTuple(type))) all.set("enable_nullable_tuple_type", "1");
  return [
    `CREATE TABLE ${sqlName(table.name)}${table.onCluster}`,
    `(\n    ${body.join(",\n    ")}\n)`,
    `ENGINE = ${engine.name}${engine.args.length > 0 ? `(${join(engine.args)})` : ""}`,
    ...(partitionBy ? [`PARTITION BY ${partitionBy.sql}`] : []),
    ...(primaryKey ? [`PRIMARY KEY ${written.primaryKey ?? key(primaryKey)}`] : []),
    ...(isMergeTree(table) ? [`ORDER BY ${written.orderBy ?? key(orderBy)}`] : []),
    ...(sampleBy ? [`SAMPLE BY ${sampleBy.sql}`] : []),
    ...(ttl ? [`TTL ${ttl.sql}`] : []),
    ...(all.size > 0 ? [`SETTINGS ${[...all].map(([name, value]) => `${name} = ${value}`).join(", ")}`] : []),
    ...(comment === "" ? [] : [`COMMENT ${text(comment)}`]),
  ].join("\n");
}

/** Whether rows are sorted and stored in parts. */
export const isMergeTree = ({ engine }: TableShape): boolean => engine.name.endsWith("MergeTree");

/** Whether a table keeps rows at all, so that dropping it loses something. */
export const keepsRows = ({ engine }: TableShape): boolean =>
  !["Kafka", "Null", "Distributed", "Merge", "Buffer", "RabbitMQ", "NATS"].includes(engine.name);

/** What rows are sorted by, in brackets. */
export const key = (parts: readonly Expression[]): string => (parts.length === 0 ? "tuple()" : `(${join(parts)})`);
const join = (parts: readonly Expression[]): string => parts.map(({ sql }) => sql).join(", ");
