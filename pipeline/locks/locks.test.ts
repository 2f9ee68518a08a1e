import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, textOf } from "../../test/support/project.ts";
import { type Diagnostic, type LockOptions, lock, read } from "../index.ts";

const lockPath = "contracts/numbers/shop.yaml";

const config = "systems:\n  shop:\n    sources: [{ files: types.md, reader: markdown }]\n";
const types = (...fields: readonly string[]) =>
  ["# `Order`", "", ...fields.map((field) => `- \`${field}\` - \`string\``), ""].join("\n");

const project = (fields: readonly string[], lockText?: string) =>
  folderWith({
    "concordat.yaml": config,
    "types.md": types(...fields),
    ...(lockText !== undefined && { [lockPath]: lockText }),
  });
const lockIn = (folder: string, options: Partial<LockOptions> = {}) => lock({ folder, ...options });
// Rules have opinions of their own about small documents.
const ofLocks = (findings: readonly Diagnostic[]) => findings.filter(({ code }) => !code.startsWith("checks/"));
const lockText = (folder: string) => readFileSync(join(folder, lockPath), "utf8");

async function numbers(folder: string) {
  const { project: read_, findings } = await read({ folder });
  const order = read_?.model.decls.find((decl) => decl.kind === "message");
  return { fields: order?.fields.map(({ name, number }) => [name, number]), findings: ofLocks(findings), order };
}

describe("a number lock", () => {
  test("gives fields their numbers, and says where they come from", async () => {
    const folder = project(["id", "note"], "messages:\n  shop.Order:\n    fields: { note: 7, id: 1 }\n");
    const { fields, findings, order } = await numbers(folder);
    expect(findings).toEqual([]);
    expect(fields).toEqual([
      ["id", 1],
      ["note", 7],
    ]);
    expect(order?.fields[1]?.origins.at(-1)).toEqual({
      span: { path: lockPath, start: 38, end: 42 },
      reader: "lock",
      basis: "overlay",
    });
  });

  test("lets its reservations stand in the model", async () => {
    const text =
      "messages:\n  shop.Order:\n    fields: { id: 1 }\n    reserved: [{ number: 2, name: old }, { number: 9-11 }]\n";
    const { order } = await numbers(project(["id"], text));
    expect(order?.reserved).toEqual({
      names: ["old"],
      numbers: [
        [2, 2],
        [9, 11],
      ],
    });
  });

  test.each([
    [
      "a field without an entry",
      "fields: { id: 1 }",
      "lock/missing-entry",
      "shop.Order.note has no number in the lock.",
    ],
    [
      "an entry without a field",
      "fields: { id: 1, note: 2, gone: 3 }",
      "lock/stale-entry",
      "The lock has a number for shop.Order.gone, which no source declares.",
    ],
    [
      "a name that is reserved",
      "{ fields: { id: 1 }, reserved: [{ number: 2, name: note }] }",
      "lock/reserved-name",
      "The name of shop.Order.note is reserved, and in use again.",
    ],
    [
      "a number that is reserved",
      "{ fields: { id: 1, note: 10 }, reserved: [{ number: 9-11 }] }",
      "lock/reserved-number",
      "shop.Order.note has the number 10, which is reserved.",
    ],
    [
      "a number twice",
      "fields: { id: 1, note: 1 }",
      "lock/shared-number",
      "shop.Order.note and id both have the number 1 in the lock.",
    ],
    [
      "a number of Protobuf's own",
      "fields: { id: 1, note: 19500 }",
      "lock/number-range",
      "The number 19500 of shop.Order.note is not one that it can have.",
    ],
  ])("%s is a finding", async (_, entry, code, message) => {
    const text = `messages:\n  shop.Order:\n    ${entry}\n`;
    const { findings } = await numbers(project(["id", "note"], text));
    expect(findings.map((finding) => [finding.code, finding.message])).toEqual([[code, message]]);
  });

  test("with all: true, what is not listed is a finding", async () => {
    const { findings } = await numbers(project(["id"], "all: true\n"));
    expect(findings.map(({ code }) => code)).toEqual(["lock/missing-declaration"]);
  });

  test("a source that states another number is told with both places", async () => {
    const folder = folderWith({
      "concordat.yaml": "systems:\n  shop:\n    sources: [{ files: o.proto, reader: protobuf }]\n",
      "o.proto":
        'syntax = "proto3";\npackage shop;\nmessage Order { string id = 2; Kind kind = 3; }\nenum Kind { NONE = 0; GIFT = 1; }\n',
      [lockPath]:
        "messages:\n  shop.Order:\n    fields: { id: 1, kind: 3 }\nenums:\n  shop.Kind:\n    values: { NONE: 0, GIFT: 2 }\n",
    });
    const result = await read({ folder });
    expect(textOf(folder, { ...result, findings: ofLocks(result.findings) })).toMatchInlineSnapshot(`
      "o.proto:3:24 - error lock/number-differs: shop.Order.id has the number 2 in its source, and 1 in the lock.
      3 | message Order { string id = 2; Kind kind = 3; }
        |                        ~~
        contracts/numbers/shop.yaml:3:15 - It is locked here.
        3 |     fields: { id: 1, kind: 3 }
          |               ~~
        hint: Correct the source: whoever holds data written with the locked number would misread it.

      o.proto:4:23 - error lock/number-differs: shop.Kind.GIFT has the number 1 in its source, and 2 in the lock.
      4 | enum Kind { NONE = 0; GIFT = 1; }
        |                       ~~~~
        contracts/numbers/shop.yaml:6:24 - It is locked here.
        6 |     values: { NONE: 0, GIFT: 2 }
          |                        ~~~~
        hint: Correct the source: whoever holds data written with the locked number would misread it.

      2 errors.
      "
    `);
    expect(result.exitCode).toBe(1);
  });

  test("names that mean something to JavaScript are plain names", async () => {
    const folder = project(["__proto__", "constructor"]);
    await lockIn(folder, { all: true });
    expect(lockText(folder)).toContain("      __proto__: 1\n      constructor: 2\n");
    expect((await numbers(folder)).fields).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });

  test("one that the configuration names must exist", async () => {
    const folder = folderWith({
      "concordat.yaml": `${config}    numbers: locks/shop.yaml\n`,
      "types.md": types("id"),
    });
    const { exitCode, findings } = await read({ folder });
    expect([exitCode, findings[0]?.code]).toEqual([2, "source/missing-file"]);
    expect((await lockIn(folder, { all: true })).exitCode).toBe(0);
    expect((await read({ folder })).exitCode).toBe(0);
  });
});

describe("concordat lock", () => {
  test("begins a lock with what is asked for", async () => {
    const folder = project(["id", "note"]);
    expect((await lockIn(folder)).findings.map(({ code }) => code)).toEqual(["lock/nothing-locked"]);
    const { exitCode, locks } = await lockIn(folder, { message: ["Order"] });
    expect([exitCode, locks[0]?.changes.length]).toEqual([0, 2]);
    expect(lockText(folder)).toMatchInlineSnapshot(`
      "# The numbers of shop's fields and enum values. \`concordat lock\` appends to it; a number is never changed and
      # never used for anything else.

      messages:
        shop.Order:
          fields:
            id: 1
            note: 2
      "
    `);
  });

  test("appends, reserves, keeps comments and order, and has nothing to do the second time", async () => {
    const before = [
      "# Ours.",
      "messages:",
      "  shop.Order: # the order",
      "    fields:",
      "      note: 7 # came first",
      "      # was a mistake",
      "      gone: 4 # until March",
      "      id: 1",
      "    reserved:",
      "      - { number: 8-9 }",
      "      - { number: 18998, name: huge }",
      "",
    ].join("\n");
    const folder = project(["id", "note", "new_one", "newer"], before);
    const { locks } = await lockIn(folder);
    expect(locks[0]?.changes).toEqual([
      { what: "reserved", at: "shop.Order.gone", number: 4 },
      { what: "appended", at: "shop.Order.new_one", number: 18999 },
      { what: "appended", at: "shop.Order.newer", number: 20000 },
    ]);
    const after = lockText(folder);
    expect(after).toMatchInlineSnapshot(`
      "# Ours.
      messages:
        shop.Order:
          # the order
          fields:
            note: 7 # came first
            id: 1
            new_one: 18999
            newer: 20000
          reserved:
            - { number: 8-9 }
            - { number: 18998, name: huge }
            # was a mistake
            - { number: 4, name: gone } # until March
      "
    `);
    await lockIn(folder);
    expect(lockText(folder)).toBe(after);
    expect(ofLocks((await read({ folder })).findings)).toEqual([]);
  });

  test("keeps the number of what an alias says was renamed", async () => {
    const folder = folderWith({
      "concordat.yaml": config.replace("markdown }", "markdown, overlay: o.yaml }"),
      "types.md": types("ident"),
      "o.yaml": "entries:\n  - { at: shop.Order.ident, set: { name: id }, why: Shorter. }\n",
      [lockPath]: "messages:\n  shop.Order:\n    fields: { ident: 3 }\n",
    });
    expect((await lockIn(folder)).locks[0]?.changes).toEqual([{ what: "renamed", at: "shop.Order.id", number: 3 }]);
    expect(lockText(folder)).toContain("{ id: 3 }");
  });

  test("reserves all of a declaration that is gone", async () => {
    const folder = project(["id"], "messages:\n  shop.Gone:\n    fields:\n      id: 1\n");
    await lockIn(folder);
    expect(lockText(folder)).toBe(
      "messages:\n  shop.Gone:\n    fields: {}\n    reserved:\n      - { number: 1, name: id }\n",
    );
    expect(ofLocks((await read({ folder })).findings)).toEqual([]);
  });

  test("--check writes nothing and fails", async () => {
    const text = "messages:\n  shop.Order:\n    fields: { id: 1 }\n";
    const folder = project(["id", "note"], text);
    const { exitCode, findings } = await lockIn(folder, { check: true });
    expect([exitCode, findings.map(({ code }) => code)]).toEqual([1, ["lock/missing-entry"]]);
    expect(lockText(folder)).toBe(text);
  });

  test("writes nothing while a source cannot be read in full", async () => {
    const folder = project(["id"]);
    expect((await lockIn(folder, { message: ["Ordr"] })).exitCode).toBe(2);
    expect((await lockIn(folder, { system: ["shp"] })).exitCode).toBe(2);
    expect((await lockIn(folderWith({}))).exitCode).toBe(2);
  });
});

describe("a topic", () => {
  const events = (...names: readonly string[]): string =>
    [
      '# Shop events\n\n## Core Event Structure\n\n```json\n{ "event_id": "uuid", "event_type": "string" }\n```\n\n## EVENTS | ORDERS\n',
      ...names.map(
        (name) =>
          `### ${name}\n\nTopic: orders\n\n| Name | Type | Description |\n| --- | --- | --- |\n| event_type | “${name}” | |\n| id | uuid | |\n`,
      ),
    ].join("\n");
  const topicProject = (names: readonly string[], text?: string) =>
    folderWith({
      "concordat.yaml": config.replace("types.md", "events.md"),
      "events.md": events(...names),
      ...(text !== undefined && { [lockPath]: text }),
    });
  const topicOf = async (folder: string) => {
    const { project: read_, findings } = await read({ folder });
    const topic = read_?.model.decls.find((decl) => decl.kind === "topic");
    return { topic, findings: ofLocks(findings) };
  };

  test("is locked by the name of its message, and its numbers stand in the model", async () => {
    const folder = topicProject(["orders.order.placed", "orders.order.paid"]);
    const { exitCode, locks } = await lockIn(folder, { message: ["OrdersMessage"] });
    expect([exitCode, locks[0]?.changes.length]).toEqual([0, 4]);
    expect(lockText(folder)).toContain(
      "topics:\n  orders:\n    fields:\n      event_id: 1\n      event_type: 2\n      orders_order_paid: 3\n      orders_order_placed: 4\n",
    );
    const { topic, findings } = await topicOf(folder);
    expect(findings).toEqual([]);
    expect(topic?.numbers).toEqual([
      { name: "event_id", number: 1 },
      { name: "event_type", number: 2 },
      { name: "orders_order_paid", number: 3 },
      { name: "orders_order_placed", number: 4 },
    ]);
    await lockIn(folder);
    expect((await lockIn(folder, { check: true })).exitCode).toBe(0);
  });

  test("keeps numbers, reserves those of events that are gone, and appends new ones", async () => {
    const text = "topics:\n  orders:\n    fields: { event_type: 9, event_id: 1, orders_order_lost: 4 }\n";
    const folder = topicProject(["orders.order.placed"], text);
    const { findings } = await topicOf(folder);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ["lock/stale-entry", "The lock has a number for orders.orders_order_lost, which no source declares."],
      ["lock/missing-entry", "orders.orders_order_placed has no number in the lock."],
    ]);
    expect((await lockIn(folder, { check: true })).exitCode).toBe(1);
    expect(lockText(folder)).toBe(text);
    expect((await lockIn(folder)).locks[0]?.changes).toEqual([
      { what: "reserved", at: "orders.orders_order_lost", number: 4 },
      { what: "appended", at: "orders.orders_order_placed", number: 10 },
    ]);
    const { topic, findings: after } = await topicOf(folder);
    expect(after).toEqual([]);
    expect(topic?.reserved).toEqual({ names: ["orders_order_lost"], numbers: [[4, 4]] });
  });

  test("that is gone is told, and all of it reserved", async () => {
    const folder = topicProject(["orders.order.placed"], "topics:\n  parcels:\n    fields: { event_id: 1 }\n");
    expect((await topicOf(folder)).findings.map(({ code }) => code)).toEqual(["lock/stale-declaration"]);
    await lockIn(folder);
    expect(lockText(folder)).toContain("    reserved:\n      - { number: 1, name: event_id }\n");
    expect((await topicOf(folder)).findings).toEqual([]);
  });

  test("is no error where a lock of all types does not list it, and is added by the next run", async () => {
    const folder = topicProject(["orders.order.placed"]);
    await lockIn(folder, { all: true });
    writeFileSync(join(folder, lockPath), lockText(folder).replace(/^topics:[\s\S]*/m, ""));
    expect((await topicOf(folder)).findings).toEqual([]);
    expect((await lockIn(folder, { check: true })).findings.map(({ code }) => code)).toEqual([
      "lock/missing-declaration",
    ]);
    await lockIn(folder);
    expect(lockText(folder)).toContain("topics:\n  orders:\n");
  });
});
