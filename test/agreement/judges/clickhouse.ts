import { type WireValue, wireText } from "../../../verify/index.ts";
import { type Bench, type Judge, refused, taken, type Verdict } from "../judge.ts";
import { isRecord } from "../meaning.ts";
import { eventDifferences } from "./avro.ts";
import { type EventTable, numberColumn, type Tables } from "./tables.ts";

/** How many of an event's samples of one batch go into the table as generated; its twin in memory takes the others. */
const inRealTable = 40;
/** Of how many refusals of a batch the reason is asked for. */
const explained = 20;

/** The generated tables, filled as JSONEachRow and read back. */
export function clickhouse(bench: Bench, tables: Tables): Judge {
  return {
    name: "clickhouse",
    targets: ["clickhouse"],
    judge: (event, samples) => {
      const table = tables.of(event);
      const { real, twin } = table;
      const landed = new Map<number, WireValue>();
      const rows = samples.map(({ value }, i) => (isRecord(value) ? numbered(value, i) : undefined));
      const given = (from: number, to?: number) => rows.slice(from, to).filter((row) => row !== undefined);
      insertEach(tables, real, given(0, inRealTable));
      insertAll(tables, table, given(inRealTable));
      for (const place of [real, twin]) for (const [number, row] of tables.rows(place)) landed.set(number, row);
      let asked = 0;
      return samples.map(({ value, fault }, i): Verdict => {
        if (!isRecord(value)) return alone(tables, twin, value);
        const row = landed.get(i);
        if (row === undefined) {
          if (fault || asked++ > explained) return refused("The row does not land.");
          return refused(
            tables.run(`INSERT INTO ${twin} FORMAT JSONEachRow ${numbered(value, i)}`) ?? "It lands alone.",
          );
        }
        if (fault) return taken;
        const found = eventDifferences(bench, event, value, row, true);
        return found.length === 0 ? taken : { kind: "changed", got: wireText(row), differences: found };
      });
    },
  };
}

const numbered = (value: { readonly [key: string]: WireValue }, number: number): string =>
  wireText({ [numberColumn]: number, ...value });

const skip = "input_format_allow_errors_ratio = 1, input_format_allow_errors_num = 1000000000";

/** Inserts what can be inserted. A row that cannot be read is left out; a row that a constraint refuses ends the insert. */
function insertEach(tables: Tables, table: string, rows: readonly string[]): void {
  tables.run(`TRUNCATE TABLE ${table}`);
  const insert = (part: readonly string[]): void => {
    if (part.length === 0) return;
    const error = tables.run(`INSERT INTO ${table} SETTINGS ${skip} FORMAT JSONEachRow ${part.join("\n")}`);
    if (error === undefined || part.length === 1) return;
    const middle = part.length >> 1;
    insert(part.slice(0, middle));
    insert(part.slice(middle));
  };
  insert(rows);
}

/** The same for many rows: those that the constraints let pass are chosen by a query, and pass them together. */
function insertAll(tables: Tables, { twin, lax, checks, columns }: EventTable, rows: readonly string[]): void {
  tables.run(`TRUNCATE TABLE ${twin}`);
  if (rows.length === 0) return;
  tables.run(`TRUNCATE TABLE ${lax}`);
  const names = [...columns.keys()].map((name) => `\`${name.replaceAll("`", "``")}\``).join(", ");
  const read = tables.run(`INSERT INTO ${lax} SETTINGS ${skip} FORMAT JSONEachRow ${rows.join("\n")}`);
  const where = checks === "" ? "" : ` WHERE ${checks}`;
  if (read ?? tables.run(`INSERT INTO ${twin} (${names}) SELECT ${names} FROM ${lax}${where}`))
    insertEach(tables, twin, rows);
}

/** What is no object has no place for a number: it is inserted by itself. */
function alone(tables: Tables, table: string, value: WireValue): Verdict {
  tables.run(`TRUNCATE TABLE ${table}`);
  const error = tables.run(`INSERT INTO ${table} FORMAT JSONEachRow ${wireText(value)}`);
  if (error !== undefined) return refused(error);
  return tables.rows(table).size > 0 ? taken : refused("No row lands.");
}
