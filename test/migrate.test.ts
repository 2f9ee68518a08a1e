import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  generate,
  type MigrateOptions,
  type MigrateResult,
  migrate,
  migrationJson,
  migrationSql,
} from "../pipeline/index.ts";
import { commit, git, write } from "./support/git.ts";
import { folderWith, smallProject, textOf } from "./support/project.ts";

/** Plans as the command prints them, executed from top to bottom. */
let session: Session;
beforeAll(() => {
  session = new Session();
});
afterAll(() => session.close());

const config = (options: string): string =>
  smallProject["concordat.yaml"].replace("typescript: {}", `clickhouse: ${options}`);
const before = { ...smallProject, "concordat.yaml": config("{ database: shop }") };
const now = {
  "docs/events.md": before["docs/events.md"]
    .replace("| total | number |", "| total | string |")
    .replace("| note | string | |", "| note | string | |\n| channel | string | Where it came from |"),
};

function repository(): string {
  const folder = folderWith({});
  git(folder, "init", "-q", "-b", "main");
  commit(folder, before);
  write(folder, now);
  return folder;
}

const plan = (folder: string, options: Partial<MigrateOptions> = {}): Promise<MigrateResult> =>
  migrate({ folder, target: "clickhouse", env: {}, ...options });
const sqlOf = ({ migration, from }: MigrateResult): string =>
  migration && from !== undefined ? migrationSql({ ...migration, target: "clickhouse", from }) : "";

/** The statements of a text without its comments. */
const statementsOf = (sql: string): readonly string[] =>
  sql
    .replace(/^--.*$/gm, "")
    .split(/;\n/)
    .filter((statement) => statement.trim() !== "");

describe("concordat migrate", () => {
  test("prints what can be executed from top to bottom, twice the same", async () => {
    const folder = repository();
    const old = await generate({ folder: folderWith(before), mode: "dry-run" });
    for (const { path, content } of old.files ?? [])
      if (path.endsWith(".sql")) for (const statement of statementsOf(content)) session.query(statement);
    session.query(
      'INSERT INTO shop.shop_orders_order_placed FORMAT JSONEachRow {"event_id":"61f0c404-5cb3-11e7-907b-a6006ad3dba0","event_type":"orders.order.placed","timestamp":"2024-01-01 00:00:00.000","order_id":"61f0c404-5cb3-11e7-907b-a6006ad3dba1","total":1.5}',
    );
    const result = await plan(folder, { against: ["git:HEAD"] });
    const sql = sqlOf(result);
    expect(sql).toMatch(/^-- Migration of clickhouse from git:HEAD /);
    expect(sqlOf(await plan(folder, { against: ["git:HEAD"] }))).toBe(sql);
    for (const statement of statementsOf(sql)) session.query(statement);
    expect(session.query("SELECT total, channel FROM shop.shop_orders_order_placed", "TSV")).toBe("1.5\t\n");

    const running = session.query("SHOW CREATE TABLE shop.shop_orders_order_placed", "TSVRaw");
    write(folder, { "running.sql": running });
    const again = await plan(folder, { tables: ["running.sql"] });
    expect(again.findings).toEqual([]);
    expect(again.migration).toEqual({ steps: [], withheld: [] });
    expect(sqlOf(again)).toBe("-- clickhouse is what running.sql describes: nothing is to be done.\n");
  });

  test("takes a folder and a model as well, with the storage that was published beside it", async () => {
    const folder = repository();
    write(folder, { "concordat.yaml": config("{ database: shop, partition: day, ttlDays: 30 }") });
    const other = folderWith(before);
    await generate({ folder: other, mode: "write" });
    for (const against of [`dir:${other}`, `file:${other}/generated/model.json`]) {
      const result = await plan(folder, { against: [against] });
      const steps = result.migration?.steps.filter(({ at }) => at === "shop_orders_order_placed") ?? [];
      expect(steps[0]?.what, against).toContain("its partitions are others");
      expect(result.migration?.withheld.map(({ allow }) => allow)).toEqual(["shorten-ttl:shop_orders_order_placed"]);
    }
  });

  test("says what is withheld, and does it when it is asked for by its name", async () => {
    const folder = repository();
    write(folder, { "docs/events.md": before["docs/events.md"].replace("| total | number | What it costs |\n", "") });
    const name = "drop-column:shop_orders_order_placed.total";
    const sql = sqlOf(await plan(folder, { against: ["git:HEAD"] }));
    expect(sql).toContain(
      `-- shop_orders_order_placed.total: The new contract does not have this column; its values stay. Ask for it with --allow ${name}`,
    );
    expect(statementsOf(sql).join()).not.toContain("DROP COLUMN");
    const asked = await plan(folder, { against: ["git:HEAD"], allow: [name] });
    expect(statementsOf(sqlOf(asked)).at(-1)).toContain("DROP COLUMN `total`");
    expect(
      JSON.parse(migrationJson({ steps: [], withheld: [], ...asked.migration, target: "clickhouse", from: "x" })),
    ).toMatchObject({
      schemaVersion: 1,
      steps: [{}, {}, { number: 3, class: "rewrite", place: "after-consumers", at: "shop_orders_order_placed.total" }],
    });
  });
});

describe("what cannot be planned", () => {
  const cases: readonly (readonly [what: string, options: Partial<MigrateOptions>, message: RegExp])[] = [
    ["a target that keeps nothing", { target: "typescript" }, /migrate typescript: the configuration has no such name/],
    ["a baseline that is not there", { against: ["dir:nowhere"] }, /error baseline\/missing/],
    ["no baseline", {}, /error baseline\/none/],
    ["two baselines", { against: ["git:HEAD", "dir:."] }, /error baseline\/several/],
    ["a description that is not there", { tables: ["nowhere.sql"] }, /error source\/missing/],
    ["a description without a table", { tables: ["docs/events.md"] }, /error clickhouse\/no-create/],
    [
      "a description of something else",
      { tables: ["other.sql"] },
      /The table shop_orders is no table of these contracts/,
    ],
    [
      "a description that ends early",
      { tables: ["broken.sql"] },
      /broken\.sql:2:\d+ - error clickhouse\/unreadable-create/,
    ],
    [
      "a loss that nobody withholds",
      { against: ["git:HEAD"], allow: ["drop-column:x.y"] },
      /error clickhouse\/allowed-nothing/,
    ],
  ];
  test.each(cases)("%s ends with a finding and status 2", async (_, options, message) => {
    const folder = repository();
    write(folder, {
      "other.sql": "CREATE TABLE shop_orders (a Int32) ENGINE = MergeTree ORDER BY a",
      "broken.sql": "CREATE TABLE shop_orders_order_placed\n(a Enum8('x = 1)",
    });
    const result = await plan(folder, options);
    expect(textOf(folder, result)).toMatch(message);
    expect(result.exitCode).toBe(2);
    expect(result.migration).toBeUndefined();
  });
});
