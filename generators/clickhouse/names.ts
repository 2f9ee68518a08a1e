import { type Event, eventStem, type Field, type Report, type View } from "../../model/index.ts";
import type { ColumnType } from "./column-type.ts";
import * as say from "./diagnostics.ts";
import type { Column, IngestNames } from "./table.ts";

/** `telemetry_xumi_weights_load_start`: system and event with underscores; it is the name of the file as well. */
export const tableName = (event: Event): string =>
  `${event.system}_${eventStem(event)}`.replace(/[^A-Za-z0-9_]+/g, "_");

/**
 * The events by the name of their table; two that would share one are reported. All systems have their tables in one database.
 * Case does not tell files apart.
 */
export function tableNames({ systems, events }: View, report: Report): ReadonlyMap<string, Event> {
  const tables = new Map<string, Event>();
  const first = new Map<string, Event>();
  for (const event of systems.flatMap(({ name }) => events(name))) {
    const table = tableName(event);
    const other = first.get(table.toLowerCase());
    if (!other) {
      first.set(table.toLowerCase(), event);
      tables.set(table, event);
      continue;
    }
    const span = other.origins[0]?.span;
    const related = span && [{ message: "The other event is declared here.", span }];
    report(say.tableCollision(event.origins[0]?.span, { table, event: event.name, other: other.name }, related));
  }
  return tables;
}

/** Refused at every MergeTree: the engine stores columns of its own under these names. */
const reserved = new Set(["", "_row_exists", "_block_number", "_block_offset"]);

/** Reports columns of one table whose names ClickHouse refuses. */
export function checkColumnNames(of: string, columns: readonly Column[], ingest: IngestNames, report: Report): void {
  const byName = new Map<string, Field>();
  const parts = new Map(columns.flatMap(({ name, type }) => partsOf(name, type).map((part) => [part, name] as const)));
  const ingestColumns = new Set(Object.values(ingest));
  for (const { name: column, field } of columns) {
    if (!field) continue;
    const span = field.origins[0]?.span;
    const same = byName.get(column);
    const whole = parts.get(column);
    if (ingestColumns.has(column)) report(say.ingestCollision(span, { of, column }));
    else if (reserved.has(column)) report(say.reservedColumn(span, { of, column }));
    else if (same) report(say.columnCollision(span, { of, column, other: column }, firstHere(same)));
    else if (whole !== undefined) report(say.columnCollision(span, { of, column, other: whole }));
    if (!same) byName.set(column, field);
  }
}

/** The names under which the parts of a tuple are stored. */
function partsOf(name: string, type: ColumnType): readonly string[] {
  if (type.kind === "nullable") return partsOf(name, type.of);
  if (type.kind === "array") return partsOf(name, type.item);
  if (type.kind !== "tuple") return [];
  return type.elements.flatMap((element) => {
    const part = `${name}.${element.name}`;
    return [part, ...partsOf(part, element.type)];
  });
}

const firstHere = (field: Field) => {
  const span = field.origins[0]?.span;
  return span && [{ message: "The first of them is declared here.", span }];
};
