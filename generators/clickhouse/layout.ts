import { type Event, jsonKey, type Message, messageOf, nearest, type Report, type Span } from "../../model/index.ts";
import { type ColumnType, hasNullableTuple } from "./column-type.ts";
import { tableComment } from "./comment.ts";
import type { Context } from "./context.ts";
import * as say from "./diagnostics.ts";
import type { Partition } from "./options.ts";
import { identifier } from "./sql.ts";
import type { Column, Engine, IngestNames, Table } from "./table.ts";

/** Decides engine, keys, partitions and lifetime of an event's table. */
export function layOut(
  name: string,
  event: Event,
  message: Message,
  columns: readonly Column[],
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
  const partitionBy = partitionColumn && partitionOf(own?.partition ?? options.partition ?? "month", partitionColumn);
  const byIdentity = [...new Set([...(time ? [time] : []), ...identity])];
  const byArrival = [ingest.ingestedAt, ingest.topic, ingest.partition, ingest.offset];
  const orderBy = own?.orderBy ?? (replaces ? byIdentity : byArrival);
  if (own?.orderBy) checkOrder(event, own.orderBy, columns, span, report);
  if (replaces) checkIdentity(event, identity, orderBy, columns, span, report);

  const ttlDays = own?.ttlDays ?? options.ttlDays ?? 0;
  return {
    database: options.database ?? "events",
    name,
    event,
    columns,
    engine,
    ...(partitionBy && { partitionBy }),
    // The index stays small when the identity, different in every row, is left out of it.
    ...(replaces && !own?.orderBy && time && orderBy.length > 1 && { primaryKey: [time] }),
    orderBy,
    ...(ttlDays > 0 && { ttl: { column: time ?? ingest.ingestedAt, days: ttlDays } }),
    settings: [
      ...(ttlDays > 0 && partitionBy ? ["ttl_only_drop_parts = 1"] : []),
      ...(columns.some(({ type }) => hasNullableTuple(type)) ? ["enable_nullable_tuple_type = 1"] : []),
    ],
    comment: tableComment(event, event.doc ?? message.doc),
  };
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

function partitionOf(span: Partition, column: string): string | undefined {
  if (span === "none") return undefined;
  const functions = { day: "toYYYYMMDD", month: "toYYYYMM", year: "toYear" } as const;
  return `${functions[span]}(${identifier(column)})`;
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
