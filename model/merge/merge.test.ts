import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostic.ts";
import type { Decl, Enum, Event, Field, Message, Operation, Origin, System, Topic, TypeRef } from "../model.ts";
import { list, literal, named, scalar, timestamp, unstated, uuid } from "../type-ref.ts";
import { mergeDeclarations } from "./index.ts";

/** Everything in these tests stands at its own offset of the wiki, the specification, or a third page. */
let offset = 0;
const at = (path: string, basis: Origin["basis"] = "stated", facts?: readonly string[]): Origin => ({
  span: { path, start: offset++, end: offset },
  reader: "test",
  basis,
  ...(facts && { facts }),
});
const field = (path: string, name: string, type: TypeRef, more: Partial<Field> = {}): Field => ({
  name,
  type,
  presence: "unstated",
  origins: [at(path)],
  ...more,
});
const message = (path: string, fields: readonly Field[], more: Partial<Message> = {}): Message => ({
  kind: "message",
  name: "shop.Order",
  system: "shop",
  fields,
  origins: [at(path)],
  ...more,
});
const enumeration = (path: string, values: Enum["values"], more: Partial<Enum> = {}): Enum => ({
  kind: "enum",
  name: "shop.State",
  system: "shop",
  values,
  open: false,
  origins: [at(path)],
  ...more,
});
const event = (path: string, more: Partial<Event> = {}): Event => ({
  kind: "event",
  name: "shop.order.placed",
  system: "shop",
  payload: named("shop.Order"),
  origins: [at(path)],
  ...more,
});
const shop: System = {
  kind: "system",
  name: "shop",
  json: { fieldNames: "declared", int64: "number", enums: "name", timestamp: "rfc3339", duration: "iso8601" },
  origins: [at("concordat.yaml")],
};

function merge<D extends Decl>(...decls: readonly D[]) {
  const findings: Diagnostic[] = [];
  const all = mergeDeclarations([shop, ...decls], (finding) => findings.push(finding));
  return { decl: all[1] as D, all: all.slice(1), findings, codes: findings.map(({ code }) => code) };
}
/** One field from two sources. */
function mergeField(a: Partial<Field>, b: Partial<Field>) {
  const { decl, ...rest } = merge(
    message("wiki", [field("wiki", "total", unstated, a)]),
    message("spec", [field("spec", "total", unstated, b)]),
  );
  return { ...rest, field: decl.fields[0] as Field };
}

describe("what one source leaves out", () => {
  test("another completes, and each origin tells its facts", () => {
    const { field, codes } = mergeField(
      { doc: "What it costs", unit: "EUR" },
      { type: scalar("float64"), presence: "required", number: 4 },
    );
    expect(codes).toEqual([]);
    expect(field).toMatchObject({ type: scalar("float64"), presence: "required", number: 4, unit: "EUR" });
    expect(field.origins).toMatchObject([
      { span: { path: "wiki" }, facts: ["name", "doc", "unit"] },
      { span: { path: "spec" }, facts: ["name", "type", "presence", "number"] },
    ]);
  });

  test.each<[string, TypeRef, TypeRef]>([
    ["a number without width", scalar("number"), scalar("int64")],
    ["a string that is a UUID", scalar("string"), uuid],
    ["a string that is always the same", scalar("string"), literal("1.0")],
    ["a list of whatever", list(unstated), list(scalar("bool"))],
    ["an object", { kind: "json", only: "object" }, named("shop.Order")],
    ["a time, however the system writes it", timestamp("protobuf"), timestamp("epoch-millis")],
    ["a string that is one of an enum", scalar("string"), named("shop.State")],
  ])("%s is told by whoever says more", (_, less, more) => {
    const types = [enumeration("types", []), message("types", [], { name: "shop.Order" })];
    const one = (path: string, type: TypeRef) => message(path, [field(path, "x", type)], { name: "shop.A" });
    for (const [a, b] of [
      [less, more],
      [more, less],
    ] as const) {
      const { all, codes } = merge<Decl>(one("wiki", a), one("spec", b), ...types);
      expect(codes).toEqual([]);
      expect((all[0] as Message).fields[0]?.type).toEqual(more);
    }
  });

  test("includes whole fields, of which a finding tells both places", () => {
    const { decl, findings } = merge(
      message("wiki", [field("wiki", "id", uuid)]),
      message("spec", [field("spec", "id", uuid), field("spec", "note", scalar("string"))]),
    );
    expect(decl.fields.map(({ name }) => name)).toEqual(["id", "note"]);
    expect(findings).toMatchObject([
      { code: "merge/only-in", severity: "info", span: { path: "spec" }, related: [{ span: { path: "wiki" } }] },
    ]);
  });

  test("needs no word when that source lists no fields at all", () => {
    expect(merge(message("wiki", []), message("spec", [field("spec", "id", uuid)])).codes).toEqual([]);
  });

  test("includes that something is deprecated", () => {
    const { field, codes } = mergeField({}, { deprecated: { replacedBy: "sum" } });
    expect(field.deprecated).toEqual({ replacedBy: "sum" });
    expect(codes).toEqual(["merge/only-in"]);
  });

  test("of words, the longer are kept, and they never contradict", () => {
    expect(mergeField({ doc: "Sum" }, { doc: "The sum of all items" })).toMatchObject({
      field: { doc: "The sum of all items" },
      codes: [],
    });
  });
});

describe("what two sources state differently", () => {
  test.each<[string, Partial<Field>, Partial<Field>]>([
    ["merge/type-differs", { type: scalar("int32") }, { type: scalar("int64") }],
    ["merge/type-differs", { type: list(uuid) }, { type: uuid }],
    ["merge/constant-differs", { type: literal("1.0") }, { type: literal("1.1") }],
    ["merge/presence-differs", { presence: "required" }, { presence: "optional" }],
    ["merge/default-differs", { default: { a: 1 } }, { default: { b: 1 } }],
    ["merge/unit-differs", { unit: "ms" }, { unit: "s" }],
    ["merge/number-differs", { number: 1 }, { number: 2 }],
    ["merge/limit-differs", { limits: { minimum: 0 } }, { limits: { minimum: 1 } }],
    ["merge/json-name-differs", { jsonName: "a" }, { jsonName: "b" }],
    ["merge/wire-differs", { wire: { type: "sint64" } }, { wire: { type: "sfixed64" } }],
    ["merge/deprecation-differs", { deprecated: { since: "2.1" } }, { deprecated: { since: "2.2" } }],
  ])("%s: the first holds, and the finding has both places", (code, a, b) => {
    const { field, findings } = mergeField(a, b);
    expect(field).toMatchObject(a);
    expect(findings).toMatchObject([
      {
        code,
        severity: "warning",
        at: "shop.Order.total",
        span: { path: "spec" },
        related: [{ span: { path: "wiki" } }],
      },
    ]);
    expect(field.origins[1]?.facts).not.toContain(Object.keys(a)[0]);
  });

  test("reads as a sentence", () => {
    const { findings } = mergeField({ type: scalar("int64") }, { type: scalar("string") });
    expect(findings[0]?.message).toBe("The type of shop.Order.total is string here, but int64 in wiki, which holds.");
  });

  test("is told of each source that differs", () => {
    const { decl, findings } = merge(
      message("a", [field("a", "x", scalar("int64"))]),
      message("b", [field("b", "x", scalar("string"))]),
      message("c", [field("c", "x", scalar("bool"))]),
      message("d", [field("d", "x", scalar("int64"))]),
    );
    expect(decl.fields[0]?.type).toEqual(scalar("int64"));
    expect(findings.map(({ span }) => span?.path)).toEqual(["b", "c"]);
  });

  test("is no finding when one of them only inferred it", () => {
    const inferred = { type: scalar("string"), origins: [at("wiki", "inferred")] };
    const { field, codes } = mergeField(inferred, { type: scalar("int64") });
    expect(field.type).toEqual(scalar("int64"));
    expect(codes).toEqual([]);
    expect(field.origins).toMatchObject([{ basis: "inferred", facts: [] }, { basis: "stated" }]);
  });

  test("is no finding where it is that fact alone which one of them inferred", () => {
    const origins = [at("wiki"), at("wiki", "inferred", ["presence"])];
    const { field, codes } = mergeField(
      { type: uuid, presence: "implicit", origins },
      { type: scalar("int64"), presence: "required" },
    );
    expect(field).toMatchObject({ type: uuid, presence: "required" });
    expect(codes).toEqual(["merge/type-differs"]);
    expect(field.origins).toMatchObject([{ facts: ["name", "type"] }, { facts: [] }, { facts: ["name", "presence"] }]);
  });

  test("is settled by the overlay of either", () => {
    const settled = { type: scalar("bool"), origins: [at("spec"), at("overlay", "overlay", ["type"])] };
    const { field, codes } = mergeField(
      { type: scalar("int64"), presence: "required" },
      { ...settled, presence: "optional" },
    );
    expect(field).toMatchObject({ type: scalar("bool"), presence: "required" });
    expect(codes).toEqual(["merge/presence-differs"]);
  });

  test("includes the topic of an event, and its payload", () => {
    const { decl, codes } = merge(
      event("wiki", { topic: "orders" }),
      event("spec", { topic: "shop_orders", payload: uuid }),
    );
    expect(decl).toMatchObject({ topic: "orders", payload: named("shop.Order") });
    expect(codes).toEqual(["merge/topic-differs", "merge/type-differs"]);
  });

  test("includes the kind of a declaration; an external type is no kind of its own", () => {
    const other = { ...enumeration("spec", []), name: "shop.Order" };
    expect(merge<Decl>(message("wiki", []), other).codes).toEqual(["merge/kind-differs"]);
    const external: Decl = { kind: "external", name: "shop.Order", system: "shop", origins: [at("wiki")] };
    const { all, codes } = merge<Decl>(external, message("spec", [field("spec", "id", uuid)]));
    expect(codes).toEqual([]);
    expect(all).toMatchObject([
      { kind: "message", fields: [{ name: "id" }], origins: [{ span: { path: "spec" } }, { span: { path: "wiki" } }] },
    ]);
  });

  test("includes the names of types that nobody describes", () => {
    const external = (name: string): Decl => ({ kind: "external", name, system: "shop", origins: [at("types")] });
    const one = (path: string, type: TypeRef) => message(path, [field(path, "x", type)]);
    const types = [external("google.Date"), external("google.Money")];
    const merged = (a: TypeRef, b: TypeRef) => merge<Decl>(one("wiki", a), one("spec", b), ...types).codes;
    expect(merged(named("google.Date"), named("google.Money"))).toEqual(["merge/type-differs"]);
    expect(merged(named("google.Date"), timestamp("rfc3339"))).toEqual([]);
  });

  test("is an error where it is the system", () => {
    const { findings } = merge(message("wiki", []), message("spec", [], { system: "mall" }));
    expect(findings).toMatchObject([{ code: "merge/system-differs", severity: "error" }]);
  });
});

describe("fields and values that are one", () => {
  test("are known by their number when their names differ", () => {
    const { decl, findings } = merge(
      message("wiki", [field("wiki", "sum", uuid, { number: 4 })]),
      message("spec", [field("spec", "total", uuid, { number: 4 })]),
    );
    expect(decl.fields.map(({ name }) => name)).toEqual(["sum"]);
    expect(findings).toMatchObject([{ code: "merge/name-differs", at: "shop.Order.sum" }]);
  });

  test("are known by a former name", () => {
    const { decl, codes } = merge(
      message("wiki", [field("wiki", "timestump", uuid)]),
      message("spec", [field("spec", "timestamp", uuid, { aliases: ["timestump"] })]),
    );
    expect(decl.fields).toMatchObject([{ name: "timestamp", aliases: ["timestump"] }]);
    expect(codes).toEqual([]);
  });

  test("are known by the words of their names", () => {
    const { decl, codes } = merge(
      message("wiki", [field("wiki", "resource_id", uuid)]),
      message("spec", [field("spec", "resource_Id", uuid)]),
    );
    expect(decl.fields.map(({ name }) => name)).toEqual(["resource_id"]);
    expect(codes).toEqual(["merge/name-differs"]);
  });

  test("keep their names where two documents give them each other's numbers", () => {
    const { decl, codes } = merge(
      message("wiki", [field("wiki", "a", uuid, { number: 1 }), field("wiki", "b", uuid, { number: 2 })]),
      message("spec", [field("spec", "a", uuid, { number: 2 }), field("spec", "b", uuid, { number: 1 })]),
    );
    expect(decl.fields.map(({ name, number }) => [name, number])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(codes).toEqual(["merge/number-differs", "merge/number-differs"]);
  });

  test("of an enum take the symbol that is stated, and the words that another shows", () => {
    const made = { name: "IN_THE_QUEUE", number: 1, label: "In the queue", origins: [at("wiki", "inferred")] };
    const { decl, codes } = merge(
      enumeration("wiki", [made]),
      enumeration("spec", [{ name: "QUEUED", number: 1, origins: [at("spec")] }], { open: true }),
    );
    expect(decl).toMatchObject({ open: true, values: [{ name: "QUEUED", number: 1, label: "In the queue" }] });
    expect(codes).toEqual([]);
  });

  test("of an enum differ in number, name and label", () => {
    const value = (path: string, name: string, number: number, label?: string) => ({
      name,
      number,
      ...(label && { label }),
      origins: [at(path)],
    });
    const { codes } = merge(
      enumeration("wiki", [value("wiki", "A", 0), value("wiki", "B", 1), value("wiki", "C", 2, "See")]),
      enumeration("spec", [value("spec", "A", 9), value("spec", "BEE", 1), value("spec", "C", 2, "Sea")]),
    );
    expect(codes).toEqual(["merge/number-differs", "merge/value-differs", "merge/label-differs"]);
  });
});

describe("one-ofs", () => {
  const fields = (path: string, ...names: readonly string[]) => names.map((name) => field(path, name, uuid));
  const oneofs = (name: string, members: readonly string[], basis: Origin["basis"] = "stated", path = "spec") => ({
    oneofs: [{ name, fields: members, required: false, origins: [at(path, basis)] }],
  });

  test("are known by their members, and named by whoever names them", () => {
    const { decl, codes } = merge(
      message("wiki", fields("wiki", "uri", "error"), oneofs("uri_or_error", ["uri", "error"], "inferred", "wiki")),
      message("spec", fields("spec", "uri", "error"), oneofs("result", ["uri", "error"])),
    );
    expect(decl.oneofs).toMatchObject([{ name: "result", fields: ["uri", "error"] }]);
    expect(codes).toEqual([]);
  });

  test("are named by whoever names them, when the message says that their names are made up", () => {
    const group = { name: "uri_or_error", fields: ["uri", "error"], required: false };
    const { decl, codes } = merge(
      message("wiki", fields("wiki", "uri", "error"), {
        oneofs: [group],
        origins: [at("wiki"), at("wiki", "inferred", ["oneofs.name"])],
      }),
      message("spec", fields("spec", "uri", "error"), oneofs("result", ["uri", "error"])),
    );
    expect(decl.oneofs).toMatchObject([{ name: "result" }]);
    expect(decl.origins).toMatchObject([{ basis: "stated" }, { basis: "inferred", facts: [] }, { basis: "stated" }]);
    expect(codes).toEqual([]);
  });

  test("that only one source tells of are completed", () => {
    const { decl, codes } = merge(
      message("wiki", fields("wiki", "uri")),
      message("spec", fields("spec", "uri"), oneofs("result", ["uri"])),
    );
    expect(decl.oneofs).toMatchObject([{ name: "result", fields: ["uri"] }]);
    expect(codes).toEqual([]);
  });

  test("differ where one leaves out a field that it has", () => {
    const { decl, findings } = merge(
      message("wiki", fields("wiki", "a", "b", "c"), oneofs("x", ["a", "b"], "stated", "wiki")),
      message("spec", fields("spec", "a", "b", "c"), oneofs("x", ["a", "b", "c"])),
    );
    expect(decl.oneofs).toMatchObject([{ fields: ["a", "b"] }]);
    expect(findings).toMatchObject([
      { code: "merge/oneof-differs", at: "shop.Order.x", message: expect.stringContaining("a, b, c here") },
    ]);
  });

  test("grow by a field that only one source has", () => {
    const { decl, codes } = merge(
      message("wiki", fields("wiki", "a", "b"), oneofs("x", ["a", "b"], "stated", "wiki")),
      message("spec", fields("spec", "a", "b", "c"), oneofs("x", ["a", "b", "c"])),
    );
    expect(decl.oneofs).toMatchObject([{ fields: ["a", "b", "c"] }]);
    expect(codes).toEqual(["merge/only-in"]);
  });

  test("that part one group in two are one group still", () => {
    const spec = oneofs("x", ["a", "c"]).oneofs[0];
    const { decl, codes } = merge(
      message("wiki", fields("wiki", "a", "b", "c", "d"), oneofs("x", ["a", "b"], "stated", "wiki")),
      message("spec", fields("spec", "a", "b", "c", "d"), {
        oneofs: spec ? [spec, { ...spec, fields: ["b", "d"] }] : [],
      }),
    );
    expect(decl.oneofs).toMatchObject([{ fields: ["a", "b"] }]);
    expect(codes).toEqual(["merge/oneof-differs", "merge/oneof-differs"]);
  });

  test("follow a field whose name differs", () => {
    const { decl } = merge(
      message("wiki", fields("wiki", "task_id", "b")),
      message("spec", fields("spec", "taskId", "b"), oneofs("x", ["taskId", "b"])),
    );
    expect(decl.oneofs).toMatchObject([{ fields: ["task_id", "b"] }]);
  });
});

describe("which declarations are one", () => {
  test("two of one file are not", () => {
    const { decl, codes } = merge(
      message("wiki", []),
      message("spec", []),
      message("wiki", [field("wiki", "x", uuid)]),
    );
    expect(decl.fields).toEqual([]);
    expect(codes).toEqual(["model/duplicate-declaration"]);
  });

  test("a text that two others include is one", () => {
    const shared = message("common", [field("common", "id", uuid)]);
    expect(merge(shared, structuredClone(shared))).toMatchObject({ codes: [], decl: shared });
  });

  test("an overlay does not change which file a declaration is of", () => {
    const again = message("wiki", [], { origins: [at("overlay", "overlay", ["doc"]), at("wiki")] });
    expect(merge(message("wiki", []), again).codes).toEqual(["model/duplicate-declaration"]);
  });

  test("all mentions of a topic are", () => {
    const topic = (path: string, more: Partial<Topic>): Topic => ({
      kind: "topic",
      name: "orders",
      origins: [at(path)],
      ...more,
    });
    const { decl, codes } = merge(
      topic("wiki", { transport: "kafka" }),
      topic("wiki", {}),
      topic("spec", { producers: ["till"], system: "shop", owners: ["ops"] }),
      topic("spec", { producers: ["web"], owners: ["ops"] }),
    );
    expect(codes).toEqual([]);
    expect(decl).toMatchObject({ transport: "kafka", producers: ["till", "web"], system: "shop", owners: ["ops"] });
    expect(decl.origins).toHaveLength(4);
  });

  test("versions of an operation are, the oldest first", () => {
    const operation = (path: string, ...versions: readonly string[]): Operation => ({
      kind: "operation",
      name: "shop.list",
      system: "shop",
      versions: versions.map((version) => ({ version, request: uuid, origins: [at(path)] })),
      origins: [at(path)],
    });
    const { decl, codes } = merge(operation("wiki", "2.9", "2.12"), operation("spec", "2.1", "2.9", "2.10"));
    expect(decl.versions.map(({ version }) => version)).toEqual(["2.1", "2.9", "2.10", "2.12"]);
    expect(codes).toEqual(["merge/only-in", "merge/only-in", "merge/only-in"]);
  });
});
