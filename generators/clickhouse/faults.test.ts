import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Decl, type Field, list, literal, named, scalar, timestamp, uuid } from "../../model/index.ts";
import { generate } from "../../pipeline/index.ts";
import type { Options } from "./options.ts";
import { enumOf, event, field, generated, message, optional } from "./testing.ts";

/**
 * What ClickHouse does in silence to rows that are wrong, and what a generated table makes of them. A table cannot tell
 * everything: what it takes for a value in spite of all is what the checks of the ingest pack are for.
 */
let session: Session;
beforeAll(() => {
  session = new Session();
});
afterAll(() => session.close());

let tables = 0;
function table(fields: readonly Field[], others: readonly Decl[] = [], options: Options = {}) {
  const name = `fault${++tables}`;
  const decls = [...others, message("shop.Placed", fields), event(`shop.${name}`, "shop.Placed")];
  for (const statement of statements(generated(decls, options).sql)) session.query(statement);
  return {
    insert: (row: string): string =>
      session.query(
        `INSERT INTO events.shop_${name} SETTINGS date_time_input_format = 'best_effort' FORMAT JSONEachRow ${row}`,
      ),
    select: (what: string): unknown =>
      JSON.parse(
        session.query(
          `SELECT ${what} FROM events.shop_${name} SETTINGS output_format_json_quote_64bit_integers = 1`,
          "JSONCompactEachRow",
        ) || "null",
      ),
  };
}

const statements = (sql: string): readonly string[] => sql.split(/;\n/).filter((part) => part.trim() !== "");

describe("rows that a table refuses", () => {
  test("an object with only unknown keys, where a field has one value", () => {
    const { insert, select } = table([field("event_type", literal("shop.placed")), field("id", uuid)]);
    expect(() => insert('{"nobody":"knows"}')).toThrow(/Constraint `?event_type is valid`? .* is violated/);
    expect(select("count()")).toEqual(["0"]);
  });

  test("a value that a closed enum does not list, as number and as name", () => {
    const { insert } = table(
      [optional("size", named("shop.Size")), optional("word", named("shop.Word"))],
      [enumOf("shop.Size", { S: 1, M: 2 }), enumOf("shop.Word", { a: undefined, "it's": undefined })],
    );
    expect(() => insert('{"size":"XL"}')).toThrow("Unknown element 'XL' for enum");
    expect(() => insert('{"size":3}')).toThrow();
    expect(() => insert('{"word":"b"}')).toThrow("word is valid");
    expect(insert('{"size":1,"word":"it\'s"}{"size":null,"word":null}{}')).toBe("");
  });

  test("numbers, texts and lists beyond their limits", () => {
    const { insert, select } = table([
      optional("share", scalar("float64"), { limits: { minimum: 0, maximum: 1.5 } }),
      field("count", scalar("int32"), { limits: { minimum: 0 } }),
      optional("name", scalar("string"), { limits: { minLength: 1, maxLength: 3 } }),
      optional("tags", list(scalar("string")), { limits: { minItems: 1 } }),
    ]);
    expect(() => insert('{"share":1.6,"count":0,"tags":["a"]}')).toThrow("share is valid");
    expect(() => insert('{"count":-1,"tags":["a"]}')).toThrow("count is valid");
    expect(() => insert('{"count":0,"name":"äöüß","tags":["a"]}')).toThrow("name is valid");
    expect(() => insert('{"count":0,"tags":[]}')).toThrow("tags is valid");
    insert('{"share":1.5,"count":0,"name":"äöü","tags":["a"]}');
    expect(select("count()")).toEqual(["1"]);
  });

  test("two members of a one-of, and none where one has to be", () => {
    const decls = (required: boolean) => [
      message("shop.Paid", [optional("card", uuid), optional("cash", scalar("int64"))], {
        oneofs: [{ name: "by", fields: ["card", "cash"], required }],
      }),
      event(`shop.paid.${required}`, "shop.Paid"),
    ];
    for (const required of [true, false])
      for (const statement of statements(generated(decls(required)).sql)) session.query(statement);
    const insert = (kind: boolean, row: string) =>
      session.query(`INSERT INTO events.shop_shop_paid_${kind} FORMAT JSONEachRow ${row}`.replace("shop_shop", "shop"));
    const both = '{"card":"61f0c404-5cb3-11e7-907b-a6006ad3dba0","cash":1}';
    expect(() => insert(false, both)).toThrow("one of by");
    expect(() => insert(true, both)).toThrow("one of by");
    expect(() => insert(true, "{}")).toThrow("one of by");
    expect(insert(false, '{}{"cash":1}')).toBe("");
  });

  test("nothing, when the options say so", () => {
    const { insert, select } = table([field("event_type", literal("shop.placed"))], [], { constraints: false });
    insert("{}");
    expect(select("event_type")).toEqual([""]);
  });
});

describe("a block of many times", () => {
  const spread = { month: 12 * 9000, day: 3_000_000, year: 9000 } as const;
  test.each(["month", "day", "year"] as const)("fills no more partitions of a %s than ClickHouse allows", (span) => {
    const decls = [
      message("shop.Seen", [field("id", scalar("int64")), field("at", timestamp("rfc3339"))]),
      event(`shop.seen.${span}`, "shop.Seen", { identity: ["id"] }),
    ];
    for (const statement of statements(generated(decls, { partition: span }).sql)) session.query(statement);
    const at = `toDateTime64('0001-01-01 00:00:00', 3, 'UTC') + toInterval${span[0]?.toUpperCase()}${span.slice(1)}(rand(number) % ${spread[span]})`;
    const table = `events.shop_seen_${span}`;
    const times = `SELECT number AS id, ${at} AS at FROM numbers(20000)`;
    for (let n = 0; n < 2; n++) session.query(`INSERT INTO ${table} (id, at) ${times} SETTINGS max_threads = 1`);
    const near = `SELECT number AS id, now64(3, 'UTC') - toIntervalDay(number % 3000) AS at FROM numbers(30000, 9000)`;
    session.query(`INSERT INTO ${table} (id, at) ${near}`);
    const answer = session.query(
      `SELECT uniqExact(_partition_id) <= 97, uniqExact(_partition_id) > 8, uniqExact(id) FROM ${table}`,
      "TSV",
    );
    expect(answer).toBe("1\t1\t29000\n");
  });

  test("is read again without being counted twice", () => {
    const final = "SELECT count(), uniqExact(id) FROM events.shop_seen_month FINAL";
    const before = session.query(final, "TSV");
    session.query("INSERT INTO events.shop_seen_month (id, at) SELECT id, at FROM events.shop_seen_month");
    expect(session.query(final, "TSV")).toBe(before);
  });
});

describe("values that arrive as they are", () => {
  test("an array of objects is no Nested", () => {
    const { insert, select } = table(
      [field("items", list(named("shop.Item")))],
      [message("shop.Item", [field("sku", scalar("string")), field("count", scalar("int32"))])],
    );
    insert('{"items":[{"sku":"a","count":1},{"sku":"b","count":2}]}');
    expect(select("items.sku, items.count")).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
  });

  test("a number of milliseconds is a number, and its moment a column of its own", () => {
    const { insert, select } = table([field("at", timestamp("epoch-millis"))]);
    insert('{"at":1700000000123}');
    expect(select("at, at_time")).toEqual(["1700000000123", "2023-11-14 22:13:20.123"]);
  });

  test("a time with an offset", () => {
    const { insert, select } = table([field("at", timestamp("rfc3339"))]);
    insert('{"at":"2024-05-06T07:08:09+02:00"}');
    expect(select("at")).toEqual(["2024-05-06 05:08:09.000"]);
  });

  test("a message that is not there is no message of zeros", () => {
    const { insert, select } = table(
      [optional("inner", named("shop.Inner"))],
      [message("shop.Inner", [field("x", scalar("int64"))])],
    );
    insert('{"inner":null}');
    expect(select("inner")).toEqual([null]);
  });

  test("null where nothing may be missing: the column has a NULL unless the field is required", () => {
    const { insert, select } = table([optional("count", scalar("int32")), optional("name", scalar("string"))]);
    insert('{"count":null,"name":null}');
    expect(select("count, name")).toEqual([null, null]);
  });

  test("integers have the width that the contract says, and none is narrower than 32 bits", () => {
    const { insert, select } = table([field("a", scalar("int32")), field("b", scalar("uint64"))]);
    insert('{"a":300,"b":"18446744073709551615"}');
    expect(select("a, b")).toEqual([300, "18446744073709551615"]);
  });
});

test("the text of every table has one normal form, which formatQuery gives and keeps", {
  timeout: 120_000,
}, async () => {
  const folder = `${import.meta.dirname}/../..`;
  const { files = [] } = await generate({ folder, mode: "dry-run", only: ["clickhouse"] });
  const format = (sql: string): string =>
    (JSON.parse(session.query(`SELECT formatQuery(${quote(sql)}) AS sql`, "JSONEachRow")) as { sql: string }).sql;
  const tables = files.filter(({ path }) => /\/clickhouse\/[^/]+\.sql$/.test(path));
  expect(tables.length).toBeGreaterThan(100);
  for (const { path, content } of tables)
    for (const statement of statements(content)) {
      const normal = format(statement);
      expect(format(normal), path).toBe(normal);
      // Nothing is lost on the way: the normal form makes the same table.
      if (!normal.startsWith("CREATE TABLE")) continue;
      const name = /`events`\.`(\w+)`|events\.(\w+)/.exec(normal);
      session.query("CREATE DATABASE IF NOT EXISTS events");
      session.query(statement);
      const show = (): string => session.query(`SHOW CREATE TABLE events.${name?.[1] ?? name?.[2]}`, "TSVRaw");
      const made = show();
      session.query(`DROP TABLE events.${name?.[1] ?? name?.[2]} SYNC`);
      session.query(normal);
      expect(show(), path).toBe(made);
      session.query(`DROP TABLE events.${name?.[1] ?? name?.[2]} SYNC`);
    }
});

const quote = (sql: string): string => `'${sql.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
