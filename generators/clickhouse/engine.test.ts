import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Decl,
  duration,
  type Field,
  jsonAny,
  jsonObject,
  list,
  map,
  named,
  scalar,
  type TypeRef,
  timestamp,
  uuid,
} from "../../model/index.ts";
import type { Options } from "./options.ts";
import { identifier } from "./sql.ts";
import { enumOf, event, field, generated, message, optional, system } from "./testing.ts";

/** Everything here is executed by ClickHouse itself. One session for the file: a process can have no second one. */
let session: Session;
beforeAll(() => {
  session = new Session();
  session.query("SET date_time_input_format = 'best_effort'");
});
afterAll(() => session.close());

const id = "61f0c404-5cb3-11e7-907b-a6006ad3dba0";

/** Creates what the generator makes, twice in a row, as everything has to stand being executed again. */
function create(decls: readonly Decl[], options?: Options): void {
  const { files, findings } = generated(decls, options);
  expect(findings).toEqual([]);
  for (const { content } of [...files, ...files])
    for (const statement of content.split(/;\n/).filter((part) => part.trim() !== "")) session.query(statement);
}

let tables = 0;
/** A table with these fields: rows go in as JSON text, and come out as JSON. */
function table(fields: readonly Field[], others: readonly Decl[] = [], options?: Options) {
  const name = `case${++tables}`;
  create([...others, message("shop.Placed", fields), event(`shop.${name}`, "shop.Placed")], options);
  return {
    insert: (...rows: readonly string[]): void => {
      for (const row of rows) session.query(`INSERT INTO events.shop_${name} FORMAT JSONEachRow ${row}`);
    },
    select: (what = "* EXCEPT (ingested_at, kafka_topic, kafka_partition, kafka_offset)"): readonly unknown[] =>
      session
        .query(
          `SELECT ${what} FROM events.shop_${name} ORDER BY ingested_at SETTINGS date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 1`,
          "JSONEachRow",
        )
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as unknown),
  };
}

/** One required field, one value: what goes in is what comes out, unless something else is expected. */
const values: readonly (readonly [name: string, type: TypeRef, json: string, expected?: unknown])[] = [
  ["an integer beyond 2^53 in a string", scalar("int64"), '"9007199254740993"'],
  ["the smallest integer", scalar("int64"), '"-9223372036854775808"'],
  ["the largest unsigned integer", scalar("uint64"), '"18446744073709551615"'],
  ["a double", scalar("float64"), "1e-7"],
  ["text", scalar("string"), '"it\'s \\u0000 \\"x\\" \\\\ é 😀"'],
  ["bytes", scalar("bytes"), '"AAEC"'],
  ["a UUID", uuid, `"${id}"`],
  ["a time in another zone", timestamp("rfc3339"), '"2024-05-06T07:08:09.5+02:00"', "2024-05-06T05:08:09.500Z"],
  ["a time to the nanosecond", timestamp("protobuf"), '"2024-05-06T07:08:09.123456789Z"'],
  ["the last time of four digits", timestamp("rfc3339"), '"9999-12-31T23:59:59.999Z"'],
  ["a time before 1970", timestamp("rfc3339"), '"1969-12-31T23:59:59.500Z"'],
  ["a closed enum by name", named("shop.Closed"), '"b"'],
  ["a closed enum by number", named("shop.Closed"), "7", "b"],
  ["an open enum", named("shop.Open"), '"new"'],
  ["an open enum, printed as a number", named("shop.Open"), "9", "9"],
  ["a list", list(scalar("int64")), '["1","9007199254740993"]'],
  ["a list of lists", list(list(scalar("string"))), '[["a"],[]]'],
  ["a list of times", list(timestamp("rfc3339")), '["2024-05-06T07:08:09Z"]', ["2024-05-06T07:08:09.000Z"]],
  [
    "a list of messages",
    list(named("shop.Item")),
    '[{"sku":"a","count":1,"kind":7},{"sku":"b","count":2,"kind":"a"}]',
    [
      { sku: "a", count: 1, kind: "b" },
      { sku: "b", count: 2, kind: "a" },
    ],
  ],
  ["a map", map(scalar("int64")), '{"a":"9007199254740993","__proto__":"1"}'],
  ["a map by number", { kind: "map", key: "int64", value: scalar("string") }, '{"-5":"x"}'],
  ["a map by truth", { kind: "map", key: "bool", value: scalar("string") }, '{"true":"x"}'],
  ["a map of messages", map(named("shop.Item")), '{"x":{"sku":"a","count":1,"kind":"a"}}'],
  ["a map of lists", map(list(scalar("string"))), '{"x":["a"]}'],
  [
    "a free-form object",
    jsonObject,
    '{"a":{"b":[1,"x",{"c":true}]},"n":9007199254740993}',
    {
      // Integers inside are 64 bits wide, and these are printed as strings here.
      a: { b: ["1", "x", { c: true }] },
      n: "9007199254740993",
    },
  ],
  ["a list of free-form objects", list(jsonObject), '[{"a":1.5},{}]'],
  ["any JSON", jsonAny, '[1, {"a": null}]', '[1, {"a": null}]'],
  ["an empty message", named("shop.Nothing"), "{}"],
  ["a message that contains itself", named("shop.Tree"), '{"name":"a","children":[{"name":"b","children":[]}]}'],
];

describe("what goes into a table comes out of it", () => {
  const others: readonly Decl[] = [
    enumOf("shop.Closed", { a: 0, b: 7 }),
    enumOf("shop.Open", { a: 0 }, true),
    message("shop.Item", [
      field("sku", scalar("string")),
      field("count", scalar("int32")),
      field("kind", named("shop.Closed")),
    ]),
    message("shop.Nothing", []),
    message("shop.Tree", [field("name", scalar("string")), field("children", list(named("shop.Tree")))]),
  ];

  test("value by value", () => {
    const { insert, select } = table(
      values.map(([name, type]) => field(name, type)),
      others,
    );
    insert(`{${values.map(([name, , json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`);
    const [row] = select() as [Record<string, unknown>];
    for (const [name, , json, expected] of values) expect(row[name], name).toEqual(expected ?? JSON.parse(json));
  });

  test("free-form objects keep every byte as text", () => {
    const { insert, select } = table([field("more", jsonObject)], [], { freeForm: "string" });
    insert('{"more":{"when": "2024-01-01T00:00:00Z", "big": 18446744073709551616, "gone": null}}');
    expect(select()).toEqual([{ more: '{"when": "2024-01-01T00:00:00Z", "big": 18446744073709551616, "gone": null}' }]);
  });
});

describe("absence", () => {
  const others = [
    enumOf("shop.Phase", { UNDEFINED: 0, RUNNING: 1 }, true),
    message("shop.Inner", [optional("x", scalar("int64")), optional("phase", named("shop.Phase"))]),
    message("shop.Outer", [optional("inner", named("shop.Inner")), field("items", list(named("shop.Inner")))]),
  ];
  const filled = { inner: { x: "1", phase: "RUNNING" }, items: [{ x: "2", phase: null }] };

  test("is told from a message that is there with nothing set, at every depth", () => {
    const { insert, select } = table([optional("outer", named("shop.Outer"))], others);
    insert('{"outer":null}', '{"outer":{"inner":{}}}', `{"outer":${JSON.stringify(filled)}}`, '{"outer":{}}', "{}");
    const empty = { inner: { x: null, phase: null }, items: [] };
    expect(select().slice(0, 3)).toEqual([{ outer: null }, { outer: empty }, { outer: filled }]);
    expect(select().slice(3)).toEqual([{ outer: { inner: null, items: [] } }, { outer: null }]);
  });

  test("without nullable tuples is a tuple of defaults", () => {
    const { insert, select } = table([optional("outer", named("shop.Outer"))], others, { nullableTuples: false });
    insert("{}", `{"outer":${JSON.stringify(filled)}}`);
    expect(select()).toEqual([{ outer: { inner: { x: null, phase: null }, items: [] } }, { outer: filled }]);
  });

  test("of scalars is NULL, and of an implicit field the zero of its type", () => {
    const implicit = { presence: "implicit" } as const;
    const { insert, select } = table(
      [
        optional("text", scalar("string")),
        optional("free", jsonObject),
        field("count", scalar("int64"), implicit),
        field("phase", named("shop.Phase"), implicit),
        field("when", timestamp("protobuf"), implicit),
        field("took", duration("protobuf"), implicit),
      ],
      others,
    );
    insert('{"text":"","free":{}}', "{}");
    const zero = { count: "0", phase: "UNDEFINED", when: "1970-01-01T00:00:00.000000000Z", took: "0s" };
    expect(select()).toEqual([
      { text: "", free: {}, ...zero },
      { text: null, free: null, ...zero },
    ]);
  });
});

test("the losses that the ledger names are real", () => {
  const { insert, select } = table([
    field("free", jsonObject),
    field("at", timestamp("rfc3339")),
    optional("any", jsonAny),
    optional("nano", timestamp("protobuf")),
    optional("labels", map(scalar("string"))),
  ]);
  const at = '"at":"2024-01-01T00:00:00.123456Z"';
  insert(`{"free":{"a":null,"b":{},"c.d":1.5,"day":"2024-01-01T00:00:00Z"},${at},"any":1}`);
  insert(`{"free":{},${at},"any":"1","labels":null}`);
  const cut = { at: "2024-01-01T00:00:00.123Z", any: "1", nano: null, labels: {} };
  expect(select()).toEqual([
    { free: { c: { d: 1.5 }, day: "2024-01-01T00:00:00Z" }, ...cut }, // Printed so; stored as a DateTime.
    { free: {}, ...cut },
  ]);
  expect(select("dynamicType(free.day) AS day")[0]).toEqual({ day: "DateTime" });
  expect(() => insert(`{"free":{"big":18446744073709551616},${at}}`)).toThrow();
  expect(() => insert(`{"free":{},${at},"nano":"9999-12-31T00:00:00Z"}`)).toThrow();
});

describe("derived columns", () => {
  test("tell the moment of a number and the seconds of a text, and refuse no row", () => {
    const { insert, select } = table([
      field("ms", timestamp("epoch-millis")),
      optional("s", timestamp("epoch-seconds")),
      optional("took", duration("seconds-string")),
    ]);
    insert('{"ms":1700000000123,"s":1700000000,"took":"-1.500000001s"}', '{"ms":9223372036854775807,"took":"x"}');
    expect(select("ms_time, s_time, toString(took_seconds) AS seconds")).toEqual([
      { ms_time: "2023-11-14T22:13:20.123Z", s_time: "2023-11-14T22:13:20.000Z", seconds: "-1.500000001" },
      { ms_time: "9999-12-31T23:59:59.807Z", s_time: null, seconds: null },
    ]);
  });
});

describe("deliveries", () => {
  const fields = [field("payment_id", uuid), field("at", timestamp("rfc3339")), optional("n", scalar("int32"))];
  const row = (n: number): string => `{"payment_id":"${id}","at":"2024-01-01T00:00:00Z","n":${n}}`;

  test("of an event with an identity are one, the last", () => {
    create([message("shop.Paid", fields), event("shop.paid", "shop.Paid", { identity: ["payment_id"] })], {
      ttlDays: 36500,
    });
    for (const n of [1, 2]) session.query(`INSERT INTO events.shop_paid FORMAT JSONEachRow ${row(n)}`);
    expect(session.query("SELECT count(), any(n) FROM events.shop_paid FINAL", "TSV")).toBe("1\t2\n");
  });

  test("of an event without one are kept", () => {
    const { insert, select } = table(fields);
    insert(row(1), row(1));
    expect(select()).toHaveLength(2);
  });
});

test("names and docs from anywhere stay names and docs", () => {
  const nasty = [
    "`",
    "'",
    '"',
    "\\",
    "a b",
    "a`; DROP TABLE x; --",
    "é\n",
    "__proto__",
    "constructor",
    "from",
    "a.b",
    "*/",
    "\0",
    "\u0001\u001b\u007f",
    "--",
    "{x:y}",
    "$$",
    "\u2028",
  ];
  const doc = "It's `code` \\' */ -- ; \n with 'quotes'\u2028 and \u202e more";
  // With limits, so that the names stand in constraints as well.
  const fields = nasty.map((name) => field(name, scalar("int32"), { doc, unit: "'`", limits: { minimum: 0 } }));
  const lists = ["l.a", "l.b"].map((name) => field(name, list(scalar("int32"))));
  create([
    enumOf("shop.Odd", { "it's": 1, "b\\": 2, "": 3 }),
    message(
      "shop.Inner",
      fields.filter(({ name }) => !/[\0-\x1f]/.test(name)),
    ),
    message("shop.Control", [field("\u0001", scalar("int32"))]),
    message("shop.Nasty", [
      ...fields,
      ...lists,
      field("in", named("shop.Inner")),
      field("control", named("shop.Control")),
      field("odd", named("shop.Odd")),
    ]),
    event("shop.it's`\\nasty", "shop.Nasty", { doc }),
  ]);
  const values = Object.fromEntries(nasty.map((name, index) => [name, index]));
  const inner = Object.fromEntries(Object.entries(values).filter(([name]) => !/[\0-\x1f]/.test(name)));
  const control = { "\u0001": 7 };
  const row = { ...values, "l.a": [1], "l.b": [2, 3], in: inner, control, odd: "b\\" };
  session.query(`INSERT INTO events.shop_it_s_nasty FORMAT JSONEachRow ${JSON.stringify(row)}`);
  const names = [...nasty, "in", "control", "odd"].map(identifier).join(", ");
  const back = session.query(`SELECT ${names} FROM events.shop_it_s_nasty`, "JSONEachRow");
  expect(JSON.parse(back)).toEqual({ ...values, in: inner, control, odd: "b\\" });
  const comment = session.query("SELECT comment FROM system.tables WHERE name = 'shop_it_s_nasty'", "JSONEachRow");
  expect(JSON.parse(comment)).toEqual({
    comment: "shop.it's`\\nasty: It's `code` \\' */ -- ; with 'quotes' and more",
  });
});

test("the profile's keys and enum numbers are read as they are sent", () => {
  create([
    system({ fieldNames: "lowerCamel", enums: "number" }),
    enumOf("shop.Visibility", { PRIVATE: 0, SHARED: 1 }),
    enumOf("shop.Level", { LOW: 0 }, true),
    message("shop.Seen", [
      field("app_visibility", named("shop.Visibility")),
      optional("old_visibility", named("shop.Visibility")),
      field("top_level", named("shop.Level")),
    ]),
    event("shop.seen", "shop.Seen"),
  ]);
  session.query('INSERT INTO events.shop_seen FORMAT JSONEachRow {"appVisibility":1,"oldVisibility":0,"topLevel":12}');
  const back = session.query("SELECT appVisibility, oldVisibility, topLevel FROM events.shop_seen", "JSONEachRow");
  expect(JSON.parse(back)).toEqual({ appVisibility: "SHARED", oldVisibility: "PRIVATE", topLevel: 12 });
});
