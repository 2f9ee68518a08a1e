import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type avsc from "avsc";
import type { Event, Json, Name } from "../../../pipeline/index.ts";
import type { AvroValue } from "../../../verify/index.ts";
import { type Bench, type Judge, refused, taken, type Verdict } from "../judge.ts";
import { eventDifferences, loadAvro } from "./avro.ts";
import { containerFile, long } from "./container-file.ts";
import { numberColumn, type Tables } from "./tables.ts";

interface AvroField {
  readonly name: string;
  readonly wireName?: string;
  readonly type: Json;
}

/** The generated tables, filled from Avro files that the generated Avro schemas wrote, and read back. */
export function clickhouseAvro(bench: Bench, tables: Tables): Judge {
  const folder = mkdtempSync(join(tmpdir(), "concordat-agreement-"));
  const file = join(folder, "events.avro");
  const load = loadAvro(bench);
  const plans = new Map<Name, Plan>();
  const planOf = (event: Event): Plan => {
    const plan = plans.get(event.name) ?? makePlan(load(event).schema, tables.of(event).columns);
    plans.set(event.name, plan);
    return plan;
  };
  return {
    name: "clickhouse from avro",
    targets: ["clickhouse", "avro"],
    sees: "values",
    takes: (event) => readsPlainly(load(event).schema, tables.of(event).columns),
    judge: (event, samples) => {
      const { twin } = tables.of(event);
      const { codec, type } = load(event);
      const { schema, structure, columns } = planOf(event);
      const rows: { readonly number: number; readonly bytes: Buffer }[] = [];
      const verdicts = samples.map(({ value }, number): Verdict => {
        const encoded = codec.toAvro(value as Json);
        if (!encoded.ok) return refused(encoded.problems[0]?.message ?? "", encoded.problems[0]?.path);
        rows.push({ number, bytes: encode(type, encoded.value, number) });
        return taken;
      });
      // Null stands for an absent key, and so for what the column has where a key is absent.
      const insert = (part: typeof rows): string | undefined => {
        writeFileSync(
          file,
          containerFile(
            schema,
            part.map(({ bytes }) => bytes),
          ),
        );
        return tables.run(
          `INSERT INTO ${twin} (${columns.join(", ")}) SELECT ${columns.join(", ")} FROM file('${file}', 'Avro', ${text(structure)}) SETTINGS input_format_null_as_default = 1`,
        );
      };
      tables.run(`TRUNCATE TABLE ${twin}`);
      const errors = insertRows(rows, insert);
      const landed = tables.rows(twin);
      return verdicts.map((verdict, i): Verdict => {
        if (verdict.kind === "refused") return verdict;
        const row = landed.get(i);
        if (row === undefined) return refused(errors.get(i) ?? "The row does not land.");
        const value = samples[i]?.value ?? null;
        const found = eventDifferences(bench, event, value, row, true);
        return found.length === 0 ? taken : { kind: "changed", got: JSON.stringify(row, digits), differences: found };
      });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * True when ClickHouse makes of each value in the file what the column holds. A duration is a record in Avro and text in the
 * table, an unsigned 64-bit integer is bytes, and JSON within a tuple cannot be missing: these take an expression each.
 */
function readsPlainly(schema: Json, columns: ReadonlyMap<string, string>): boolean {
  const types = [...columns.values()].join(" ");
  return !/"name":"Duration"|"decimal"/.test(JSON.stringify(schema)) && !/Tuple\(.*\bJSON/s.test(types);
}

const digits = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);

interface Plan {
  /** The event's schema with a field for the row's number. */
  readonly schema: Json;
  /** What the file holds, in the types of the table. */
  readonly structure: string;
  readonly columns: readonly string[];
}

function makePlan(schema: Json, types: ReadonlyMap<string, string>): Plan {
  const record = schema as unknown as { readonly fields: readonly AvroField[] };
  const number: AvroField = { name: numberColumn, type: "long" };
  const fields = [...record.fields, number].filter(({ name, wireName }) => types.has(wireName ?? name));
  return {
    schema: { ...record, fields: [...record.fields, number] } as unknown as Json,
    structure: fields
      .map(({ name, wireName }) => `${quoted(name)} ${inAvro(types.get(wireName ?? name) ?? "")}`)
      .join(", "),
    columns: fields.map(({ name }) => quoted(name)),
  };
}

/**
 * A column's type as Avro holds it: moments count microseconds, whatever the column counts, and free-form JSON is text. Read
 * as the column's own type, microseconds would be taken for its ticks.
 */
function inAvro(type: string): string {
  return type.replace(/'(?:[^'\\]|\\.)*'|`[^`]*`|DateTime64\(\d|\bJSON(?:\([^()]*\))?/g, (part) => {
    if (part.startsWith("DateTime64")) return "DateTime64(6";
    return part.startsWith("JSON") ? "String" : part;
  });
}

/** The event's bytes, and the number's behind them: fields of a record follow one another. */
function encode(type: avsc.Type, value: AvroValue, number: number): Buffer {
  return Buffer.concat([type.toBuffer(value), long(number)]);
}

/** Inserts what can be inserted, and says of the others why not. */
function insertRows<Row extends { readonly number: number }>(
  rows: readonly Row[],
  load: (rows: Row[]) => string | undefined,
): ReadonlyMap<number, string> {
  const errors = new Map<number, string>();
  const insert = (part: readonly Row[]): void => {
    if (part.length === 0) return;
    const error = load([...part]);
    if (error === undefined) return;
    const [only] = part;
    if (part.length === 1 && only) return void errors.set(only.number, error);
    const middle = part.length >> 1;
    insert(part.slice(0, middle));
    insert(part.slice(middle));
  };
  insert(rows);
  return errors;
}

const quoted = (name: string): string => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "``")}\``;
const text = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
