import type { Report } from "../../../model/index.ts";
import {
  type Cursor,
  expect,
  isUnreadable,
  looksAt,
  peek,
  readDotted,
  readString,
  stop,
  take,
  until,
} from "./cursor.ts";
import { unreadableCreate } from "./diagnostics.ts";
import { type Expression, expressionOf } from "./expression.ts";
import { readColumns } from "./read-columns.ts";
import type { QualifiedName, Shape, TableShape, ViewShape } from "./shape.ts";
import { type Token, tokens } from "./tokens.ts";

/** A text with CREATE statements: a generated file, or what SHOW CREATE TABLE answered. */
export interface SqlText {
  readonly path: string;
  readonly content: string;
}

const longest = 8_000_000;

/** The tables, views and databases of a text. What is no CREATE statement is passed over, what cannot be read is told. */
export function readCreates({ path, content }: SqlText, report: Report): readonly Shape[] {
  const source = withoutEscapes(content);
  if (source.length > longest) {
    report(unreadableCreate({ path, start: 0, end: 0 }, { expected: `a text of at most ${longest / 1_000_000} MB` }));
    return [];
  }
  return statementsOf(tokens(source)).flatMap((words) => {
    const cursor: Cursor = { source, tokens: words, at: 0, depth: 0 };
    if (!looksAt(cursor, "CREATE") && !looksAt(cursor, "ATTACH")) return [];
    try {
      return [readCreate(cursor)].filter((shape) => shape !== undefined);
    } catch (fault) {
      if (!isUnreadable(fault)) throw fault;
      // Offsets are those of the text as it lies there, unless a client has escaped it.
      const [start, end] = source === content ? [fault.start, fault.end] : [0, 0];
      report(unreadableCreate({ path, start, end }, { expected: fault.unreadable }));
      return [];
    }
  });
}

/** `clickhouse-client` prints a statement on one line, with `\n` for each of its ends of line, unless asked for TSVRaw. */
function withoutEscapes(content: string): string {
  const line = content.trim();
  if (line.includes("\n") || !/^(?:CREATE|ATTACH)\s[^']*?\\n\(\\n/i.test(line)) return content;
  return line.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char === "t" ? "\t" : char));
}

function statementsOf(words: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]];
  for (const word of words) {
    if (word.kind === "sign" && word.value === ";") statements.push([]);
    else statements.at(-1)?.push(word);
  }
  return statements.filter((statement) => statement.length > 0);
}

function readCreate(cursor: Cursor): Shape | undefined {
  cursor.at++;
  const replaces = take(cursor, "OR", "REPLACE");
  take(cursor, "TEMPORARY");
  if (take(cursor, "DATABASE")) return { kind: "database", ...head(cursor) };
  const materialized = take(cursor, "MATERIALIZED");
  if (materialized || looksAt(cursor, "VIEW")) {
    expect(cursor, "VIEW");
    return readView(cursor, materialized, replaces);
  }
  // Functions, dictionaries and whatever else can be created are nobody's tables.
  return take(cursor, "TABLE") ? readTable(cursor) : undefined;
}

function head(cursor: Cursor) {
  take(cursor, "IF", "NOT", "EXISTS");
  const name = readQualified(cursor);
  if (take(cursor, "UUID")) readString(cursor);
  const at = cursor.at;
  if (take(cursor, "ON", "CLUSTER")) cursor.at++;
  const words = cursor.tokens.slice(at, cursor.at);
  const onCluster = words.length > 0 ? ` ${expressionOf(words, cursor.source).sql}` : "";
  const [first, last] = [cursor.tokens[0], cursor.tokens.at(-1)];
  return { name, onCluster, statement: cursor.source.slice(first?.start ?? 0, last?.end ?? 0) };
}

function readQualified(cursor: Cursor): QualifiedName {
  const parts = readDotted(cursor);
  const [database, name] = parts.length > 1 ? parts : [undefined, parts[0]];
  if (name === undefined || parts.length > 2) return stop(cursor, "a name of a table");
  return { name, ...(database !== undefined && { database }) };
}

const clauses = ["ENGINE", "PARTITION", "PRIMARY", "ORDER", "SAMPLE", "TTL", "SETTINGS", "COMMENT", "AS", "EMPTY"];
const isClause = (cursor: Cursor): boolean =>
  clauses.some((clause) => looksAt(cursor, clause)) && peek(cursor, -1)?.value !== ".";

function readTable(cursor: Cursor): TableShape {
  const start = head(cursor);
  const body = looksAt(cursor, "(")
    ? readColumns(cursor)
    : { columns: [], constraints: [], parts: [], primaryKey: undefined };
  let table: TableShape = {
    kind: "table",
    ...start,
    columns: body.columns,
    constraints: body.constraints,
    parts: body.parts,
    ...(body.primaryKey && { primaryKey: body.primaryKey }),
    engine: { name: "", args: [] },
    orderBy: [],
    written: {},
    settings: new Map(),
    comment: "",
  };
  const rest = (): Expression =>
    expressionOf(
      until(cursor, () => isClause(cursor), false),
      cursor.source,
    );
  while (peek(cursor)) {
    if (take(cursor, "ENGINE")) {
      take(cursor, "=");
      table = { ...table, engine: readEngine(cursor) };
    } else if (take(cursor, "PARTITION", "BY")) table = { ...table, partitionBy: rest() };
    else if (take(cursor, "PRIMARY", "KEY")) {
      const { parts, sql } = readKey(cursor);
      table = { ...table, primaryKey: parts, written: { ...table.written, primaryKey: sql } };
    } else if (take(cursor, "ORDER", "BY")) {
      const { parts, sql } = readKey(cursor);
      table = { ...table, orderBy: parts, written: { ...table.written, orderBy: sql } };
    } else if (take(cursor, "SAMPLE", "BY")) table = { ...table, sampleBy: rest() };
    else if (take(cursor, "TTL")) table = { ...table, ttl: readTtl(cursor) };
    else if (take(cursor, "SETTINGS")) table = { ...table, settings: readSettings(cursor) };
    else if (take(cursor, "COMMENT")) table = { ...table, comment: readString(cursor) };
    else if (take(cursor, "AS")) table = { ...table, as: readQualified(cursor) };
    else if (!take(cursor, "EMPTY")) stop(cursor, "ENGINE, ORDER BY or another clause of CREATE TABLE");
  }
  return table;
}

function readEngine(cursor: Cursor): TableShape["engine"] {
  const [name] = readDotted(cursor);
  if (!looksAt(cursor, "(")) return { name: name ?? "", args: [] };
  return { name: name ?? "", args: readTuple(cursor) };
}

/** The values of a bracket. */
function readTuple(cursor: Cursor): readonly Expression[] {
  expect(cursor, "(");
  const values: Expression[] = [];
  while (!take(cursor, ")")) {
    if (values.length > 0) expect(cursor, ",");
    const words = until(cursor, () => false);
    if (words.length === 0) stop(cursor, "an expression");
    values.push(expressionOf(words, cursor.source));
  }
  return values;
}

/** What rows are sorted by: `a`, `(a, b)` or `tuple()`. */
function readKey(cursor: Cursor): { readonly parts: readonly Expression[]; readonly sql: string } {
  const from = cursor.at;
  const parts = keyParts(cursor);
  return { parts, sql: expressionOf(cursor.tokens.slice(from, cursor.at), cursor.source).sql };
}

function keyParts(cursor: Cursor): readonly Expression[] {
  const from = cursor.at;
  if (take(cursor, "TUPLE", "(", ")")) return [];
  if (looksAt(cursor, "(")) {
    const values = readTuple(cursor);
    if (!peek(cursor) || isClause(cursor)) return values;
    cursor.at = from;
  }
  return [
    expressionOf(
      until(cursor, () => isClause(cursor), false),
      cursor.source,
    ),
  ];
}

function readTtl(cursor: Cursor): Expression {
  const words = until(cursor, () => isClause(cursor), false);
  // Deleting is what a TTL does when nothing else is said.
  const isDelete = words.at(-1)?.kind === "name" && words.at(-1)?.value.toUpperCase() === "DELETE";
  return expressionOf(isDelete ? words.slice(0, -1) : words, cursor.source);
}

function readSettings(cursor: Cursor): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  do {
    const name = readDotted(cursor).join(".");
    expect(cursor, "=");
    settings.set(
      name,
      expressionOf(
        until(cursor, () => isClause(cursor)),
        cursor.source,
      ).canon,
    );
  } while (take(cursor, ","));
  return settings;
}

function readView(cursor: Cursor, materialized: boolean, replaces: boolean): ViewShape {
  const start = head(cursor);
  let to: QualifiedName | undefined;
  while (peek(cursor) && !looksAt(cursor, "AS")) {
    if (take(cursor, "TO")) to = readQualified(cursor);
    else if (looksAt(cursor, "(")) readColumns(cursor);
    else cursor.at++;
  }
  expect(cursor, "AS");
  const words = cursor.tokens.slice(cursor.at);
  const sources = words.flatMap((word, index) => {
    const isFrom = word.kind === "name" && /^(?:FROM|JOIN)$/i.test(word.value);
    const inner: Cursor = { ...cursor, at: cursor.at + index + 1 };
    const next = peek(inner);
    return isFrom && (next?.kind === "quoted" || next?.kind === "name") ? [qualifiedAt(inner)] : [];
  });
  // Whatever is written twice is still one table.
  const once = new Map(sources.map((source) => [`${source.database ?? ""}.${source.name}`, source]));
  const query = words.map(({ kind, value }) => (kind === "string" ? JSON.stringify(value) : value)).join(" ");
  return { kind: "view", ...start, materialized, replaces, ...(to && { to }), sources: [...once.values()], query };
}

function qualifiedAt(cursor: Cursor): QualifiedName {
  const [first, ...more] = readDotted(cursor);
  const name = more.at(-1);
  return name === undefined ? { name: first ?? "" } : { database: first ?? "", name };
}
