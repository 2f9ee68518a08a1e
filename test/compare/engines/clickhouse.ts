import type { JsonValue } from "@bufbuild/protobuf";
import { Session } from "chdb";
import { type Verdict, worst } from "../../../checks/index.ts";
import clickhouse from "../../../generators/clickhouse/index.ts";
import { wireText } from "../../../verify/index.ts";
import { counterpart, type Engine, isSameValue, rolesOf, type Side } from "./side.ts";

interface Table {
  /** Types by column. */
  readonly columns: ReadonlyMap<string, string>;
  readonly checks: readonly string[];
}

/** A table of one side with its samples as rows, altered into that of the other, and read. */
export function clickhouseEngine(): Engine {
  const session = new Session();
  session.query("SET enable_nullable_tuple_type = 1");
  session.query("SET mutations_sync = 1");
  const tables = new Map<Side, Table>();
  const tableOf = (side: Side): Table => {
    const found = tables.get(side) ?? parse(side);
    tables.set(side, found);
    return found;
  };
  let count = 0;
  return (pair, direction) => {
    const [writer, reader] = rolesOf(pair, direction);
    const [from, to] = [tableOf(writer), tableOf(reader)];
    const table = `t${count++}`;
    try {
      return altered(session, table, { writer, reader, from, to });
    } finally {
      session.query(`DROP TABLE IF EXISTS ${table} SYNC`);
    }
  };
}

interface Task {
  readonly writer: Side;
  readonly reader: Side;
  readonly from: Table;
  readonly to: Table;
}

function altered(session: Session, table: string, { writer, reader, from, to }: Task): Verdict {
  const columns = [...from.columns].map(([name, type]) => `\`${name}\` ${type}`);
  session.query(`CREATE TABLE ${table} (n UInt32, ${columns.join(", ")}) ENGINE = MergeTree ORDER BY n`);
  const rows = writer.samples.map((sample, n) => `{"n":${n},${wireText(sample).slice(1)}`.replace(/,\}$/, "}"));
  session.query(`INSERT INTO ${table} FORMAT JSONEachRow ${rows.join("\n")}`);
  const written = read(session, table);
  const found: Verdict[] = [];
  for (const field of writer.made.fields) {
    const same = counterpart(field, writer, reader);
    // Its values stay, in a column that nothing asks for; or the field is asked for in another, which has none of them.
    if (!same) found.push("unknown-field");
    else if (same.name !== field.name && written.some((row) => !isEmpty(row[field.name]))) found.push("lossy");
  }
  const had = new Set(writer.made.fields.map((field) => counterpart(field, writer, reader)));
  // Nothing was said of it, and the table says zero.
  for (const field of reader.made.fields)
    if (!had.has(field) && field.presence === "required" && !isMany(to.columns.get(field.name))) found.push("lossy");
  const changed = [...to.columns].filter(([name, type]) => (from.columns.get(name) ?? type) !== type);
  try {
    for (const [name, type] of to.columns)
      if (!from.columns.has(name)) session.query(`ALTER TABLE ${table} ADD COLUMN \`${name}\` ${type}`);
    for (const [name, type] of changed) session.query(`ALTER TABLE ${table} MODIFY COLUMN \`${name}\` ${type}`);
    const back = read(session, table);
    for (const [name] of changed)
      for (const [at, row] of written.entries())
        if (!isSameStored(row[name], back[at]?.[name], { writer, reader })) found.push("lossy");
    for (const check of to.checks)
      if (session.query(`SELECT count() FROM ${table} WHERE NOT (${check})`, "TSVRaw").trim() !== "0")
        found.push("breaking");
  } catch {
    found.push("breaking");
  }
  return worst(found);
}

type Row = Readonly<Record<string, JsonValue>>;

const read = (session: Session, table: string): readonly Row[] =>
  session
    .query(`SELECT * FROM ${table} ORDER BY n SETTINGS output_format_json_quote_64bit_integers = 1`, "JSONEachRow")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || ["null", "0", '"0"', '""', "false", "[]", "{}"].includes(JSON.stringify(value));

const isMany = (type: string | undefined): boolean => /^(?:Array|Map)\(/.test(type ?? "");

/** The name of an enum's value is as good as its number, and a truth value may be spelt. */
function isSameStored(from: JsonValue | undefined, to: JsonValue | undefined, sides: Pick<Task, "writer" | "reader">) {
  if (isSameValue(from, to)) return true;
  if (typeof from === "boolean") return to === String(from);
  const number = sides.writer.made.values.find(({ name }) => name === from)?.number;
  return number !== undefined && (to === number || to === String(number));
}

function parse({ view }: Side): Table {
  const { files } = clickhouse.generate(view, { options: {}, report: () => undefined }) as {
    readonly files: readonly { readonly path: string; readonly content: string }[];
  };
  const text = files.find(({ path }) => path.endsWith("shop_paid.sql"))?.content ?? "";
  const columns = [...text.matchAll(/^ {4}`(\w+)`\s+(.*?)\s+(?:DEFAULT|COMMENT|CODEC) /gm)]
    .map(([, name = "", type = ""]) => [name, type] as const)
    .filter(([name]) => !/^(?:ingested_at|kafka_\w+)$/.test(name));
  const checks = [...text.matchAll(/^ {4}CONSTRAINT `[^`]*` CHECK (.*?),?$/gm)].map(([, check = ""]) => check);
  return { columns: new Map(columns), checks };
}
