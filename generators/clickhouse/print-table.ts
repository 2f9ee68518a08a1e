import { printType } from "./column-type.ts";
import { createTable, type Deployment } from "./deployment.ts";
import { identifier, oneLine, text } from "./sql.ts";
import type { Column, Constraint, Table } from "./table.ts";

/** A table's file: everything that has to be executed for it, as often as one likes. */
export function printTable(table: Table, header: string, deployment: Deployment): string {
  const { engine } = table;
  const statements = createTable(
    {
      name: table.name,
      columns: [printColumns(table.columns), ...table.constraints.map(printConstraint)].join(",\n"),
      engine: engine.name,
      ...(engine.name === "ReplacingMergeTree" && { version: identifier(engine.version) }),
      layout: [
        ...(table.partitionBy ? [`PARTITION BY ${table.partitionBy}`] : []),
        ...(table.primaryKey ? [`PRIMARY KEY ${key(table.primaryKey)}`] : []),
        `ORDER BY ${key(table.orderBy)}`,
        ...(table.ttl ? [`TTL ${identifier(table.ttl.column)} + INTERVAL ${table.ttl.days} DAY DELETE`] : []),
        ...(table.settings.length > 0 ? [`SETTINGS ${table.settings.join(", ")}`] : []),
      ],
      ...(table.identity.length > 0 && { shardBy: `cityHash64${key(table.identity)}` }),
      comment: oneLine(table.comment),
    },
    deployment,
  );
  const database = `CREATE DATABASE IF NOT EXISTS ${identifier(table.database)}${deployment.onCluster}`;
  return [`-- ${oneLine(header)}`, ...[database, ...statements].map((statement) => `${statement};`)]
    .join("\n\n")
    .concat("\n");
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

const printConstraint = ({ name, check }: Constraint): string =>
  `${indent}CONSTRAINT ${identifier(name)} CHECK ${check}`;

const key = (columns: readonly string[]): string => `(${columns.map(identifier).join(", ")})`;
