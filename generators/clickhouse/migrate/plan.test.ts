import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createView,
  type Decl,
  type Diagnostic,
  type Field,
  type Migration,
  type OutputFile,
  scalar,
  type Topic,
  timestamp,
  uuid,
} from "../../../model/index.ts";
import clickhouse from "../index.ts";
import { execute, statements } from "../ingest/testing.ts";
import type { Options } from "../options.ts";
import { event, field, message, optional, system } from "../testing.ts";
import { database, normal } from "./testing.ts";

/** Whole migrations, of the tables and of all that feeds them, executed on a server with messages on their way. */
let db: ReturnType<typeof database>;
beforeAll(() => {
  db = database();
});
afterAll(() => db.close());

const topic: Topic = {
  kind: "topic",
  name: "orders",
  system: "shop",
  transport: "kafka",
  origins: [{ span: { path: "a", start: 0, end: 1 }, reader: "t", basis: "stated" }],
};
const kind = field("event_type", { kind: "literal", value: "shop.placed" });
const base: readonly Field[] = [field("event_id", uuid), kind, field("at", timestamp("rfc3339"))];
const model = (
  fields: readonly Field[],
  more: Partial<Parameters<typeof event>[2]> = {},
  name = "shop.placed",
): readonly Decl[] => [
  system(),
  topic,
  message("shop.Placed", fields),
  event(name, "shop.Placed", { topic: "orders", identity: ["event_id"], ...more }),
];

function filesOf(
  decls: readonly Decl[],
  options: Options,
): { readonly files: readonly OutputFile[]; readonly view: ReturnType<typeof createView> } {
  const view = createView({ irVersion: 1, decls }, ({ path }) => ({ path, line: 1, column: 1 }));
  const findings: Diagnostic[] = [];
  const { files } = clickhouse.generate(view, { options, report: (finding) => findings.push(finding) });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  return { files, view };
}

let count = 0;
function migrate(
  before: readonly Decl[],
  after: readonly Decl[],
  allow: readonly string[] = [],
  options: Options = {},
) {
  const name = `m${++count}`;
  const own = { ...options, database: name };
  const old = filesOf(before, own);
  const now = filesOf(after, { ...own, ...options });
  const fresh = filesOf(after, { ...own, database: `${name}_fresh` });
  execute(db.session, old.files);
  const findings: Diagnostic[] = [];
  const plan = (clickhouse.migrate as NonNullable<typeof clickhouse.migrate>)(
    { before: old.files, after: now.files, view: now.view, running: false, allow },
    (finding) => findings.push(finding),
  );
  return {
    name,
    plan,
    findings,
    run: (place?: string) => take(plan, place),
    undo: (): void => {
      for (const { back } of plan.steps.filter(({ place }) => place === "before-producers").reverse())
        for (const statement of back) runLocally(statement);
    },
    send: (...rows: readonly string[]): void => {
      for (const raw of rows)
        db.run(
          `INSERT INTO ${name}.shop_orders_json_queue (raw, _topic) FORMAT JSONEachRow ${JSON.stringify({ raw, _topic: "orders" })}`,
        );
    },
    /** All that there is, and all that there would be if it were new. */
    shapes: () => {
      execute(db.session, fresh.files);
      return [shapesOf(name), shapesOf(`${name}_fresh`)];
    },
  };
}

/** Kafka tables are replaced as the harness of the ingest does it. */
const runLocally = (statement: string): void =>
  execute(db.session, [
    {
      path: "x/ingest/x.sql",
      content: `${statement};
`,
    },
  ]);
function take({ steps }: Migration, place?: string): void {
  for (const step of steps)
    if (place === undefined || step.place === place)
      for (const statement of [...(step.preflight ? step.preflight.split(";\n") : []), ...step.statements])
        runLocally(statement);
}

function shapesOf(name: string): Readonly<Record<string, string>> {
  const tables = db.run(`SELECT name FROM system.tables WHERE database = '${name}' ORDER BY name`).split("\n");
  return Object.fromEntries(
    tables.map((table) => [table, normal(db.run(`SHOW CREATE TABLE ${name}.${table}`)).replaceAll(name, "db")]),
  );
}

const id = (n: number): string => `61f0c404-5cb3-11e7-907b-a6006ad3db0${n}`;
const message1 = (n: number, more: object): string =>
  JSON.stringify({ event_id: id(n), event_type: "shop.placed", at: "2024-01-02T03:04:05.678Z", ...more });

describe("a migration", () => {
  test("of a model to itself has no steps", () => {
    const { plan, findings } = migrate(model(base), model(base));
    expect([plan, findings]).toEqual([{ steps: [], withheld: [] }, []]);
  });

  test("of a running table that is as it should be has no steps", () => {
    const { name } = migrate(model([...base, optional("n", scalar("int64"))]), model(base));
    const now = filesOf(model([...base, optional("n", scalar("int64"))]), { database: name });
    const content = db.run(`SHOW CREATE TABLE ${name}.shop_placed`);
    for (const text of [content, content.replaceAll("\n", "\\n").replaceAll("'", "\\'")])
      expect(
        clickhouse.migrate?.(
          { before: [{ path: "t", content: text }], after: now.files, view: now.view, running: true, allow: [] },
          (one) => {
            throw new Error(one.message);
          },
        ),
      ).toEqual({ steps: [], withheld: [] });
  });

  test("takes the ingest away, changes the table, and puts it back as it would be if it were new", () => {
    const { run, send, shapes, plan, name } = migrate(
      model([...base, field("n", scalar("int32")), field("note", scalar("string")), optional("size", scalar("int64"))]),
      model([
        ...base,
        field("note", scalar("string"), { limits: { minLength: 1 } }),
        field("n", scalar("int64")),
        optional("who", scalar("string")),
        field("size", scalar("int64")),
      ]),
    );
    send(message1(1, { n: 7, note: "a", size: "9" }));
    run("before-producers");
    send(
      message1(2, { n: "5000000000", note: "b", who: "me", size: "8" }),
      message1(3, { n: "1", note: "", size: "1" }),
    );
    run("after-consumers");
    expect(db.json(`SELECT n, note, who, size FROM ${name}.shop_placed ORDER BY event_id`)).toEqual([
      { n: 7, note: "a", who: null, size: 9 },
      { n: 5_000_000_000, note: "b", who: "me", size: 8 },
    ]);
    expect(db.json(`SELECT class FROM ${name}.shop_orders_json_dead`)).toEqual([{ class: "wrong-value" }]);
    const [now, fresh] = shapes();
    expect(now).toEqual(fresh);
    const [first] = plan.steps;
    expect(first?.statements[0]).toContain("_check");
    expect(plan.steps.filter(({ place }) => place === "after-consumers").map(({ at }) => at)).toEqual([
      "shop_placed.size",
    ]);
  });

  test("follows events and fields that have another name, and keeps the former ones until nobody reads them", () => {
    const { run, send, shapes, name } = migrate(
      model([...base, field("n", scalar("int32"))]),
      model(
        [...base, field("number", scalar("int32"), { aliases: ["n"] })],
        { aliases: ["shop.placed"] },
        "shop.ordered",
      ),
      [],
    );
    send(message1(1, { n: 7 }));
    run("before-producers");
    expect(db.json(`SELECT n FROM ${name}.shop_placed`)).toEqual([{ n: 7 }]);
    expect(db.json(`SELECT n, number FROM ${name}.shop_ordered`)).toEqual([{ n: 7, number: 7 }]);
    run("after-consumers");
    expect(db.json(`SELECT number FROM ${name}.shop_ordered`)).toEqual([{ number: 7 }]);
    const [now, fresh] = shapes();
    expect(now).toEqual(fresh);
  });

  test("writes a table anew whose identity is another", () => {
    const { run, send, shapes, name, plan } = migrate(
      model([...base, field("n", scalar("int32"))], { identity: ["event_id"] }),
      model([...base, field("n", scalar("int32"))], { identity: ["event_id", "n"] }),
    );
    send(message1(1, { n: 7 }), message1(2, { n: 8 }));
    run();
    expect(db.json(`SELECT n FROM ${name}.shop_placed ORDER BY n`)).toEqual([{ n: 7 }, { n: 8 }]);
    expect(plan.steps.some((step) => step.class === "impossible")).toBe(true);
    const [now, fresh] = shapes();
    expect(now).toEqual(fresh);
  });

  const paid: readonly Decl[] = [
    message("shop.Paid", [
      field("event_id", uuid),
      { ...kind, type: { kind: "literal", value: "shop.paid" } },
      field("sum", scalar("int32")),
    ]),
    event("shop.paid", "shop.Paid", { topic: "orders", identity: ["event_id"] }),
  ];
  const payment = JSON.stringify({ event_id: id(1), event_type: "shop.paid", sum: 5 });

  test("brings a new event of a topic, and has a way back", () => {
    const { run, send, undo, shapes, name } = migrate(model(base), [...model(base), ...paid]);
    const before = shapesOf(name);
    send(payment);
    run("before-producers");
    undo();
    expect(shapesOf(name)).toEqual({ ...before, shop_paid: expect.stringContaining("CREATE TABLE") as string });
    run("before-producers");
    send(payment);
    expect(db.json(`SELECT sum FROM ${name}.shop_paid`)).toEqual([{ sum: 5 }]);
    expect(db.json(`SELECT class FROM ${name}.shop_orders_json_dead`)).toEqual([{ class: "unknown-event" }]);
    const [now, fresh] = shapes();
    expect(now).toEqual(fresh);
  });

  test("leaves the table of an event that is gone, and what fills it until nobody sends it", () => {
    const { run, send, name, plan } = migrate([...model(base), ...paid], model(base));
    send(payment);
    run("before-producers");
    send(payment);
    expect(db.json(`SELECT class FROM ${name}.shop_orders_json_dead`)).toEqual([{ class: "unknown-event" }]);
    run("after-consumers");
    expect(db.json(`SELECT sum FROM ${name}.shop_paid`)).toEqual([{ sum: 5 }]);
    expect(plan.withheld.map(({ allow }) => allow)).toEqual(["drop-table:shop_paid"]);
    expect(db.run(`SHOW TABLES FROM ${name} LIKE 'shop_paid%'`)).toBe("shop_paid");
  });

  test("reads Kafka in another way by a queue made again, and says when that is another group", () => {
    const files = (kafka: Options["kafka"]) => filesOf(model(base), kafka ? { kafka } : {});
    const plan = (now: ReturnType<typeof files>) =>
      clickhouse.migrate?.(
        { before: files(undefined).files, after: now.files, view: now.view, running: false, allow: [] },
        () => {},
      );
    const more = plan(files({ consumers: 4 }));
    expect(more?.steps.map((step) => step.class)).toEqual(["metadata", "metadata"]);
    expect(more?.steps[0]?.statements).toEqual([
      "DROP VIEW IF EXISTS `events`.`shop_orders_json_check` SYNC",
      "DROP TABLE IF EXISTS `events`.`shop_orders_json_queue` SYNC",
    ]);
    expect(more?.steps[1]?.what).not.toContain("consumer group");
    expect(plan(files({ group: "other" }))?.steps[1]?.what).toContain(
      "As a new consumer group reads shop_orders_json_queue",
    );
  });

  test("looks for what would be lost before anything has another name, and again when it has", () => {
    const { run, send, plan, name } = migrate(
      model([...base, optional("n", scalar("string")), field("list", scalar("int32"))]),
      model(
        [
          ...base,
          field("number", scalar("int32"), { aliases: ["n"] }),
          field("list", { kind: "list", item: scalar("int32") }),
        ],
        { aliases: ["shop.placed"] },
        "shop.ordered",
      ),
    );
    send(message1(1, { n: "7", list: 1 }));
    const early = plan.steps.flatMap((step) => step.earlyPreflight ?? []);
    expect(early.length).toBeGreaterThan(0);
    for (const query of early) db.run(query);
    run();
    expect(db.json(`SELECT number, list FROM ${name}.shop_ordered`)).toEqual([{ number: 7, list: [1] }]);
  });

  test("makes views that may be NULL in a tuple under the setting that they need", () => {
    const inner = message("shop.Inner", [optional("x", scalar("int64"))]);
    const { run, shapes, send, name } = migrate(model(base), [
      ...model([...base, optional("inner", { kind: "named", name: "shop.Inner" })]),
      inner,
    ]);
    db.run("SET enable_nullable_tuple_type = 0");
    run();
    send(message1(1, { inner: { x: "5" } }));
    expect(db.json(`SELECT inner FROM ${name}.shop_placed`)).toEqual([{ inner: { x: 5 } }]);
    const [now, fresh] = shapes();
    expect(now).toEqual(fresh);
  });

  test("drops no table and no column that nobody asks to drop", () => {
    const before = model([...base, field("n", scalar("int32"))]);
    const { plan, run, name } = migrate(before, [system()]);
    expect(plan.withheld.map(({ allow }) => allow)).toEqual([
      "drop-table:shop_orders_json_dead",
      "drop-table:shop_placed",
    ]);
    run();
    expect(db.run(`SHOW TABLES FROM ${name}`)).toBe("shop_orders_json_dead\nshop_placed");
    const asked = migrate(before, model(base), ["drop-column:shop_placed.n", "drop-column:shop_placed.m"]);
    asked.run();
    const [now, fresh] = asked.shapes();
    expect(now).toEqual(fresh);
    expect(asked.findings.map(({ message }) => message)).toEqual([
      "Nothing in this migration asks to be allowed as drop-column:shop_placed.m.",
    ]);
  });

  test("on a cluster asks for what every shard has to do", () => {
    const options: Options = { cluster: { name: "c", replicated: false } };
    const before = filesOf(model([...base, field("n", scalar("int32"))]), options);
    const after = filesOf(
      model([...base, field("n", scalar("int64")), optional("m", scalar("string"))], { identity: ["event_id", "n"] }),
      options,
    );
    const plan = clickhouse.migrate?.(
      { before: before.files, after: after.files, view: after.view, running: false, allow: [] },
      () => {},
    );
    const all = plan?.steps.flatMap((step) => step.statements) ?? [];
    expect(
      all.filter((one) => /^(?:ALTER|DROP|EXCHANGE|CREATE)/.test(one)).every((one) => one.includes("ON CLUSTER")),
    ).toBe(true);
    expect(all.some((one) => one.startsWith("CREATE TABLE IF NOT EXISTS `events`.`shop_placed` ON CLUSTER"))).toBe(
      true,
    );
    expect(plan?.steps.find(({ everyShard }) => everyShard)?.at).toBe("shop_placed_local");
    for (const one of all) db.run(`EXPLAIN AST ${statements(one)[0]}`);
  });
});
