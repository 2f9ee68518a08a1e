import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";
import { type Event, eventStem, type Name } from "../../../pipeline/index.ts";
import type { WireValue } from "../../../verify/index.ts";
import type { Bench } from "../judge.ts";
import { parseWire } from "../wire.ts";

/** An event's table in two forms: as generated, and the same columns in memory, where thousands of rows cost little. */
export interface EventTable {
  readonly real: string;
  readonly twin: string;
  /** The twin without its constraints, and the condition that they are. */
  readonly lax: string;
  readonly checks: string;
  /** Stored columns by name, with their types. */
  readonly columns: ReadonlyMap<string, string>;
}

/** A ClickHouse in this process, with tables made when they are first asked for. */
export interface Tables {
  readonly of: (event: Event) => EventTable;
  /** The name of an event's table. */
  readonly nameOf: (event: Event) => string;
  /** Makes a table as generated, and one with its columns and conditions in memory, in a database of this name. */
  readonly copy: (system: Name, table: string, database: string) => void;
  /** Runs statements; the error in one line when one is refused. */
  readonly run: (statement: string) => string | undefined;
  /** The rows of a table by the number they were given. */
  readonly rows: (table: string) => ReadonlyMap<number, WireValue>;
  readonly close: () => void;
}

/** The column that numbers the rows of a batch: each table has it for the offset in its topic. */
export const numberColumn = "kafka_offset";

const settings = [
  // How the Kafka tables of a pack read JSON.
  "date_time_input_format = 'best_effort'",
  "input_format_try_infer_dates = 0",
  "input_format_try_infer_datetimes = 0",
  "enable_nullable_tuple_type = 1",
  // As strict as ClickHouse can be: what lands all the same is what a table cannot refuse.
  "input_format_null_as_default = 0",
  "input_format_json_read_bools_as_strings = 0",
  "input_format_json_read_numbers_as_strings = 0",
  "input_format_json_read_objects_as_strings = 0",
  "input_format_json_read_arrays_as_strings = 0",
  "input_format_json_read_bools_as_numbers = 0",
  // Every row stays a row of its own, in whatever partition.
  "optimize_on_insert = 0",
  "max_partitions_per_insert_block = 0",
];

const reading = "output_format_json_quote_64bit_integers = 0, date_time_output_format = 'iso'";

/** Starts ClickHouse; a process can do that once. */
export function openTables({ generated }: Bench): Tables {
  const session = new Session();
  for (const setting of settings) session.query(`SET ${setting}`);
  session.query("SYSTEM STOP MERGES");
  for (const database of ["agreement", "agreement_lax", "intake"])
    session.query(`CREATE DATABASE IF NOT EXISTS ${database}`);
  const known = new Map<Name, EventTable>();
  const run = (statement: string): string | undefined => {
    try {
      session.query(statement);
      return undefined;
    } catch (error) {
      return String(error instanceof Error ? error.message : error)
        .replace(/^Query failed: /, "")
        .replace(/\s+/g, " ");
    }
  };
  return {
    of: (event) => {
      const table = known.get(event.name) ?? create(session, generated, event);
      known.set(event.name, table);
      return table;
    },
    nameOf,
    copy: (system, table, database) => {
      createReal(session, generated, system, table);
      session.query(`CREATE TABLE ${database}.${table} AS events.${table} ENGINE = Memory`);
    },
    run,
    rows: (table) => {
      const lines = session.query(`SELECT * FROM ${table} SETTINGS ${reading}`, "JSONEachRow").split("\n");
      const rows = new Map<number, WireValue>();
      for (const line of lines)
        if (line !== "") {
          const { [numberColumn]: number, ...row } = parseWire(line) as { readonly [key: string]: WireValue };
          rows.set(Number(number), row);
        }
      return rows;
    },
    close: () => session.close(),
  };
}

function create(session: Session, generated: string, event: Event): EventTable {
  const name = nameOf(event);
  createReal(session, generated, event.system, name);
  const [real, twin, lax] = [`events.${name}`, `agreement.${name}`, `agreement_lax.${name}`];
  session.query(`CREATE TABLE ${twin} AS ${real} ENGINE = Memory`);
  const checks = objects<{ readonly expression: string }>(
    session,
    `SELECT expression FROM system.constraints WHERE database = 'agreement' AND table = '${name}' AND type = 'CHECK'`,
  );
  session.query(withoutConstraints(session.query(`SHOW CREATE TABLE ${twin}`, "TSVRaw")).replace(twin, lax));
  const columns = objects<{ readonly name: string; readonly type: string }>(
    session,
    `SELECT name, type FROM system.columns WHERE database = 'events' AND table = '${name}' AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')`,
  );
  return {
    real,
    twin,
    lax,
    checks: checks.map(({ expression }) => `(${expression})`).join(" AND "),
    columns: new Map(columns.map((column) => [column.name, column.type])),
  };
}

const nameOf = (event: Event): string => `${event.system}_${eventStem(event).replaceAll(".", "_")}`;

function createReal(session: Session, generated: string, system: Name, name: string): void {
  const text = readFileSync(join(generated, system, "clickhouse", `${name}.sql`), "utf8");
  for (const statement of text.split(/;\n/)) if (statement.trim() !== "") session.query(statement);
}

/** In the text that ClickHouse gives of a table, each constraint has a line, behind the columns. */
const withoutConstraints = (create: string): string => create.replace(/,\n {4}CONSTRAINT .*?(?=,?\n)/g, "");

const objects = <Row>(session: Session, query: string): readonly Row[] =>
  session
    .query(query, "JSONEachRow")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
