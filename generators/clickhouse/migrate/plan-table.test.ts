import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planTable, type TableOptions } from "./plan-table.ts";
import { sqlName } from "./statements.ts";
import { database, normal, tableOf } from "./testing.ts";

/** Every plan here is executed by ClickHouse, on a table with rows. */
let db: ReturnType<typeof database>;
beforeAll(() => {
  db = database();
});
afterAll(() => db.close());

let count = 0;
interface Pair {
  readonly columns: string;
  readonly layout?: string;
  readonly becomes: string;
  readonly newLayout?: string;
  /** Rows as JSON. */
  readonly rows?: readonly string[];
  readonly renamed?: Readonly<Record<string, string>>;
  readonly allow?: readonly string[];
}

const byId = "ENGINE = MergeTree ORDER BY id";

/** Creates the old table with its rows, takes all steps, and tells what came of it. */
function migrated({ columns, layout = byId, becomes, newLayout = layout, rows = [], renamed = {}, allow = [] }: Pair) {
  const name = `d.t${++count}`;
  const create = (table: string, body: string, end: string): string => `CREATE TABLE ${table} (${body}) ${end}`;
  db.run("SET enable_nullable_tuple_type = 1");
  db.run(create(name, columns, layout));
  for (const row of rows) db.run(`INSERT INTO ${name} FORMAT JSONEachRow ${row}`);
  const options: TableOptions = {
    from: name,
    fromBefore: name,
    isAllowed: (what) => allow.includes(what.replace(`t${count}.`, "t.").replace(/t\d+$/, "t")),
    renamed: new Map(Object.entries(renamed)),
    running: false,
  };
  const old = tableOf(db.run(`SHOW CREATE TABLE ${name}`));
  const wanted = tableOf(create(name, becomes, newLayout));
  expect(sqlName(old.name)).toBe(sqlName(wanted.name));
  const plan = planTable(old, wanted, options);
  db.run("SET enable_nullable_tuple_type = 0");
  const run = (): void => {
    for (const step of plan.steps)
      for (const statement of [...(step.preflight ?? "").split(";\n"), ...step.statements])
        if (statement !== "") db.run(statement);
  };
  return {
    plan,
    run,
    classes: plan.steps.map((step) => step.class),
    withheld: plan.withheld.map(({ allow: key }) => key.replace(/t\d+/, "t")),
    select: (what = "*") => db.json(`SELECT ${what} FROM ${name} ORDER BY id`),
    /** How the table is created now, and how a new one of the same kind would be. */
    shapes: (): readonly [string, string] => {
      db.run("SET enable_nullable_tuple_type = 1");
      db.run(create(`${name}_new`, becomes, newLayout));
      const show = (one: string): string => normal(db.run(`SHOW CREATE TABLE ${one}`)).replace(`${name}_new`, name);
      return [show(name), show(`${name}_new`)];
    },
  };
}

/** A migration of one column `v` with one value, after which the table is like a new one. */
function column(from: string, to: string, value: string, expected = value): readonly string[] {
  const { run, select, shapes, classes } = migrated({
    columns: `id UInt64, v ${from}`,
    becomes: `id UInt64, v ${to}`,
    rows: [`{"id":1,"v":${value}}`],
  });
  run();
  expect(select("v"), `${from} -> ${to}`).toEqual([{ v: JSON.parse(expected) }]);
  const [now, fresh] = shapes();
  expect(now).toBe(fresh);
  return classes;
}

describe("a column of another type", () => {
  test("keeps its values where the new type holds them all", () => {
    expect(column("Int32", "Int64", "5")).toEqual(["rewrite"]);
    expect(column("Int32", "Nullable(Int64)", "5")).toEqual(["rewrite"]);
    expect(column("String", "LowCardinality(String)", '"a"')).toEqual(["rewrite"]);
    expect(column("Enum8('a' = 1)", "Enum8('a' = 1, 'b' = 2)", '"a"')).toEqual(["metadata"]);
    expect(column("Enum8('a' = 1)", "Enum16('a' = 1, 'b' = 200)", '"a"')).toEqual(["rewrite"]);
    expect(column("Enum8('a' = 1)", "LowCardinality(String)", '"a"')).toEqual(["rewrite"]);
    expect(
      column("DateTime('UTC')", "DateTime64(3, 'UTC')", '"2024-01-01 00:00:00"', '"2024-01-01 00:00:00.000"'),
    ).toEqual(["rewrite"]);
    expect(column("Array(Int32)", "Array(Nullable(Int64))", "[1,2]")).toEqual(["rewrite"]);
    expect(column("Map(String, Int32)", "Map(LowCardinality(String), Int64)", '{"a":1}')).toEqual(["rewrite"]);
    expect(column("Map(String, String)", "JSON", '{"a":"1"}')).toEqual(["rewrite"]);
    expect(column("JSON", "String", '{"a":"x"}', '"{\\"a\\":\\"x\\"}"')).toEqual(["rewrite"]);
    expect(
      column(
        "Tuple(a Int32, b String)",
        "Tuple(b String, c Nullable(Int32), a Int64)",
        '{"a":1,"b":"x"}',
        '{"b":"x","c":null,"a":1}',
      ),
    ).toEqual(["rewrite"]);
    expect(
      column("Nullable(Tuple(a Int32))", "Nullable(Tuple(a Int32, b Nullable(String)))", '{"a":1}', '{"a":1,"b":null}'),
    ).toEqual(["rewrite"]);
    expect(column("Variant(Int64, String)", "Variant(Float64, Int64, String)", '"x"')).toEqual(["rewrite"]);
    expect(column("Bool", "UInt8", "true", "1")).toEqual(["metadata"]);
  });

  test("is looked at before where it holds only some", () => {
    expect(column("Int64", "Int32", "5")).toEqual(["preflight"]);
    expect(column("Nullable(Int32)", "Int32", "5")).toEqual(["preflight"]);
    expect(column("Nullable(Int32)", "Int64 DEFAULT 3", "5")).toEqual(["preflight"]);
    expect(column("LowCardinality(Nullable(String))", "LowCardinality(String)", '"a"')).toEqual(["preflight"]);
    expect(column("String", "Int32", '"5"', "5")).toEqual(["preflight"]);
    expect(column("String", "UUID", '"61f0c404-5cb3-11e7-907b-a6006ad3dba0"')).toEqual(["preflight"]);
    expect(column("String", "Enum8('a' = 1)", '"a"')).toEqual(["preflight"]);
    expect(column("Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 1)", '"a"')).toEqual(["preflight"]);
    expect(column("Array(Nullable(Int64))", "Array(Int32)", "[1,2]")).toEqual(["preflight"]);
    expect(column("Map(String, Int64)", "Map(Int32, Int32)", '{"7":1}')).toEqual(["preflight"]);
    expect(column("Tuple(a Int64, b Nullable(String))", "Tuple(a Int32, b String)", '{"a":1,"b":"x"}')).toEqual([
      "preflight",
    ]);
    expect(
      column(
        "DateTime64(6, 'UTC')",
        "DateTime64(3, 'UTC')",
        '"2024-01-01 00:00:00.123000"',
        '"2024-01-01 00:00:00.123"',
      ),
    ).toEqual(["preflight"]);
    expect(column("Decimal(18, 4)", "Decimal(18, 2)", "1.25")).toEqual(["preflight"]);
    expect(column("JSON(max_dynamic_paths = 16)", "JSON(max_dynamic_paths = 256)", '{"a":"x"}')).toEqual(["preflight"]);
  });

  test("is written beside where no ALTER does it", () => {
    const copied = ["impossible", "rewrite"];
    expect(column("Int32", "Array(Int64)", "5", "[5]")).toEqual(copied);
    expect(column("Nullable(Int32)", "Array(Int32)", "null", "[]")).toEqual(copied);
    expect(column("Array(Int32)", "Int64", "[5]", "5")).toEqual(copied);
    expect(column("Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 2, 'b' = 1)", '"b"')).toEqual(copied);
    expect(column("Nullable(Enum8('a' = 1, 'b' = 2))", "Nullable(Enum8('a' = 2, 'b' = 1))", "null")).toEqual(copied);
    expect(column("Array(Enum8('a' = 1, 'b' = 2))", "Array(Enum8('a' = 2, 'b' = 1))", '["a","b"]')).toEqual(copied);
  });

  test.each([
    ["Int64", "Int32", "5000000000"],
    ["Int64", "UInt64", "-1"],
    ["Int64", "Float64", "9007199254740993"],
    ["Float64", "Int64", "1.5"],
    ["Float64", "Float32", "1e300"],
    ["Int32", "Bool", "2"],
    ["Nullable(Int32)", "Int32", "null"],
    ["String", "Int32", '"abc"'],
    ["String", "DateTime64(3)", '"2024-01-01 00:00:00.123456"'],
    ["String", "DateTime64(3)", '"soon"'],
    ["String", "UUID", '"nope"'],
    ["String", "FixedString(3)", '"abcd"'],
    ["String", "JSON", '"nope"'],
    ["DateTime64(6, 'UTC')", "DateTime64(3, 'UTC')", '"2024-01-01 00:00:00.123456"'],
    ["Decimal(18, 4)", "Decimal(18, 2)", "1.2345"],
    ["LowCardinality(String)", "Enum8('a' = 1)", '"q"'],
    ["Int32", "Enum8('a' = 1)", "9"],
    ["Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 1)", '"b"'],
    ["Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 1, 'bb' = 2)", '"b"'],
    ["Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 2)", '"b"'],
    ["Array(Nullable(Int32))", "Array(Int32)", "[null]"],
    ["Array(Int32)", "Int32", "[1,2]"],
    ["Map(String, String)", "Map(Int32, String)", '{"k":"x"}'],
    ["Tuple(a Int64)", "Tuple(a Int32)", '{"a":5000000000}'],
  ])("%s -> %s stops before %s is lost", (from, to, value) => {
    const { run, select, plan } = migrated({
      columns: `id UInt64, v ${from}`,
      becomes: `id UInt64, v ${to}`,
      rows: [`{"id":1,"v":${value}}`],
    });
    const before = select();
    expect(run).toThrow(/throwIf|FUNCTION_THROW|Cannot|Unknown|Unexpected|NULL/i);
    expect(select()).toEqual(before);
    expect(plan.steps.some(({ preflight }) => preflight !== undefined)).toBe(true);
  });

  test("keeps the old column where nobody can say what its values become", () => {
    const { run, select, withheld, classes } = migrated({
      columns: "id UInt64, v Tuple(a Int32)",
      becomes: "id UInt64, v String",
      rows: ['{"id":1,"v":{"a":1}}'],
    });
    run();
    expect(select()).toEqual([{ id: 1, v__before: { a: 1 }, v: "" }]);
    expect(classes).toEqual(["impossible"]);
    expect(withheld).toEqual(["drop-column:t.v__before"]);
  });

  test("keeps the text of what becomes JSON", () => {
    const { run, select } = migrated({
      columns: "id UInt64, v String",
      becomes: "id UInt64, v JSON",
      rows: ['{"id":1,"v":"{\\"a\\": 1, \\"b\\": null}"}'],
    });
    run();
    expect(select()).toEqual([{ id: 1, v__before: '{"a": 1, "b": null}', v: { a: 1 } }]);
  });
});

describe("what is gone", () => {
  const pair = { columns: "id UInt64, a Int32, v Tuple(x Int32, y Int32)", becomes: "id UInt64, v Tuple(y Int32)" };
  const rows = ['{"id":1,"a":5,"v":{"x":1,"y":2}}'];

  test("stays until it is asked for by name", () => {
    const { run, select, withheld } = migrated({ ...pair, rows });
    run();
    expect(withheld).toEqual(["drop-column:t.v.x", "drop-column:t.a"]);
    expect(select()).toEqual([{ id: 1, a: 5, v: { y: 2, x: 1 } }]);
  });

  test("is dropped when it is, and last", () => {
    const { run, select, withheld, plan, shapes } = migrated({
      ...pair,
      rows,
      allow: ["drop-column:t.v.x", "drop-column:t.a"],
    });
    run();
    expect(withheld).toEqual([]);
    expect(plan.steps.at(-1)?.place).toBe("after-consumers");
    expect(select()).toEqual([{ id: 1, v: { y: 2 } }]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });

  test("rows do not live shorter unless it is asked for", () => {
    const ttl = (days: number): string => `${byId} TTL at + INTERVAL ${days} DAY`;
    const old = {
      columns: "id UInt64, at DateTime",
      becomes: "id UInt64, at DateTime",
      rows: ['{"id":1,"at":"2020-01-01 00:00:00"}'],
    };
    const added = migrated({ ...old, newLayout: ttl(30) });
    added.run();
    expect(added.withheld).toEqual(["shorten-ttl:t"]);
    expect(added.select()).toHaveLength(1);
    const asked = migrated({ ...old, newLayout: ttl(30), allow: ["shorten-ttl:t"] });
    asked.run();
    expect(asked.select()).toHaveLength(0);
    const longer = migrated({ ...old, rows: [], layout: ttl(30), newLayout: ttl(60) });
    longer.run();
    const [now, fresh] = longer.shapes();
    expect([now, longer.withheld]).toEqual([fresh, []]);
  });
});

describe("a default", () => {
  test("that was never written down stays what it was for the rows that are there", () => {
    const { run, select, shapes } = migrated({
      columns: "id UInt64, w Int32 DEFAULT 1",
      becomes: "id UInt64, w Int32 DEFAULT 2",
      rows: ['{"id":1}'],
    });
    run();
    expect(select()).toEqual([{ id: 1, w: 1 }]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });

  test("of a column that was added later is written before it changes", () => {
    const table = `d.t${count + 1}`;
    const { run, select } = migrated({
      columns: "id UInt64",
      becomes: "id UInt64, w Int32 DEFAULT 1",
      rows: ['{"id":1}'],
    });
    run();
    const options: TableOptions = {
      from: table,
      fromBefore: table,
      isAllowed: () => false,
      renamed: new Map(),
      running: false,
    };
    const next = planTable(
      tableOf(db.run(`SHOW CREATE TABLE ${table}`)),
      tableOf(`CREATE TABLE ${table} (id UInt64, w Int32) ${byId}`),
      options,
    );
    for (const { statements } of next.steps) for (const statement of statements) db.run(statement);
    expect(select()).toEqual([{ id: 1, w: 1 }]);
  });
});

describe("a renamed column", () => {
  test("keeps its values, its readers and what is computed from it", () => {
    const { run, select, shapes, plan } = migrated({
      columns: "id UInt64, a Int64, m Int64 MATERIALIZED a * 2, CONSTRAINT c CHECK a >= 0 AND id > 0",
      becomes: "id UInt64, b Int64, m Int64 MATERIALIZED b * 2, CONSTRAINT c CHECK (b >= 0) AND (id > 0)",
      rows: ['{"id":1,"a":5}'],
      renamed: { a: "b" },
    });
    const [before, after] = [
      plan.steps.filter(({ place }) => place === "before-producers"),
      plan.steps.filter(({ place }) => place !== "before-producers"),
    ];
    for (const { statements } of before) for (const statement of statements) db.run(statement);
    expect(select("b, a, m")).toEqual([{ b: 5, a: 5, m: 10 }]);
    for (const { statements } of after) for (const statement of statements) db.run(statement);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
    expect(run).toThrow();
  });

  test("of a key has the table written anew", () => {
    const { run, select, shapes, classes } = migrated({
      columns: "id UInt64, k String, v Int32",
      layout: "ENGINE = MergeTree ORDER BY (k, id)",
      becomes: "id UInt64, key String, v Int64",
      newLayout: "ENGINE = MergeTree ORDER BY (key, id)",
      rows: ['{"id":1,"k":"x","v":7}'],
      renamed: { k: "key" },
    });
    run();
    expect(select()).toEqual([{ id: 1, key: "x", v: 7 }]);
    expect(classes).toEqual(["impossible", "metadata"]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });
});

describe("what holds for a whole table", () => {
  const columns = "id UInt64, at DateTime64(3, 'UTC'), v Int32";
  const rows = [1, 2].map((id) => `{"id":${id},"at":"2024-0${id}-01 00:00:00.000","v":7}`);
  test.each([
    ["its order", "ENGINE = MergeTree ORDER BY id", "ENGINE = MergeTree ORDER BY (v, id)"],
    ["its partitions", "ENGINE = MergeTree ORDER BY id", "ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY id"],
    ["its engine", "ENGINE = MergeTree ORDER BY id", "ENGINE = ReplacingMergeTree(at) ORDER BY (id, at)"],
    ["its version", "ENGINE = ReplacingMergeTree(v) ORDER BY id", "ENGINE = ReplacingMergeTree(at) ORDER BY id"],
    ["its primary key", "ENGINE = MergeTree ORDER BY (id, v)", "ENGINE = MergeTree PRIMARY KEY id ORDER BY (id, v)"],
  ])("%s is changed by a copy that takes its name", (_, layout, newLayout) => {
    const { run, select, shapes, classes } = migrated({ columns, layout, becomes: columns, newLayout, rows });
    const before = select();
    run();
    expect(select()).toEqual(before);
    expect(classes).toEqual(["impossible", "metadata"]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });

  test.each([
    ["its partitions", "ENGINE = MergeTree PARTITION BY k ORDER BY id"],
    ["its order", "ENGINE = MergeTree ORDER BY (k, id)"],
    ["its partitions and its order", "ENGINE = MergeTree PARTITION BY lower(k) ORDER BY (cityHash64(k), id)"],
  ])("%s may come from text that gets a dictionary", (_, layout) => {
    const { run, select, shapes } = migrated({
      columns: "id UInt64, k String",
      becomes: "id UInt64, k LowCardinality(String)",
      layout,
      rows: ['{"id":1,"k":"x"}'],
    });
    run();
    expect(select()).toEqual([{ id: 1, k: "x" }]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });

  test("columns within the expressions of a key are described, compressed and moved as others are", () => {
    const { run, shapes, classes } = migrated({
      columns: "id UInt64, at DateTime, k Enum8('a' = 1)",
      becomes: "at DateTime COMMENT 'When' CODEC(Delta, ZSTD(1)), k Enum8('a' = 1) COMMENT 'x', id UInt64 CODEC(T64)",
      layout: "ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (toString(k), id)",
      rows: ['{"id":1,"at":"2024-01-01 00:00:00","k":"a"}'],
    });
    run();
    const [now, fresh] = shapes();
    expect([now, new Set(classes)]).toEqual([fresh, new Set(["metadata"])]);
  });

  test.each(["toString(k)", "(k, id)", "(id, k = 'a')"])("an enum in the key %s gets more values", (key) => {
    const { run, select, shapes } = migrated({
      columns: "id UInt64, k Enum8('a' = 1)",
      becomes: "id UInt64, k Enum8('a' = 1, 'b' = 2)",
      layout: `ENGINE = MergeTree ORDER BY ${key}`,
      rows: ['{"id":1,"k":"a"}'],
    });
    run();
    expect(select()).toEqual([{ id: 1, k: "a" }]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
  });

  test("what a lifetime, an index and conditions read changes its type with them", () => {
    const { run, shapes, select, classes } = migrated({
      columns:
        "id UInt64, at DateTime('UTC'), v Int32, s String, m Int64 MATERIALIZED v + 1, INDEX i v TYPE minmax, CONSTRAINT a CHECK v > 0, CONSTRAINT b CHECK length(s) > 0",
      becomes:
        "id UInt64, at DateTime64(3, 'UTC'), v Nullable(Int64), s LowCardinality(String), m Nullable(Int64) MATERIALIZED v + 1, INDEX i v TYPE minmax, CONSTRAINT a CHECK ifNull(v > 0, true), CONSTRAINT b CHECK length(s) > 0",
      layout: "ENGINE = MergeTree ORDER BY id TTL toDateTime(at) + INTERVAL 9000 DAY",
      rows: ['{"id":1,"at":"2024-01-01 00:00:00","v":7,"s":"x"}'],
    });
    run();
    expect(select("v, s, m, at")).toEqual([{ v: 7, s: "x", m: 8, at: "2024-01-01 00:00:00.000" }]);
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
    expect(classes).not.toContain("impossible");
  });

  test("rows that would become one stop it", () => {
    const { run, select } = migrated({
      columns,
      becomes: columns,
      newLayout: "ENGINE = ReplacingMergeTree ORDER BY v",
      rows,
    });
    expect(run).toThrow(/become one/);
    expect(select()).toHaveLength(2);
  });

  test("new columns can be sorted by at once", () => {
    const { run, shapes, classes } = migrated({
      columns: "id UInt64",
      becomes: "id UInt64, w Int32",
      layout: "ENGINE = MergeTree PRIMARY KEY id ORDER BY id",
      newLayout: "ENGINE = MergeTree PRIMARY KEY id ORDER BY (id, w)",
      rows: ['{"id":1}'],
    });
    run();
    const [now, fresh] = shapes();
    expect([now, classes]).toEqual([fresh, ["metadata"]]);
  });

  test("settings, comments, codecs and the order of columns are noted", () => {
    const { run, shapes, classes } = migrated({
      columns: "id UInt64, a Int32 COMMENT 'old', b Int64 CODEC(Delta, ZSTD(1)), c String",
      becomes: "c String CODEC(ZSTD(3)), id UInt64, a Int32 COMMENT 'it''s', b Int64",
      layout: `${byId} COMMENT 'x'`,
      newLayout: `${byId} SETTINGS ttl_only_drop_parts = 1 COMMENT 'y'`,
      rows: ['{"id":1}'],
    });
    run();
    const [now, fresh] = shapes();
    expect(now).toBe(fresh);
    expect(new Set(classes)).toEqual(new Set(["metadata"]));
  });
});
