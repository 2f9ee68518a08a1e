import { describe, expect, test } from "vitest";
import {
  type Decl,
  type Enum,
  type Field,
  list,
  type Message,
  named,
  type OutputFile,
  read,
  scalar,
  type TypeRef,
} from "../../pipeline/index.ts";
import { folderWith } from "../../test/support/project.ts";
import { locked, make, origins } from "./testing.ts";

const field = (name: string, number: number, type: TypeRef = scalar("string"), more: Partial<Field> = {}): Field => ({
  name,
  number,
  type,
  presence: "implicit",
  origins: locked,
  ...more,
});
const message = (name: string, fields: readonly Field[], more: Partial<Message> = {}): Message => ({
  kind: "message",
  name,
  system: "shop",
  fields,
  origins,
  ...more,
});
const enumOf = (name: string, ...values: readonly (readonly [name: string, number: number])[]): Enum => ({
  kind: "enum",
  name,
  system: "shop",
  open: false,
  values: values.map(([value, number]) => ({ name: value, number, origins })),
  origins,
});

/** What the real compiler says of files; nothing when they are right. */
async function faults(files: readonly OutputFile[]): Promise<readonly string[]> {
  const list = files.map(({ path }) => path.replace(/^[^/]+\/protobuf\//, "protos/"));
  const folder = folderWith({
    "concordat.yaml": `systems:\n  shop:\n    sources: [{ files: ${JSON.stringify(list)}, reader: protobuf, root: protos }]\n`,
    ...Object.fromEntries(files.map(({ content }, index) => [list[index] ?? "", content])),
  });
  const { findings } = await read({ folder });
  return findings.filter(({ severity }) => severity === "error").map((finding) => finding.message);
}

describe("names", () => {
  const hostile = [
    "2nd",
    "a-b",
    "größe",
    "__proto__",
    "constructor",
    'qu"ote\n',
    "日本",
    "a_b",
    "A_B",
    "message",
    "int32",
    "[x]",
    "n\0l",
  ];

  test("of all kinds are made legal and told apart, the original kept for JSON", async () => {
    const decls: readonly Decl[] = [
      ...hostile.map((name, index) =>
        message(
          `shop.T${name}${index}`,
          hostile.map((of, at) => field(of, at + 1)),
        ),
      ),
      ...["message", "reserved", "string", "option", "stream", "google"].map((name) => message(`shop.${name}`, [])),
      message(
        "shop.Uses",
        ["message", "reserved", "string", "option", "stream", "google"].map((name, at) =>
          field(name, at + 1, named(`shop.${name}`)),
        ),
        {
          oneofs: [{ name: "string", fields: ["message", "reserved"], required: false }],
          doc: "NUL \0, return \r, */ and //.",
        },
      ),
      enumOf("shop.Kind", ...hostile.map((name, number) => [name, number + 3] as const)),
      enumOf("shop.State", ["STATE_OPEN", 0], ["open", 1], ["OPEN", -1], ["State", 2]),
      enumOf("shop.Other", ["STATE_OPEN", 1], ["Uses", 2]),
      enumOf("shop.Uses.google", ["google", 0], ["string", 1]),
    ];
    const { files, findings } = make(decls);
    expect(findings).toEqual([]);
    expect(await faults(files)).toEqual([]);
    const [text = ""] = files.map(({ content }) => content);
    expect(text).toContain('string a_b_8 = 8 [json_name = "a_b"];');
    expect(text).toContain('string a_b = 2 [json_name = "a-b"];');
    expect(text).toContain('string qu_ote_ = 6 [json_name = "qu\\"ote\\n"];');
    expect(text).toContain("KIND_UNSPECIFIED = 0;");
    expect(text).toContain("shop.reserved reserved = 2;");
  });

  test("of types that would be the same are reported with both places", () => {
    const { findings } = make([
      message("shop.a-b", [field("x", 1)]),
      message("shop.a_b", []),
      enumOf("shop.a b", ["X", 0]),
    ]);
    expect(findings.map(({ code, message: text, related }) => [code, text, related?.length])).toEqual([
      ["protobuf/name-collision", "shop.a-b gets the Protobuf name shop.a_b, which shop.a b has already.", 1],
      ["protobuf/name-collision", "shop.a_b gets the Protobuf name shop.a_b, which shop.a b has already.", 1],
    ]);
  });

  test("of packages that differ in case alone are reported", () => {
    const { findings } = make([message("shop.A.X", [field("x", 1)]), message("shop.a.Y", [])]);
    expect(findings.map(({ message: text }) => text)).toEqual([
      "The packages shop.A and shop.a would both be written to shop/protobuf/shop/a.proto.",
    ]);
  });
});

describe("packages", () => {
  test("are the scopes, a file each, and import one another", async () => {
    const { files } = make([
      message("shop.sales.Order", [
        field("line", 1, named("shop.sales.Order.Line")),
        field("item", 2, named("shop.Item")),
      ]),
      message("shop.sales.Order.Line", []),
      message("shop.Item", []),
      message("Bare", [field("item", 1, list(named("shop.Item")))]),
    ]);
    expect(files.map(({ path }) => path)).toEqual(["shop/protobuf/shop.proto", "shop/protobuf/shop/sales.proto"]);
    expect(files[1]?.content).toContain('import "shop.proto";');
    expect(files[1]?.content).toContain("  message Line {}");
    expect(await faults(files)).toEqual([]);
  });

  test("that need one another become one, since files must not import in a circle", async () => {
    const { files } = make([
      message("shop.a.Left", [field("right", 1, named("shop.b.Right"))]),
      message("shop.b.Right", [field("left", 1, list(named("shop.a.Left"))), field("leaf", 2, named("shop.c.Leaf"))]),
      message("shop.c.Leaf", []),
      message("shop.Top", [field("left", 1, named("shop.a.Left"))]),
    ]);
    expect(files.map(({ path }) => path)).toEqual(["shop/protobuf/shop.proto", "shop/protobuf/shop/c.proto"]);
    expect(files[0]?.content).toContain("message ALeft {\n  BRight right = 1;\n}");
    expect(await faults(files)).toEqual([]);
  });

  test("of other systems are there as far as they are needed, so that the folder stands by itself", async () => {
    const store = { system: "store" } as const;
    const { files, projections } = make([
      {
        kind: "system",
        name: "store",
        json: { fieldNames: "declared", int64: "number", enums: "name", timestamp: "rfc3339", duration: "iso8601" },
        origins,
      },
      message("shop.Order", [field("item", 1, named("store.Item"))]),
      message("store.Item", [field("kind", 1, named("store.Kind"))], store),
      { ...enumOf("store.Kind", ["NONE", 0]), ...store },
      message("store.Shelf", [], store),
    ]);
    expect(files.map(({ path }) => path)).toEqual([
      "shop/protobuf/shop.proto",
      "shop/protobuf/store.proto",
      "store/protobuf/store.proto",
    ]);
    expect(files[1]?.content).not.toContain("Shelf");
    expect(await faults(files.slice(0, 2))).toEqual([]);
    expect(projections.map(({ at }) => at)).toEqual(["shop.Order.item", "store.Item.kind"]);
  });
});

describe("what has no place", () => {
  const fidelity = (decls: readonly Decl[]) =>
    make(decls).projections.map(({ at, fidelity: how, why }) => `${at} ${how}${why ? `: ${why}` : ""}`);

  test("is a type without numbers, and whatever would hold it", () => {
    const { number: _, ...unnumbered } = field("id", 1);
    expect(
      fidelity([
        message("shop.Order", [field("item", 1, named("shop.Item")), field("kind", 2, named("shop.Kind"))]),
        message("shop.Item", [unnumbered]),
        { ...enumOf("shop.Kind"), values: [{ name: "A", origins }] },
        enumOf("shop.None"),
      ]),
    ).toEqual([
      "shop.Order.item omitted: Its type shop.Item is not in the Protobuf files.",
      "shop.Order.kind omitted: Its type shop.Kind is not in the Protobuf files.",
      "shop.Kind omitted: Its value A has no number.",
      "shop.Item omitted: Its field id has no number.",
      "shop.None omitted: An enum of Protobuf has at least one value.",
    ]);
  });

  test("is a message without fields where none has numbers", () => {
    const { number: _, ...unnumbered } = field("id", 1);
    expect(fidelity([message("shop.Empty", []), message("shop.Order", [unnumbered])])).toEqual([
      "shop.Empty omitted: No message of its system has numbers.",
      "shop.Order omitted: Its field id has no number.",
    ]);
  });

  test("is a one-of whose members are all left out", async () => {
    const { files } = make([
      message("shop.Order", [field("a", 1, list(list(scalar("bool"))))], {
        oneofs: [{ name: "choice", fields: ["a"], required: true }],
      }),
    ]);
    expect(files[0]?.content).toContain("message Order {}");
    expect(await faults(files)).toEqual([]);
  });

  test("is told from what is kept, and from what is widened", () => {
    const values: Enum = enumOf("shop.Kind", ["A", 1]);
    expect(
      fidelity([
        message(
          "shop.Order",
          [
            field("a", 1, scalar("uint64")),
            field("b", 2, scalar("int64"), { presence: "required", limits: { minimum: 0 } }),
            field("c", 3, scalar("string"), { presence: "required", nullable: true }),
            field("d", 4, scalar("string"), { presence: "optional", nullable: true }),
            field("e", 5, list(scalar("string")), { presence: "optional" }),
            field("f", 6, named("shop.Kind")),
            field("g", 7, { kind: "json" }, { presence: "optional", nullable: true }),
            field("h", 8, { kind: "literal", value: 7 }),
          ],
          { open: true },
        ),
        values,
      ]),
    ).toEqual([
      "shop.Order lossy: Fields beside the listed ones have no number.",
      "shop.Order.a exact",
      "shop.Order.b widened: Protobuf has no bounds, lengths or patterns. proto3 requires no field.",
      "shop.Order.c widened: An absent field stands for null.",
      "shop.Order.d lossy: Protobuf has no null: a key that is absent and one that is null are the same.",
      "shop.Order.e lossy: None and an empty one are the same.",
      "shop.Order.f widened: An enum of proto3 takes any number.",
      "shop.Order.g widened: That it is JSON text is not said.",
      "shop.Order.h widened: That it is always 7 is not said.",
    ]);
  });
});

test("tells two topics whose messages would have one name, and a topic from a type", () => {
  const topic = (name: string, ...members: readonly string[]): Decl => ({
    kind: "topic",
    name,
    system: "shop",
    numbers: members.map((member, i) => ({ name: member, number: i + 1 })),
    origins,
  });
  const event = (name: string, on: string): Decl => ({
    kind: "event",
    name,
    system: "shop",
    topic: on,
    payload: named("shop.Order"),
    origins,
  });
  const made = make([
    message("shop.AuditMessage", [field("text", 1)]),
    message("shop.Order", [field("id", 1)]),
    event("shop.one", "to-all"),
    event("shop.three", "audit"),
    event("shop.two", "to_all"),
    topic("audit", "three"),
    topic("to-all", "one"),
    topic("to_all", "two"),
  ]);
  expect(made.findings.map(({ message: text }) => text)).toEqual([
    "topic audit gets the Protobuf name shop.AuditMessage, which shop.AuditMessage has already.",
    "topic to_all gets the Protobuf name shop.ToAllMessage, which topic to-all has already.",
  ]);
});

test("a name that is reserved and that a field gets only here is not reserved any more", () => {
  const made = make([
    message("shop.Order", [field("order-id", 1)], { reserved: { names: ["order_id", "old"], numbers: [[7, 9]] } }),
  ]);
  const [file] = made.files;
  expect(file?.content).toContain("string order_id = 1");
  expect(file?.content).toMatch(/reserved "?old"?;/);
});
