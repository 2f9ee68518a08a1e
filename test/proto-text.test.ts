import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Decl, type Enum, type Message, type Model, printProto, read, type TypeDecl } from "../pipeline/index.ts";
import { folderWith } from "./support/project.ts";

/** What the printer of `.proto` files writes, read by the real compiler. */
const root = join(import.meta.dirname, "..");

type Files = Readonly<Record<string, string>>;

async function readProto(files: Files): Promise<Model> {
  const list = Object.keys(files).map((path) => `protos/${path}`);
  const folder = folderWith({
    "concordat.yaml": `systems:\n  acme:\n    sources: [{ files: [${list.join(", ")}], reader: protobuf, root: protos }]\n`,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`protos/${path}`, text])),
  });
  const result = await read({ folder });
  expect(result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  if (!result.project) throw new Error("There is no model.");
  return result.project.model;
}

/** Prints the declarations of some packages, a file each. */
function print(model: Model, packages: Files) {
  const types = new Map(model.decls.map((decl) => [decl.name, decl as TypeDecl]));
  const packageOf = (name: string): string =>
    Object.keys(packages)
      .filter((known) => name.startsWith(`${known}.`))
      .sort((a, b) => b.length - a.length)[0] ?? "";
  const printed = Object.entries(packages).map(([name, path]) => {
    const decls = model.decls.filter(
      (decl): decl is Message | Enum =>
        (decl.kind === "message" || decl.kind === "enum") && packageOf(decl.name) === name,
    );
    const { text, projections } = printProto({
      package: name,
      decls,
      type: (type) => types.get(type),
      importOf: (type) => packages[packageOf(type)],
    });
    return { path, text, projections };
  });
  return {
    files: Object.fromEntries(printed.map(({ path, text }) => [path, text])),
    projections: printed.flatMap(({ projections }) => projections),
  };
}

const typesOf = (model: Model): readonly Decl[] =>
  JSON.parse(
    JSON.stringify(
      model.decls.filter((decl) => decl.kind === "message" || decl.kind === "enum"),
      (key, value) => (key === "origins" || key === "system" ? undefined : value),
    ),
  );

async function roundTrip(files: Files, packages: Files) {
  const model = await readProto(files);
  const { files: printed, projections } = print(model, packages);
  expect(projections).toEqual([]);
  expect(typesOf(await readProto(printed))).toEqual(typesOf(model));
  return Object.values(printed).join("\n");
}

describe("a model printed as .proto", () => {
  test("is the same model to the compiler: everything proto3 has", async () => {
    const text = await roundTrip(
      {
        "a.proto": `syntax = "proto3";
package acme.shop.v1;
import "google/protobuf/timestamp.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto";
import "money.proto";
// An order of a customer, as the shop sees it: what was asked for, by whom, what it costs, and how far it has come on its way.
//
// It has
//  - an identifier
//  - lines
message Order {
  reserved 4, 9 to 11, 1000 to max;
  reserved "legacy", "older";
  // Who asked.
  string id = 1;
  optional int64 total = 2;
  repeated Line lines = 3;
  map<string, Line> by_sku = 5;
  map<int32, bytes> blobs = 6;
  oneof buyer {
    // A person.
    Person person = 7;
    string company = 8;
  }
  google.protobuf.Timestamp at = 12;
  google.protobuf.Duration within = 13;
  google.protobuf.Struct extra = 14;
  google.protobuf.Value any = 15;
  google.protobuf.ListValue list = 16;
  google.protobuf.Int64Value maybe = 17;
  State state = 18 [deprecated = true];
  optional State former = 19;
  acme.money.Amount amount = 20;
  string renamed = 21 [json_name = "@type\\"s"];
  Line.Kind kind = 22;
  uint32 u32 = 23; uint64 u64 = 24; float f = 25; double d = 26; bool b = 27; bytes raw = 28; int32 i = 29;
  repeated State states = 30;
  // A line of an order.
  message Line {
    option deprecated = true;
    string sku = 1;
    Kind kind = 2;
    Order order = 3;
    enum Kind { NONE = 0; GIFT = 1 [deprecated = true]; }
  }
}
message Person {}
enum State {
  option allow_alias = true;
  // Nobody knows.
  STATE_UNKNOWN = 0;
  STATE_OPEN = 1;
  STATE_BEGUN = 1;
  STATE_DONE = -2;
}
`,
        "money.proto":
          'syntax = "proto3"; package acme.money; message Amount { int64 minor = 1; shop s = 2; message shop {} }',
      },
      { "acme.shop.v1": "a.proto", "acme.money": "money.proto" },
    );
    expect(text).toContain('syntax = "proto3";');
  });

  test("takes an edition for what proto3 does not have", async () => {
    const text = await roundTrip(
      {
        "a.proto": `edition = "2023";
package acme;
option features.field_presence = IMPLICIT;
message Old {
  reserved gone, "x";
  string must = 1 [features.field_presence = LEGACY_REQUIRED];
  int32 count = 2 [default = -7, features.field_presence = EXPLICIT];
  string said = 3 [default = "a\\"b\\\\n", features.field_presence = EXPLICIT];
  Size size = 4 [features.field_presence = EXPLICIT];
  bool yes = 5 [default = true, features.field_presence = EXPLICIT];
  double plain = 6;
  double plainer = 7;
  Old old = 8;
  string a = 9; string b = 10; string c = 11; string d = 12;
}
enum Size { option features.enum_type = CLOSED; S = 3; L = 1; }
`.replace('gone, "x"', "gone, x"),
      },
      { acme: "a.proto" },
    );
    expect(text).toContain('edition = "2023";');
    expect(text).toContain("option features.field_presence = IMPLICIT;");
  });

  test("keeps what the types of the model do not tell: how it is encoded", async () => {
    const text = await roundTrip(
      {
        "a.proto": `syntax = "proto2";
package acme;
import "google/protobuf/any.proto";
import "google/protobuf/empty.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto";
message Encoded {
  optional sint32 a = 1;
  optional fixed64 b = 2;
  repeated sfixed32 c = 3;
  map<fixed32, sint64> d = 4;
  map<sint64, google.protobuf.StringValue> e = 5;
  repeated google.protobuf.ListValue f = 6;
  optional google.protobuf.Any g = 7;
  optional google.protobuf.Empty h = 8;
  optional google.protobuf.FieldMask i = 9;
  optional google.protobuf.NullValue j = 10;
  repeated group Row = 11 {
    optional string k = 1;
  }
}
`,
      },
      { acme: "a.proto" },
    );
    expect(text).toContain("map<sint64, google.protobuf.StringValue> e = 5;");
    expect(text).toContain("repeated Row row = 11 [features.message_encoding = DELIMITED];");
  });

  test("is the same for the committed contracts of Flyte", async () => {
    const paths = ["event/event.proto", "core/identifier.proto", "core/execution.proto"].map(
      (path) => `flyteidl/${path}`,
    );
    const texts = paths.map((path) => [path, readFileSync(join(root, "schemas/flyte", path), "utf8")] as const);
    const model = await readProto(Object.fromEntries(texts));
    const { files, projections } = print(model, { "flyteidl.event": "event.proto", "flyteidl.core": "core.proto" });
    expect(projections).toEqual([]);
    expect(typesOf(await readProto(files))).toEqual(typesOf(model));
  });

  test("tells values of one name apart, and leaves out what has no name there", () => {
    const origins = [{ span: { path: "x", start: 0, end: 0 }, reader: "markdown", basis: "stated" }] as const;
    const shared = { system: "acme", origins } as const;
    const values = [{ name: "NONE", number: 0, origins }];
    const { text, projections } = printProto({
      package: "acme",
      decls: [
        { ...shared, kind: "enum", name: "acme.Color", open: true, values },
        { ...shared, kind: "enum", name: "acme.PaperSize", open: true, values },
        { ...shared, kind: "message", name: "acme.no-name", fields: [] },
      ],
      type: () => undefined,
    });
    expect(text).toContain("enum PaperSize {\n  PAPER_SIZE_NONE = 0;\n}");
    expect(projections.map(({ at, fidelity, why }) => `${at} ${fidelity}: ${why}`)).toEqual([
      "acme.PaperSize.NONE lossy: It is called PAPER_SIZE_NONE: something else beside this enum is called NONE.",
      "acme.no-name omitted: no-name is no name in Protobuf.",
    ]);
  });

  test("makes no numbers up, and tells what Protobuf does not say", () => {
    const origins = [{ span: { path: "x", start: 0, end: 0 }, reader: "markdown", basis: "stated" }] as const;
    const field = (name: string, type: Message["fields"][number]["type"], number?: number) =>
      ({ name, type, presence: "implicit", origins, ...(number !== undefined && { number }) }) as const;
    const message: Message = {
      kind: "message",
      name: "acme.Order",
      system: "acme",
      origins,
      fields: [
        field("none", { kind: "scalar", scalar: "string" }),
        field("id", { kind: "scalar", scalar: "string", logical: { name: "uuid" } }, 1),
        field("grid", { kind: "list", item: { kind: "list", item: { kind: "scalar", scalar: "bool" } } }, 2),
        field("no-name", { kind: "scalar", scalar: "bool" }, 3),
        field("kind", { kind: "literal", value: "order" }, 4),
      ],
    };
    const { text, projections } = printProto({ package: "acme", decls: [message], type: () => undefined });
    expect(text).toBe(
      'syntax = "proto3";\n\npackage acme;\n\nmessage Order {\n  string id = 1;\n  string kind = 4;\n}\n',
    );
    expect(projections.map(({ at, fidelity, why }) => `${at} ${fidelity}: ${why}`)).toEqual([
      "acme.Order.none omitted: It has no number.",
      "acme.Order.id widened: That it is a uuid is not said.",
      "acme.Order.grid omitted: Protobuf has no lists or maps inside of others.",
      "acme.Order.no-name omitted: no-name is no name in Protobuf.",
      'acme.Order.kind widened: That it is always "order" is not said.',
    ]);
  });
});
