import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../model/index.ts";
import { readCreates } from "./read-create.ts";
import { createTable } from "./statements.ts";
import { tableOf } from "./testing.ts";
import { printType } from "./type.ts";

function found(content: string) {
  const findings: Diagnostic[] = [];
  const shapes = readCreates({ path: "a.sql", content }, (finding) => findings.push(finding));
  return { shapes, findings };
}

describe("a statement", () => {
  const full = `-- What runs
CREATE TABLE IF NOT EXISTS \`a b\`.\`it''s\` UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0' ON CLUSTER '{cluster}'
(
    \`id\` UInt64 COMMENT 'A ''name'' \\'x\\' (, ) ;' CODEC(Delta(8), ZSTD(1)), /* ( */
    "e\`" Enum8('a,(' = -1, 'it\\'s' = 2) DEFAULT 'a,(',
    comment String MATERIALIZED concat('x', toString(id)) TTL toDateTime(id) + INTERVAL 1 DAY,
    \`n.a\` Array(Nullable(Tuple(x Map(String, Decimal(10, 2)), \`y z\` JSON(max_dynamic_paths = 8, SKIP a.b, c UInt32)))),
    agg AggregateFunction(quantiles(0.5, 0.9), Float64),
    old String ALIAS comment,
    INDEX i1 lower(comment) TYPE ngrambf_v1(3, 256, 2, 0) GRANULARITY 4,
    PROJECTION p (SELECT id ORDER BY comment),
    CONSTRAINT \`c 1\` CHECK (id > 0) AND (comment != ')')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/{shard}', '{replica}', id)
PARTITION BY (toYYYYMM(toDateTime(id)), id % 3)
PRIMARY KEY id
ORDER BY (id, cityHash64(comment))
SAMPLE BY id
TTL toDateTime(id) + toIntervalDay(3) DELETE
SETTINGS index_granularity = 8192, storage_policy = 'cold; or not'
COMMENT 'x'`;

  test("is read whole, and printed as one that means the same", () => {
    const table = tableOf(full);
    expect(table.columns.map(({ name, type }) => [name, printType(type)])).toEqual([
      ["id", "UInt64"],
      ["e`", "Enum8('a,(' = -1, 'it''s' = 2)"],
      ["comment", "String"],
      [
        "n.a",
        "Array(Nullable(Tuple(`x` Map(String, Decimal(10, 2)), `y z` JSON(max_dynamic_paths = 8, SKIP a.b, c UInt32))))",
      ],
      ["agg", "AggregateFunction(quantiles(0.5, 0.9), Float64)"],
      ["old", "String"],
    ]);
    expect(table.columns[0]?.comment).toBe("A 'name' 'x' (, ) ;");
    expect(table.parts.map(({ how, name }) => [how, name])).toEqual([
      ["INDEX", "i1"],
      ["PROJECTION", "p"],
    ]);
    expect([...table.settings]).toEqual([
      ["index_granularity", "8192"],
      ["storage_policy", "'cold; or not'"],
    ]);
    expect([table.orderBy.length, table.ttl?.sql, table.onCluster]).toEqual([
      2,
      "toDateTime(id) + toIntervalDay(3)",
      " ON CLUSTER '{cluster}'",
    ]);
    const again = tableOf(createTable(table));
    expect(createTable(again)).toBe(createTable(table));
  });

  test("is read as a client prints it on one line", () => {
    const { shapes } = found("CREATE TABLE d.t\\n(\\n    `a` Enum8(\\'x\\' = 1)\\n)\\nENGINE = MergeTree\\nORDER BY a");
    expect(shapes).toMatchObject([{ columns: [{ name: "a" }], engine: { name: "MergeTree" } }]);
  });

  test.each([
    ["a AND (b = 1)", "`a` and b=1"],
    ["((a = 1) OR (b = 2)) OR (c = 3)", "a = 1 OR b = 2 OR c = 3"],
    ["NOT (a IN (1, 2))", "not a in (1,2)"],
    ["ifNull(x >= -5, true)", "ifNull((x >= -5), TRUE)"],
    ["at + toIntervalDay(3)", "at + INTERVAL 3 DAY"],
    ["CAST(x, 'String')", "x::'String'"],
    ["a <> 'it''s'", "a != 'it\\'s'"],
    ["x IS NOT NULL AND length(y[1]) < 3", "isNotNull(x) AND (length(y[1]) < 3)"],
    ["arrayExists(x -> (x > 1), l)", "arrayExists(x -> x > 1, l)"],
    ["a - (b - c)", "a - (b - c)"],
  ])("%s is the same condition as %s", (a, b) => {
    const canon = (check: string) =>
      tableOf(`CREATE TABLE t (a Int8, CONSTRAINT c CHECK ${check})`).constraints[0]?.expression.canon;
    expect(canon(a)).toBe(canon(b));
  });

  test.each([
    ["a - b - c", "a - (b - c)"],
    ["a AND b OR c", "a AND (b OR c)"],
    ["a = 'b'", "a = b"],
    ["a = 1", "A = 1"],
  ])("%s is another condition than %s", (a, b) => {
    const canon = (check: string) =>
      tableOf(`CREATE TABLE t (a Int8, CONSTRAINT c CHECK ${check})`).constraints[0]?.expression.canon;
    expect(canon(a)).not.toBe(canon(b));
  });
});

describe("a text from anywhere", () => {
  test.each([
    ["CREATE TABLE t (a Int8", "a comma"],
    ["CREATE TABLE t (a Enum8('x' = )) ENGINE = Null", "a number"],
    ["CREATE TABLE t (a 'x') ENGINE = Null", "a type"],
    ["CREATE TABLE t (`a Int8)", "a name"],
    ["CREATE TABLE t (a Int8) ENGINE = MergeTree WHATEVER", "ENGINE, ORDER BY or another clause of CREATE TABLE"],
    ["CREATE TABLE t (a Int8 DEFAULT 'x) ENGINE = Null", "the end of a string, a name or a comment"],
    [`CREATE TABLE t (a ${"Array(".repeat(5000)}Int8`, "fewer brackets in each other"],
  ])("%s is told where it cannot be read", (content, expected) => {
    const { shapes, findings } = found(content);
    expect(shapes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(["clickhouse/unreadable-create"]);
    if (expected !== "a comma") expect(findings[0]?.message).toContain(expected);
  });

  test("what is no CREATE TABLE is passed over, and the rest is read", () => {
    const { shapes, findings } = found(
      "SELECT 1; DROP TABLE x; CREATE FUNCTION f AS x -> x; CREATE TABLE t (a Int8) ENGINE = Null;",
    );
    expect([shapes.length, findings]).toEqual([1, []]);
  });

  test.each([
    ["comments without an end", "CREATE TABLE t (a Int8) /*".repeat(50_000)],
    ["brackets", `CREATE TABLE t (a Int8 DEFAULT ${"(".repeat(400_000)}`],
    ["conditions", `CREATE TABLE t (a Int8, CONSTRAINT c CHECK ${"a AND ".repeat(200_000)}a)`],
    ["minus signs", `CREATE TABLE t (a Int8 DEFAULT ${"-".repeat(15_000)}1)`],
    ["columns", `CREATE TABLE t (${Array.from({ length: 20_000 }, (_, i) => `a${i} Int8`).join(", ")}) ENGINE = Null`],
    ["quotes", "`'".repeat(400_000)],
  ])("a flood of %s ends soon", (_, content) => {
    const start = performance.now();
    found(content);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("whatever stands in it, it is read or told of", () => {
    const words = [
      "CREATE",
      "TABLE",
      "VIEW",
      "MATERIALIZED",
      "t",
      "`a`",
      "(",
      ")",
      ",",
      "Int8",
      "Nullable",
      "Tuple",
      "DEFAULT",
      "'x'",
      "ENGINE",
      "=",
      "MergeTree",
      "ORDER",
      "BY",
      "AS",
      "SELECT",
      "FROM",
      "CONSTRAINT",
      "CHECK",
      ";",
      "TTL",
      "->",
      "1",
      "__proto__",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (list) => void found(list.join(" "))),
      { seed: 6, numRuns: 3000 },
    );
    const table = createTable(
      tableOf(
        "CREATE TABLE d.t (a Nullable(Tuple(x Int8)) DEFAULT NULL COMMENT 'c') ENGINE = MergeTree ORDER BY tuple()",
      ),
    );
    fc.assert(
      fc.property(
        fc.nat(table.length),
        fc.nat(5),
        fc.string({ maxLength: 3 }),
        (at, cut, more) => void found(table.slice(0, at) + more + table.slice(at + cut)),
      ),
      { seed: 6, numRuns: 3000 },
    );
  });
});
