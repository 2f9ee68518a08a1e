import {
  bracket,
  type Cursor,
  expect,
  looksAt,
  peek,
  readDotted,
  readName,
  readString,
  stop,
  take,
  until,
} from "./cursor.ts";
import { type Expression, expressionOf } from "./expression.ts";
import type { ColumnShape, ConstraintShape, PartShape } from "./shape.ts";
import { readType, type Type } from "./type.ts";

/** What stands in the brackets of CREATE TABLE. */
export interface Body {
  readonly columns: readonly ColumnShape[];
  readonly constraints: readonly ConstraintShape[];
  readonly parts: readonly PartShape[];
  readonly primaryKey?: readonly Expression[] | undefined;
}

/** Reads the bracket that the cursor stands before. */
export function readColumns(cursor: Cursor): Body {
  const columns: ColumnShape[] = [];
  const constraints: ConstraintShape[] = [];
  const parts: PartShape[] = [];
  let primaryKey: readonly Expression[] | undefined;
  expect(cursor, "(");
  for (let isFirst = true; !take(cursor, ")"); isFirst = false) {
    if (!isFirst) expect(cursor, ",");
    if (isPart(cursor, "CONSTRAINT")) constraints.push(readConstraint(cursor));
    else if (isPart(cursor, "INDEX")) parts.push(readPart(cursor, "INDEX"));
    else if (isPart(cursor, "PROJECTION")) parts.push(readPart(cursor, "PROJECTION"));
    else if (take(cursor, "PRIMARY", "KEY")) {
      const words = looksAt(cursor, "(") ? bracket(cursor) : until(cursor, () => false);
      primaryKey = words.filter(({ kind }) => kind !== "sign").map((word) => expressionOf([word], cursor.source));
    } else columns.push(...flattened(readColumn(cursor)));
  }
  return { columns, constraints, parts, primaryKey };
}

/** A column may have the name of what could stand there instead: then its type follows, and no second name. */
function isPart(cursor: Cursor, word: string): boolean {
  const next = peek(cursor, 1);
  const after = peek(cursor, 2);
  if (!looksAt(cursor, word) || (next?.kind !== "name" && next?.kind !== "quoted")) return false;
  const closes = after === undefined || (after.kind === "sign" && [",", ")"].includes(after.value));
  const describes =
    after?.kind === "name" && /^(?:DEFAULT|MATERIALIZED|ALIAS|EPHEMERAL|COMMENT|CODEC|TTL)$/i.test(after.value);
  return !closes && !describes;
}

function readConstraint(cursor: Cursor): ConstraintShape {
  expect(cursor, "CONSTRAINT");
  const name = readName(cursor);
  const how = take(cursor, "ASSUME") ? "ASSUME" : "CHECK";
  if (how === "CHECK") expect(cursor, "CHECK");
  const words = until(cursor, () => false);
  return { name, how, expression: expressionOf(words, cursor.source), words };
}

function readPart(cursor: Cursor, how: PartShape["how"]): PartShape {
  expect(cursor, how);
  const name = readName(cursor);
  return {
    how,
    name,
    rest: expressionOf(
      until(cursor, () => false),
      cursor.source,
    ),
  };
}

const kinds = ["DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL"] as const;
const text: Type = { kind: "plain", name: "String", args: [] };

function readColumn(cursor: Cursor): ColumnShape {
  const name = readDotted(cursor).join(".");
  const isTyped = !kinds.some((kind) => looksAt(cursor, kind));
  let column: ColumnShape = { name, type: isTyped ? readType(cursor) : text, comment: "" };
  const rest = () => until(cursor, () => isAttribute(cursor));
  for (let token = peek(cursor); token && !looksAt(cursor, ",") && !looksAt(cursor, ")"); token = peek(cursor)) {
    const how = kinds.find((kind) => take(cursor, kind));
    if (how) {
      const words = rest();
      column = { ...column, value: { how, expression: expressionOf(words, cursor.source), words } };
    } else if (take(cursor, "NOT", "NULL")) continue;
    else if (take(cursor, "NULL")) column = { ...column, type: { kind: "nullable", of: column.type } };
    else if (take(cursor, "COMMENT")) column = { ...column, comment: readString(cursor) };
    else if (take(cursor, "CODEC")) column = { ...column, codec: expressionOf(bracket(cursor), cursor.source) };
    else if (take(cursor, "TTL")) column = { ...column, ttl: expressionOf(rest(), cursor.source) };
    else if (take(cursor, "STATISTICS") || take(cursor, "SETTINGS")) bracket(cursor);
    else if (take(cursor, "COLLATE")) readName(cursor);
    else if (!take(cursor, "PRIMARY", "KEY")) stop(cursor, "a comma, a bracket or what a column is given");
  }
  return column;
}

/** What may follow an expression; each of these words can be the name of a column as well. */
function isAttribute(cursor: Cursor): boolean {
  const next = peek(cursor, 1);
  if (looksAt(cursor, "COMMENT")) return next?.kind === "string";
  if (["CODEC", "STATISTICS", "SETTINGS"].some((word) => looksAt(cursor, word)))
    return next?.kind === "sign" && next.value === "(" && peek(cursor, -1)?.kind !== "sign";
  return looksAt(cursor, "TTL") && peek(cursor, -1) !== undefined && next?.kind !== "sign";
}

/** A nested structure is a list for each of its elements. */
function flattened(column: ColumnShape): readonly ColumnShape[] {
  if (column.type.kind !== "nested") return [column];
  return column.type.elements.map(({ name, type }) => ({
    ...column,
    name: `${column.name}.${name ?? ""}`,
    type: { kind: "array", of: type },
  }));
}
