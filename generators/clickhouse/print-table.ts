import { printType } from "./column-type.ts";
import { identifier, oneLine, text } from "./sql.ts";
import type { Column, Engine, Table } from "./table.ts";

/** A table's file: everything that has to be executed for it, as often as one likes. */
export function printTable(table: Table, header: string): string {
  const database = identifier(table.database);
  return [
    `-- ${oneLine(header)}`,
    "",
    `CREATE DATABASE IF NOT EXISTS ${database};`,
    "",
    `CREATE TABLE IF NOT EXISTS ${database}.${identifier(table.name)}`,
    "(",
    printColumns(table.columns),
    ")",
    `ENGINE = ${printEngine(table.engine)}`,
    ...(table.partitionBy ? [`PARTITION BY ${table.partitionBy}`] : []),
    ...(table.primaryKey ? [`PRIMARY KEY ${key(table.primaryKey)}`] : []),
    `ORDER BY ${key(table.orderBy)}`,
    ...(table.ttl ? [`TTL ${identifier(table.ttl.column)} + INTERVAL ${table.ttl.days} DAY DELETE`] : []),
    ...(table.settings.length > 0 ? [`SETTINGS ${table.settings.join(", ")}`] : []),
    `COMMENT ${text(oneLine(table.comment))};`,
    "",
  ].join("\n");
}

const indent = "    ";
/** A type or default longer than this moves its own comment, and no other column's. */
const widest = 56;

function printColumns(columns: readonly Column[]): string {
  const rows = columns.map((column) => {
    const { how, expression } = column.value ?? {};
    return {
      name: identifier(column.name),
      type: printType(column.type, indent) + (how ? ` ${how} ${expression}` : ""),
      rest: `COMMENT ${text(column.comment)}${column.codec ? ` CODEC(${column.codec})` : ""}`,
    };
  });
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const widths = rows.map(({ type }) => (type.includes("\n") ? 0 : type.length));
  const typeWidth = Math.max(0, ...widths.filter((width) => width <= widest));
  return rows
    .map(({ name, type, rest }) => {
      const aligned = type.includes("\n") ? type : type.padEnd(typeWidth);
      return `${indent}${name.padEnd(nameWidth)} ${aligned} ${rest}`;
    })
    .join(",\n");
}

const printEngine = (engine: Engine): string =>
  engine.name === "MergeTree" ? "MergeTree" : `ReplacingMergeTree(${identifier(engine.version)})`;

const key = (columns: readonly string[]): string => `(${columns.map(identifier).join(", ")})`;
