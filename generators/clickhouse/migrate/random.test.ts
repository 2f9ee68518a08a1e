import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { convert } from "./convert.ts";
import { planTable } from "./plan-table.ts";
import type { ColumnShape } from "./shape.ts";
import { database, normal, tableOf } from "./testing.ts";

/** Pairs of tables that nobody thought of: the plan is executed, and the old table is then like a new one, with its data. */
let db: ReturnType<typeof database>;
beforeAll(() => {
  db = database();
});
afterAll(() => db.close());

/** Types with a value that every type of the same group holds, so that whatever is checked before finds nothing. */
const groups: readonly (readonly (readonly [type: string, value: string])[])[] = [
  [
    ...[
      "Int8",
      "Int16",
      "Int32",
      "Int64",
      "UInt8",
      "UInt32",
      "UInt64",
      "Float32",
      "Float64",
      "Decimal(18, 4)",
      "Nullable(Int32)",
    ],
    ...["Nullable(UInt64)", "Nullable(Float64)", "Enum8('x' = 1, 'y' = 7)"],
  ].map((type) => [type, type.startsWith("Enum") ? '"y"' : "7"] as const),
  [
    ...[
      "String",
      "LowCardinality(String)",
      "Nullable(String)",
      "LowCardinality(Nullable(String))",
      "Enum8('a' = 1, 'b' = 2)",
    ],
    ...["Enum8('a' = 2, 'b' = 1, 'c' = 3)", "Enum16('a' = 1, 'z' = 900)", "Nullable(Enum8('a' = 1))", "FixedString(1)"],
  ].map((type) => [type, '"a"'] as const),
  [
    ["Array(Int32)", "[7]"],
    ["Array(Int64)", "[7]"],
    ["Array(Nullable(Int32))", "[7]"],
    ["Array(String)", '["7"]'],
    ["Int32", "7"],
    ["Nullable(Int64)", "7"],
  ],
  [
    ["Tuple(a Int32)", '{"a":7}'],
    ["Tuple(b String, a Int64)", '{"b":"","a":7}'],
    ["Nullable(Tuple(a Int32))", '{"a":7}'],
    ["Nullable(Tuple(a Nullable(Int64), c Array(String)))", '{"a":7,"c":[]}'],
    ["Tuple(a Int16, d Tuple(e String))", '{"a":7,"d":{"e":""}}'],
  ],
  [
    ["DateTime64(3, 'UTC')", '"2024-01-01 00:00:07"'],
    ["DateTime('UTC')", '"2024-01-01 00:00:07"'],
    ["DateTime64(9, 'UTC')", '"2024-01-01 00:00:07"'],
    ["Nullable(DateTime64(6, 'UTC'))", '"2024-01-01 00:00:07"'],
  ],
  [
    ["Map(String, Int32)", '{"7":7}'],
    ["Map(LowCardinality(String), Int64)", '{"7":7}'],
    ["Map(Int32, Int16)", '{"7":7}'],
    ["Map(String, Nullable(Int64))", '{"7":7}'],
  ],
];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly codec: string;
  readonly comment: string;
  readonly zero: boolean;
}
const nameOf = fc.constantFrom("a", "b", "c`d", "e", "f", "g");
/** Columns of a name are of one group in both tables: whether text is a time is not for a plan to know. */
const groupOf = (name: string) => groups["abc`defg".indexOf(name) % groups.length] ?? [];
const column: fc.Arbitrary<Column> = nameOf.chain((name) =>
  fc
    .tuple(
      fc.constantFrom(...groupOf(name === "c`d" ? "c" : name)),
      fc.constantFrom("", "ZSTD(3)", "LZ4"),
      fc.constantFrom("", "it's"),
      fc.boolean(),
    )
    .map(([[type, value] = ["Int8", "7"], codec, comment, zero]) => ({ name, type, value, codec, comment, zero })),
);
const table = fc.record({
  columns: fc.uniqueArray(column, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
  order: fc.constantFrom("id", "(id)", "(id, at)", "(at, id)", "tuple()"),
  partition: fc.constantFrom("", "PARTITION BY toYYYYMM(at)", "PARTITION BY id % 3"),
  engine: fc.constantFrom("MergeTree", "MergeTree", "ReplacingMergeTree(at)"),
  check: fc.constantFrom(
    "",
    ", CONSTRAINT one CHECK id > 0",
    ", CONSTRAINT one CHECK id > 0 AND id < 100, CONSTRAINT two CHECK toYear(at) > 2000",
  ),
  setting: fc.constantFrom("", " SETTINGS ttl_only_drop_parts = 1"),
  comment: fc.constantFrom("", " COMMENT 'x'"),
});
type Drawn = typeof table extends fc.Arbitrary<infer T> ? T : never;

const typeOf = (type: string) => (tableOf(`CREATE TABLE t (v ${type})`).columns[0] as ColumnShape).type;
const quoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
const zeroOf = ({ type, zero }: Column): string =>
  zero && /^(?:Int|UInt|String|Nullable\(Int)/.test(type) ? " DEFAULT '7'" : "";
function create(name: string, { columns, order, partition, engine, check, setting, comment }: Drawn): string {
  const list = columns.map((one) => {
    const words = [
      quoted(one.name),
      one.type + zeroOf(one),
      ...(one.comment ? [`COMMENT 'it''s'`] : []),
      ...(one.codec ? [`CODEC(${one.codec})`] : []),
    ];
    return words.join(" ");
  });
  const key = order === "tuple()" && engine !== "MergeTree" ? "id" : order;
  return `CREATE TABLE ${name} (${["id UInt32", "at DateTime", ...list].join(", ")}${check}) ENGINE = ${engine} ${partition} ORDER BY ${key}${setting}${comment}`;
}

/** Creates a table with two rows, and plans what makes another one of it. */
function begin(name: string, from: Drawn, to: Drawn, isAllowed: (what: string) => boolean) {
  db.run("SET enable_nullable_tuple_type = 1");
  db.run(create(name, from));
  const values = from.columns.map((one) => `${JSON.stringify(one.name)}:${one.value}`);
  for (const id of [1, 2])
    db.run(
      `INSERT INTO ${name} FORMAT JSONEachRow {${[`"id":${id},"at":"2024-01-01 00:00:00"`, ...values].join(",")}}`,
    );
  const options = { from: name, fromBefore: name, isAllowed, renamed: new Map(), running: false };
  return planTable(tableOf(db.run(`SHOW CREATE TABLE ${name}`)), tableOf(create(name, to)), options);
}

/** Rows without the columns that are not compared; the identity of a row always is. */
const rowsOf = (rows: string, compared: readonly boolean[]): string =>
  rows
    .split("\n")
    .map((row) =>
      row
        .split("\t")
        .filter((_, index) => index === 0 || compared[index - 1])
        .join("\t"),
    )
    .join("\n");

test("a plan makes of any table any other, and keeps what is in it", () => {
  let count = 0;
  fc.assert(
    fc.property(table, table, (from, to) => {
      const name = `d.t${++count}`;
      db.run("SET enable_nullable_tuple_type = 1");
      db.run(create(`${name}_new`, to));
      const plan = begin(name, from, to, () => true);
      const read = (columns: readonly string[]): string =>
        db.run(
          `SELECT ${["id", ...columns.map((one) => `toString(${quoted(one)})`)].join(", ")} FROM ${name} ORDER BY id`,
        );
      const both = to.columns.filter((one) =>
        from.columns.some((other) => other.name === one.name && other.type === one.type),
      );
      const before = read(both.map((one) => one.name));
      db.run("SET enable_nullable_tuple_type = 0");
      for (const { preflight, statements } of plan.steps)
        for (const statement of [...(preflight?.split(";\n") ?? []), ...statements]) db.run(statement);
      const show = (one: string): string => normal(db.run(`SHOW CREATE TABLE ${one}`)).replace(`${name}_new`, name);
      expect(show(name)).toBe(show(`${name}_new`));
      expect(read(both.map((one) => one.name))).toBe(before);
      // Where the type is another, the number, the word or the moment is the same.
      for (const one of to.columns) {
        const was = from.columns.find((other) => other.name === one.name);
        const how = was && convert(typeOf(was.type), typeOf(one.type)).how;
        if (!was || how === "apart" || was.type === one.type || /Tuple|Map|Array/.test(one.type + was.type)) continue;
        const digits = (text: string): string => text.replace(/\.0+$/, "").replace(/^y$/, "7");
        const expected = /Date/.test(one.type) ? "2024-01-01 00:00:07" : JSON.parse(was.value);
        expect(
          digits(db.run(`SELECT DISTINCT toString(${quoted(one.name)}) FROM ${name}`)),
          `${was.type} -> ${one.type}`,
        ).toBe(digits(String(expected)));
      }
      db.run(`DROP TABLE ${name} SYNC`);
      db.run(`DROP TABLE ${name}_new SYNC`);
    }),
    { seed: 6, numRuns: Number(process.env.MIGRATE_RUNS ?? 30), endOnFailure: true },
  );
}, 300_000);

test("a plan that nothing was allowed to loses nothing, and its way back leads to the table that there was", () => {
  let count = 0;
  fc.assert(
    fc.property(table, table, (from, to) => {
      const name = `d.u${++count}`;
      const plan = begin(name, from, to, () => false);
      const was = tableOf(db.run(`SHOW CREATE TABLE ${name}`));
      const all = from.columns.map((one) => quoted(one.name));
      const rows = (columns: readonly string[]): string =>
        db.run(`SELECT ${["id", ...columns.map((one) => `toString(${one})`)].join(", ")} FROM ${name} ORDER BY id`);
      const before = rows(all);

      const steps = plan.steps.filter(({ place }) => place === "before-producers");
      for (const { preflight, statements } of steps)
        for (const statement of [...(preflight?.split(";\n") ?? []), ...statements]) db.run(statement);
      const now = tableOf(db.run(`SHOW CREATE TABLE ${name}`));
      const kept = from.columns.map((one) => {
        const former = now.columns.find((column) => column.name === `${one.name}__before`);
        const same = now.columns.find((column) => column.name === one.name);
        return former ?? same;
      });
      expect(kept).not.toContain(undefined);
      // What changes its type in place is as it was when it is read as what it was.
      const read = kept.map((column, index) => {
        const [own, type] = [quoted(column?.name ?? ""), from.columns[index]?.type ?? ""];
        if (/Tuple|Map/.test(type)) return own;
        const isList = column?.type.kind === "array";
        const value = isList === type.startsWith("Array") ? own : isList ? `${own}[1]` : `[${own}]`;
        // Between two enums a value is its number, and what counts is its name.
        return `CAST(${type.includes("Enum8('a") ? `toString(${value})` : value}, '${type.replaceAll("'", "''")}')`;
      });
      const comparable = all.map((_, index) => !/Tuple|Map/.test(from.columns[index]?.type ?? ""));
      const only = (list: readonly string[]): readonly string[] => list.filter((_, index) => comparable[index]);
      expect(rows(only(read))).toBe(rowsOf(before, comparable));

      for (const { back } of [...steps].reverse()) for (const statement of back) db.run(statement);
      const again = tableOf(db.run(`SHOW CREATE TABLE ${name}`));
      expect(
        planTable(again, was, {
          from: name,
          fromBefore: name,
          isAllowed: () => false,
          renamed: new Map(),
          running: false,
        }).steps.filter(({ what }) => !/in their order/.test(what)),
      ).toEqual([]);
      expect(rows(all)).toBe(before);
      db.run(`DROP TABLE ${name} SYNC`);
    }),
    { seed: 7, numRuns: Number(process.env.MIGRATE_RUNS ?? 30), endOnFailure: true },
  );
}, 300_000);
