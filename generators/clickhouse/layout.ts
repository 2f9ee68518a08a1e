import {
  compareText,
  type Event,
  jsonKey,
  type Message,
  messageOf,
  nearest,
  type Report,
  type Span,
} from "../../model/index.ts";
import { type ColumnType, hasNullableTuple } from "./column-type.ts";
import { tableComment } from "./comment.ts";
import type { Context } from "./context.ts";
import * as say from "./diagnostics.ts";
import type { ColumnOrder, EventOptions, Partition } from "./options.ts";
import { identifier } from "./sql.ts";
import type { Column, Engine, IngestNames, Table } from "./table.ts";

/** Decides engine, keys, partitions and lifetime of an event's table. */
export function layOut(
  name: string,
  event: Event,
  message: Message,
  { columns, constraints }: Pick<Table, "columns" | "constraints">,
  ingest: IngestNames,
  context: Context,
  report: Report,
): Table {
  const { options } = context;
  const own = options.events && Object.hasOwn(options.events, event.name) ? options.events[event.name] : undefined;
  const span = event.origins[0]?.span;
  const time = timeColumn(event, columns, context);
  const identity = (event.identity ?? []).map((field) => jsonKey({ name: field }, context.profile));

  const replaces = own?.engine ? own.engine === "ReplacingMergeTree" : identity.length > 0;
  if (replaces && identity.length === 0) report(say.noIdentity(span, { event: event.name }));
  const engine: Engine = replaces ? { name: "ReplacingMergeTree", version: ingest.ingestedAt } : { name: "MergeTree" };

  // Rows of one event must meet in one partition to become one, so that only the event's own time may part them.
  const partitionColumn = time ?? (replaces ? undefined : ingest.ingestedAt);
  const partitionBy =
    partitionColumn && partitionOf(own?.partition ?? options.partition ?? "month", partitionColumn, ingest);
  const byIdentity = [...new Set([...(time ? [time] : []), ...identity])];
  const byArrival = [ingest.ingestedAt, ingest.topic, ingest.partition, ingest.offset];
  const orderBy = own?.orderBy ?? (replaces ? byIdentity : byArrival);
  if (own?.orderBy) checkOrder(event, own.orderBy, columns, span, report);
  if (replaces) checkIdentity(event, identity, orderBy, columns, span, report);

  if (own?.primaryKey?.some((column, index) => column !== orderBy[index]))
    report(say.keyNotPrefix(span, { event: event.name, key: own.primaryKey.join(", "), order: orderBy.join(", ") }));
  // The index stays small when the identity, different in every row, is left out of it.
  const isShort = replaces && !own?.orderBy && time !== undefined && orderBy.length > 1;
  const primaryKey = own?.primaryKey ?? (isShort ? [time] : undefined);

  const ttlDays = own?.ttlDays ?? options.ttlDays ?? 0;
  return {
    database: options.database ?? "events",
    name,
    event,
    columns: arrange(withOwnCodecs(event, columns, own?.codecs, span, report), orderBy, options.columnOrder),
    constraints,
    engine,
    identity: [...new Set(identity)],
    ...(time !== undefined && { time }),
    ...(partitionBy && { partitionBy }),
    ...(primaryKey && { primaryKey }),
    orderBy,
    ...(ttlDays > 0 && { ttl: { column: time ?? ingest.ingestedAt, days: ttlDays } }),
    settings: [
      ...(ttlDays > 0 && partitionBy ? ["ttl_only_drop_parts = 1"] : []),
      ...(columns.some(({ type }) => hasNullableTuple(type)) ? ["enable_nullable_tuple_type = 1"] : []),
    ],
    comment: tableComment(event, event.doc ?? message.doc),
  };
}

function withOwnCodecs(
  event: Event,
  columns: readonly Column[],
  codecs: EventOptions["codecs"] = {},
  span: Span | undefined,
  report: Report,
): readonly Column[] {
  const names = columns.map(({ name }) => name);
  for (const column of Object.keys(codecs))
    if (!names.includes(column))
      report(say.unknownCodecColumn(span, { event: event.name, column, near: nearest(column, names) }));
  return columns.map((column) => {
    const codec = Object.hasOwn(codecs, column.name) ? codecs[column.name] : undefined;
    return codec === undefined ? column : { ...column, codec };
  });
}

/** Columns in the order that was asked for: a derived one stays behind what it is derived from, and ingest is last. */
function arrange(
  columns: readonly Column[],
  orderBy: readonly string[],
  order: ColumnOrder = "declared",
): readonly Column[] {
  if (order === "declared") return columns;
  const groups: Column[][] = [];
  for (const column of columns)
    if (column.role === "derived") groups.at(-1)?.push(column);
    else groups.push([column]);
  const place = (group: readonly Column[]): number => {
    const places = group.map(({ name }) => orderBy.indexOf(name)).filter((index) => index >= 0);
    return places.length > 0 ? Math.min(...places) : orderBy.length;
  };
  const fields = groups.filter(([column]) => column?.role === "field");
  const rest = groups.filter(([column]) => column?.role !== "field");
  const sorted =
    order === "name"
      ? fields.toSorted(([a], [b]) => compareText(a?.name ?? "", b?.name ?? ""))
      : fields.toSorted((a, b) => place(a) - place(b));
  return [...sorted, ...rest].flat();
}

/** When the event happened: the first column of a time that is always there, the envelope's before the payload's. */
function timeColumn(event: Event, columns: readonly Column[], { view, profile }: Context): string | undefined {
  const always = columns.flatMap((column, index) => {
    // What is derived from a number stands right behind it.
    const source = column.role === "derived" ? columns[index - 1] : column;
    return column.type.kind === "time" && source?.field?.presence === "required" ? [{ column, source }] : [];
  });
  const envelope = event.envelope && messageOf({ kind: "named", name: event.envelope.type }, view);
  const outer = new Set((envelope?.fields ?? []).map((field) => jsonKey(field, profile)));
  return (always.find(({ source }) => outer.has(source.name)) ?? always[0])?.column.name;
}

/**
 * One block may fill no more than a hundred partitions: ClickHouse refuses the others, and whoever reads a topic is stopped
 * by them for ever. A clock that is wrong sends any time there is, so that times far from the present share a partition.
 */
const nearby = 48;

function partitionOf(span: Partition, column: string, ingest: IngestNames): string | undefined {
  if (span === "none") return undefined;
  const functions = { day: "toYYYYMMDD", month: "toYYYYMM", year: "toYear" } as const;
  const partition = `${functions[span]}(${identifier(column)})`;
  if (column === ingest.ingestedAt) return partition;
  const distance = `dateDiff('${span}', ${identifier(ingest.ingestedAt)}, ${identifier(column)})`;
  return `if(abs(${distance}) < ${nearby}, ${partition}, 0)`;
}

function checkOrder(
  event: Event,
  orderBy: readonly string[],
  columns: readonly Column[],
  span: Span | undefined,
  report: Report,
): void {
  for (const column of orderBy) {
    const found = columns.find(({ name }) => name === column);
    const names = columns.map(({ name }) => name);
    const why = found && notSortable(found.type);
    if (!found) report(say.unknownOrder(span, { event: event.name, column, near: nearest(column, names) }));
    else if (why) report(say.orderNotSortable(span, { event: event.name, column, why }));
  }
}

function checkIdentity(
  event: Event,
  identity: readonly string[],
  orderBy: readonly string[],
  columns: readonly Column[],
  span: Span | undefined,
  report: Report,
): void {
  for (const field of identity) {
    const column = columns.find(({ name }) => name === field);
    const why = column && notSortable(column.type);
    if (!orderBy.includes(field)) report(say.orderWithoutIdentity(span, { event: event.name, field }));
    else if (why) report(say.identityNotSortable(span, { event: event.name, field, why }));
  }
}

function notSortable(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "nullable":
      return "it may be absent";
    case "json":
    case "map":
    case "tuple":
    case "array":
      return "it has parts";
    case "plain":
      return type.name.startsWith("Float") ? "it is a fraction" : undefined;
    default:
      return undefined;
  }
}
