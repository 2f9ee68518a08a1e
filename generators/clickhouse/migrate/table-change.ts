import type { Change } from "./convert.ts";
import { convert, keepParts, lostParts } from "./convert.ts";
import { canonOf, renameIn } from "./expression.ts";
import type { ColumnShape, TableShape } from "./shape.ts";

/** How one table becomes another. */
export interface TableChange {
  readonly old: TableShape;
  /** The new table, and behind what stood before them the columns that only the old one has. */
  readonly target: TableShape;
  /** The new name of each column that has one. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly columns: readonly ColumnChange[];
  /** Columns of the target that only the old table has. */
  readonly surplus: readonly ColumnShape[];
  /** Parts of tuples that are lost, because somebody asked for it. */
  readonly cut: readonly string[];
  /** Parts of tuples that are kept, because nobody did. */
  readonly spared: readonly string[];
}

/** A column of the target, and what it was. */
export interface ColumnChange {
  readonly now: ColumnShape;
  readonly was?: ColumnShape;
  readonly change: Change;
  /** Where its value comes from is another than before. */
  readonly isRevalued: boolean;
}

/** Compares two tables, column by column. */
export function changeOf(
  old: TableShape,
  wanted: TableShape,
  renamed: ReadonlyMap<string, string>,
  isAllowed: (part: string) => boolean,
): TableChange {
  const before = new Map(old.columns.map((column) => [renamed.get(column.name) ?? column.name, column]));
  const known = new Set(wanted.columns.map(({ name }) => name));
  const surplus = [...before].filter(([name]) => !known.has(name)).map(([, column]) => column);
  const cut: string[] = [];
  const spared: string[] = [];
  const kept = wanted.columns.map((column): ColumnShape => {
    const was = before.get(column.name);
    if (!was) return column;
    const path = `${wanted.name.name}.${column.name}`;
    const lost = lostParts(was.type, column.type, path);
    cut.push(...lost.filter(isAllowed));
    spared.push(...lost.filter((part) => !isAllowed(part)));
    const type = keepParts(was.type, column.type, path, isAllowed);
    // A lifetime of a single column is no matter of contracts: whoever gave it one keeps it.
    return { ...column, type, ...(was.ttl && !column.ttl && { ttl: was.ttl }) };
  });
  const target: TableShape = { ...wanted, columns: withSurplus(kept, surplus, old, renamed) };
  const columns = target.columns.map((now): ColumnChange => {
    const was = before.get(now.name);
    if (!was) return { now, change: { how: "same" }, isRevalued: false };
    return {
      now,
      was,
      change: convert(was.type, now.type),
      isRevalued: printedValue(was, renamed) !== printedValue(now),
    };
  });
  return { old, target, renamed, columns, surplus, cut, spared };
}

/** A column that is no longer wanted stays behind the one it stood behind. */
function withSurplus(
  wanted: readonly ColumnShape[],
  surplus: readonly ColumnShape[],
  old: TableShape,
  renamed: ReadonlyMap<string, string>,
): readonly ColumnShape[] {
  const columns = [...wanted];
  for (const column of surplus) {
    const at = old.columns.indexOf(column);
    const before = old.columns[at - 1];
    const name = before && (renamed.get(before.name) ?? before.name);
    columns.splice(columns.findIndex((other) => other.name === name) + 1, 0, column);
  }
  return columns;
}

function printedValue({ value }: ColumnShape, renamed: ReadonlyMap<string, string> = new Map()): string {
  return value ? `${value.how} ${canonOf(renameIn(value.words, renamed))}` : "";
}

/** The form in which two codecs are compared: ClickHouse prints the width that follows from the column's type. */
export const codecOf = ({ codec }: ColumnShape): string =>
  (codec?.sql ?? "")
    .replace(/\s/g, "")
    .replace(/\b(Delta|DoubleDelta|Gorilla)\(\d+\)/g, "$1")
    .replace(/\bZSTD\b(?!\()/g, "ZSTD(1)")
    .replace(/\bT64\('bit'\)/g, "T64");
