import { describe, expect, test } from "vitest";
import {
  type Decl,
  jsonAny,
  jsonObject,
  list,
  literal,
  map,
  named,
  scalar,
  type TypeRef,
  timestamp,
  uuid,
} from "../../model/index.ts";
import { at, enumeration, event, field, message, operation, required, run, system, textOf, union } from "./testing.ts";

/** The declaration of one name, its comment included. */
function declaration(decls: readonly Decl[], name: string): string {
  const paragraphs = textOf(run(decls).files).split(/\n\n(?=\/\*\*|export )/);
  return paragraphs.find((text) => new RegExp(`^export [a-z ]*${name}\\b`, "m").test(text))?.trim() ?? "";
}

/** The type of a property. */
const typeOf = (type: TypeRef, more: Parameters<typeof field>[2] = {}): string | undefined =>
  /^ {2}x\?: (.*);$/m.exec(
    textOf(run([message("shop.T", [field("x", type, more)]), message("shop.U", [])]).files),
  )?.[1];

describe("a property", () => {
  test.each([
    ["boolean", scalar("bool")],
    ["string", scalar("string")],
    ["string", uuid],
    ["string", scalar("bytes")],
    ["string", timestamp("rfc3339")],
    ["number", timestamp("epoch-millis")],
    ["number", scalar("int32")],
    ["Int64String", scalar("int64")],
    ["Uint64String", scalar("uint64")],
    ['"1.0"', literal("1.0")],
    ["7", literal(7)],
    ["U", named("shop.U")],
    ["string[]", list(scalar("string"))],
    ['("a" | "b")[]', list({ kind: "union", variants: [literal("a"), literal("b")] })],
    ["string | number", { kind: "union", variants: [scalar("string"), uuid, scalar("float64")] }],
    ["unknown", { kind: "union", variants: [scalar("string"), jsonAny] }],
    ["{ [key: string]: U[] }", map(list(named("shop.U")))],
    ["{ [key: string]: boolean }", { kind: "map", key: "int32", value: scalar("bool") }],
    ["JsonObject", jsonObject],
    ["unknown", jsonAny],
  ] satisfies [string, TypeRef][])("is %s", (text, type) => {
    expect(typeOf(type)).toBe(text);
  });

  test("takes null where null is a value", () => {
    expect(typeOf(scalar("string"), { nullable: true })).toBe("string | null");
    expect(typeOf(jsonAny, { nullable: true })).toBe("unknown");
  });

  test("has the key of the profile, quoted when it must be", () => {
    const decls = [
      system({ fieldNames: "lowerCamel" }),
      message("shop.T", [field("task_id"), field("from"), field("resource-Id"), field("2d")]),
    ];
    const keys = textOf(run(decls).files).match(/^ {2}\S+(?=\?:)/gm);
    expect(keys?.map((key) => key.trim())).toEqual(["taskId", "from", '"resource-Id"', '"2d"']);
  });
});

describe("a comment", () => {
  const comment = (more: Parameters<typeof field>[2], type: TypeRef = scalar("string")): string =>
    declaration([message("shop.T", [field("x", type, more)])], "T").replace(/^[^{]*\{\n/, "");

  test("says where the field was read", () => {
    expect(comment({ origins: [at(12, "overlay"), at(7)] })).toBe(
      "  /** @see `schemas/shop.md:7` */\n  x?: string;\n}",
    );
  });

  test("says what the type cannot, the unit, the default and what became of it", () => {
    const text = comment(
      {
        doc: "How much it weighs, with the box and with all that the box was filled up with so that nothing in it could ever break.",
        unit: "g",
        default: 500,
        limits: { maximum: 30000 },
        aliases: ["mass"],
        deprecated: { since: "2.1", reason: "parcels are counted", replacedBy: "parcels" },
      },
      scalar("uint32"),
    );
    expect(text).toBe(
      [
        "  /**",
        "   * How much it weighs, with the box and with all that the box was filled up with so that nothing in it could ever",
        "   * break.",
        "   *",
        "   * @remarks An unsigned 32-bit integer, at most 30000. Unit: `g`. Also known as `mass`.",
        "   * @defaultValue `500`",
        "   * @deprecated Since 2.1. Parcels are counted. Use `parcels` instead.",
        "   * @see `schemas/shop.md:1`",
        "   */",
        "  x?: number;",
        "}",
      ].join("\n"),
    );
  });

  test("says when a type was inferred, until an overlay confirms it", () => {
    const inferred = { ...at(1, "inferred"), why: "Named after its type." };
    expect(comment({ origins: [inferred] })).toContain("@remarks Inferred, not stated: Named after its type.");
    expect(comment({ origins: [inferred, at(2, "overlay")] })).not.toContain("Inferred");
  });

  test("cannot be ended, made into tags or disguised by what it quotes", () => {
    const text = comment({ doc: "a */ b\n@deprecated see {@link x}, mail me@here.org\u202e\u200b\u2028c" });
    expect(text).toContain("   * a *\\/ b\n   * \\@deprecated see {\\@link x}, mail me@here.org\n   * c\n");
  });

  test("keeps paragraphs and lists as they are", () => {
    expect(comment({ doc: "One of:\n  iter - by number\n  time - by time\n\nOr none." })).toContain(
      "   * One of:\n   *   iter - by number\n   *   time - by time\n   *\n   * Or none.\n",
    );
  });
});

describe("what a property is when it is left out", () => {
  const decls = (count: "implicit" | "optional"): readonly Decl[] => [
    message("shop.T", [
      field("name", scalar("string"), { presence: "implicit" }),
      field("count", scalar("int64"), { presence: count }),
      field("mode", named("shop.Mode"), { presence: "implicit" }),
    ]),
    enumeration("shop.Mode", { NONE: 0, SOME: 1 }),
  ];

  test("is said once where it is the same everywhere", () => {
    const text = textOf(run(decls("implicit")).files);
    expect(text).toContain("has the zero of its type");
    expect(text).not.toContain("@defaultValue");
  });

  test("is said of each property otherwise", () => {
    const text = textOf(run(decls("optional")).files);
    expect(text).not.toContain("has the zero of its type");
    expect(text.match(/@defaultValue.*/g)).toEqual(['@defaultValue `""`', '@defaultValue `"NONE"`']);
  });
});

describe("an event", () => {
  const envelope = message("shop.Envelope", [required("id", uuid), required("event_type")]);
  const body = message("shop.PaidBody", [required("event_type", literal("paid")), required("id"), field("note")]);
  const paid = event("shop.paid", named("shop.PaidBody"), {
    doc: "Somebody paid.",
    envelope: { type: "shop.Envelope", how: "merge" },
    topic: "orders",
    identity: ["id"],
    follows: { event: "shop.paid", by: "note", key: "id" },
    origins: [at(20)],
  });
  const topic: Decl = { kind: "topic", name: "orders", origins: [at(1)] };

  test("extends its envelope with what it adds and narrows", () => {
    const text = declaration([envelope, body, paid, topic], "Paid");
    expect(text).toBe(
      [
        "/**",
        " * Somebody paid.",
        " *",
        " * @remarks Topic: `orders`. Follows `shop.paid`, whose `id` stands in `note`. Two deliveries with the same `id` are one",
        " *   event.",
        " * @see `schemas/shop.md:20`",
        " */",
        "export interface Paid extends Envelope {",
        "  /** @see `schemas/shop.md:1` */",
        "  id: string;",
        "  /** @see `schemas/shop.md:1` */",
        '  event_type: "paid";',
        "  /** @see `schemas/shop.md:1` */",
        "  note?: string;",
        "}",
      ].join("\n"),
    );
  });

  test("has its name listed at run time", () => {
    expect(textOf(run([envelope, body, paid, topic]).files, "shop/index.js")).toBe(
      [
        "// Generated by concordat from schemas/shop.md. Do not edit.",
        "",
        "export const events = /* @__PURE__ */ Object.freeze([",
        '  "shop.paid",',
        "]);",
        "",
      ].join("\n"),
    );
  });
});

describe("a version of an operation", () => {
  const body = (version: string, fields: readonly ReturnType<typeof field>[]): Decl =>
    message(`shop.get.v${version}.request`, fields);
  const get = operation(
    "shop.get",
    ["2_1", "2_14", "2_16", "2_22"].map((version) => ({
      version: version.replace("_", "."),
      request: named(`shop.get.v${version}.request`),
      origins: [at(1)],
    })),
  );
  const task = required("task");

  test("extends the one before with what is new, as long as nothing else changed", () => {
    const decls = [
      body("2_1", [task]),
      body("2_14", [task, field("metrics")]),
      body("2_16", [task, field("metrics", scalar("string"), { doc: "Another meaning." }), field("scroll")]),
      body("2_22", [
        field("model"),
        task,
        field("metrics", scalar("string"), { doc: "Another meaning." }),
        field("scroll"),
      ]),
      get,
    ];
    const heads = textOf(run(decls).files).match(/^export interface Get.*$/gm);
    expect(heads).toEqual([
      "export interface GetV2_1Request {",
      "export interface GetV2_14Request extends GetV2_1Request {",
      "export interface GetV2_16Request {",
      "export interface GetV2_22Request extends GetV2_16Request {",
    ]);
    expect(declaration(decls, "GetV2_22Request").match(/^ {2}\w+/gm)).toEqual(["  model"]);
  });

  test("adds to a union likewise", () => {
    const variants = [named("shop.A"), named("shop.B")];
    const decls = [
      message("shop.A", [task]),
      message("shop.B", [task]),
      union("shop.get.v2_1.request", variants),
      union("shop.get.v2_14.request", variants, { fields: [field("locked", scalar("bool"))] }),
      union("shop.get.v2_16.request", [named("shop.A")], { fields: [field("locked", scalar("bool"))] }),
      union("shop.get.v2_22.request", [named("shop.B")]),
      get,
    ];
    const heads = textOf(run(decls).files).match(/^(export type Get.*|\) & \{)$/gm);
    expect(heads).toEqual([
      "export type GetV2_1Request = A | B;",
      "export type GetV2_14Request = GetV2_1Request & {",
      "export type GetV2_16Request = (",
      ") & {",
      "export type GetV2_22Request = B;",
    ]);
  });

  test("that takes a batch lists its lines, and says that schemas and validators are for one", () => {
    const batchOf = { operation: "shop.get", version: "2.1" };
    const decls = [
      message("shop.get.v2_1.request", [task]),
      operation("shop.get", [{ version: "2.1", request: named("shop.get.v2_1.request"), origins: [at(1)] }]),
      operation("shop.get_all", [{ version: "2.1", batchOf, origins: [at(2)] }]),
    ];
    const [, batch = ""] = textOf(run(decls).files).split('"shop.get_all": {');
    expect(batch.replace(/\s*\n\s*\*?\s*/g, " ")).toContain(
      "@remarks Takes requests of `shop.get` 2.1 as lines of JSON. The type lists them; schemas and validators are for one line.",
    );
    expect(batch).toContain('"2.1": { request: GetV2_1Request[]; response: undefined };');
  });
});

describe("names", () => {
  const codes = (decls: readonly Decl[]) =>
    run(decls).findings.map(({ code, message: text, span, related }) => ({
      code,
      text,
      lines: [span?.start, related?.[0]?.span.start],
    }));

  test("that two declarations would share are reported with both places", () => {
    const decls = [
      message("shop.app.Runtime", [], { origins: [at(3)] }),
      message("shop.App.runtime", [], { origins: [at(5)] }),
    ];
    expect(codes(decls)).toEqual([
      {
        code: "typescript/name-collision",
        text: "The type shop.app.Runtime and the type shop.App.runtime both get the name AppRuntime in TypeScript.",
        lines: [3, 5],
      },
    ]);
  });

  test("that the file gives itself are taken as well", () => {
    const decls = [
      message("shop.EventMap", [field("a", jsonObject)], { origins: [at(3)] }),
      event("shop.a", named("shop.EventMap")),
    ];
    expect(codes([...decls, message("shop.JsonObject", [], { origins: [at(4)] })])).toEqual([
      {
        code: "typescript/name-collision",
        text: "The map of all events and the type shop.EventMap both get the name EventMap in TypeScript.",
        lines: [3, undefined],
      },
      {
        code: "typescript/name-collision",
        text: "A helper type of the file and the type shop.JsonObject both get the name JsonObject in TypeScript.",
        lines: [4, undefined],
      },
    ]);
  });

  test("that are no identifiers are reported", () => {
    expect(codes([message("shop.2d", []), message("shop.привет", [])]).map(({ text }) => text)).toEqual([
      "The type shop.2d gets the name 2d in TypeScript, which is no identifier.",
      "The type shop.привет gets no name in TypeScript, which is no identifier.",
    ]);
  });
});

test("the ledger tells how much of each field the types keep", () => {
  const decls = [
    system({ int64: "number" }),
    message("shop.T", [
      field("text"),
      field("id", uuid),
      field("count", scalar("uint32")),
      field("bytes", scalar("int64")),
      field("few", scalar("int64"), { limits: { minimum: 0, maximum: 100 } }),
      field("at", timestamp("epoch-millis")),
      field("guess", scalar("string"), { origins: [at(1, "inferred")] }),
      field("parts", list(uuid), { limits: { maxItems: 3 } }),
      field("any", jsonAny),
      field("constructor"),
    ]),
    message("shop.Empty", []),
    message("shop.Envelope", [required("id", uuid)]),
    message("shop.Body", [required("kind", literal("x"))]),
    event("shop.sent", named("shop.Body"), { envelope: { type: "shop.Envelope", how: "merge" } }),
  ];
  expect(run(decls).projections.map(({ at: place, fidelity, why }) => [place, fidelity, why])).toEqual([
    ["shop.Empty", "widened", "An interface without properties takes any value but null and undefined."],
    ["shop.T.text", "exact", undefined],
    ["shop.T.id", "widened", "TypeScript has no type for it: a UUID."],
    ["shop.T.count", "widened", "TypeScript has no type for it: an unsigned 32-bit integer."],
    ["shop.T.bytes", "lossy", "A JavaScript number rounds integers beyond 2^53."],
    ["shop.T.few", "widened", "TypeScript has no type for it: a 64-bit integer, at least 0, at most 100."],
    ["shop.T.at", "lossy", "A JavaScript number rounds integers beyond 2^53."],
    ["shop.T.guess", "guessed", "Inferred, not stated."],
    ["shop.T.parts", "widened", "TypeScript has no type for it: each item a UUID, at most 3 items."],
    ["shop.T.any", "exact", undefined],
    ["shop.T.constructor", "lossy", "Every object inherits a member of this name, so that it cannot be left out."],
    ["shop.sent.id", "widened", "TypeScript has no type for it: a UUID."],
    ["shop.sent.kind", "exact", undefined],
  ]);
});
