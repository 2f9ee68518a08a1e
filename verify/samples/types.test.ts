import { expect, test } from "vitest";
import { alias, enumeration, event, field, message, union, viewOf } from "../../generators/json-schema/testing.ts";
import {
  duration,
  type Field,
  type JsonProfile,
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
import { sampleMaker } from "./maker.ts";
import { judgesOf, misjudged } from "./testing.ts";

// Every type a model can have, in every way a field can use it: validators and schemas agree with the sample maker.

const types: Readonly<Record<string, TypeRef>> = {
  bool: scalar("bool"),
  int32: scalar("int32"),
  int64: scalar("int64"),
  uint32: scalar("uint32"),
  uint64: scalar("uint64"),
  float32: scalar("float32"),
  float64: scalar("float64"),
  string: scalar("string"),
  bytes: scalar("bytes"),
  uuid,
  uri: scalar("string", { name: "uri" }),
  ip: scalar("string", { name: "ip" }),
  json_text: scalar("string", { name: "json" }),
  instant: timestamp("rfc3339"),
  instant_of_profile: timestamp("protobuf"),
  seconds_since: timestamp("epoch-seconds"),
  millis_since: timestamp("epoch-millis"),
  span: duration("protobuf"),
  span_iso: duration("iso8601"),
  span_millis: duration("millis"),
  span_seconds: duration("seconds"),
  list_of_uuid: list(uuid),
  list_of_lists: list(list(scalar("int32"))),
  list_unique: { kind: "list", item: scalar("string"), unique: true },
  list_of_flags: { kind: "list", item: scalar("bool"), unique: true },
  map_of_text: map(scalar("string")),
  map_by_int64: { kind: "map", key: "int64", value: list(scalar("bool")) },
  map_by_uint32: { kind: "map", key: "uint32", value: jsonAny },
  map_by_flag: { kind: "map", key: "bool", value: named("shop.Node") },
  choice: { kind: "union", variants: [scalar("string"), scalar("int32"), list(scalar("bool"))] },
  choice_of_shapes: { kind: "union", variants: [named("shop.Square"), named("shop.Circle")] },
  choice_of_kinds: { kind: "union", variants: [named("shop.Node"), literal("none"), list(named("shop.Pay"))] },
  choice_of_words: { kind: "union", variants: [literal("a"), literal("b"), named("shop.State")] },
  choice_of_one: { kind: "union", variants: [named("shop.Pay")] },
  word: literal("a"),
  number: literal(1),
  truth: literal(true),
  any: jsonAny,
  object: jsonObject,
  state: named("shop.State"),
  colour: named("shop.Colour"),
  node: named("shop.Node"),
  shape: named("shop.Shape"),
  draw: named("shop.Draw"),
  tagged: named("shop.Tagged"),
  pay: named("shop.Pay"),
  same: named("shop.Same"),
  elsewhere: named("shop.Elsewhere"),
};

const limits = { minimum: 2, maximum: 5, minLength: 2, maxLength: 3, minItems: 1, maxItems: 2 };
const uses: Readonly<Record<string, Partial<Field>>> = {
  required: { presence: "required" },
  optional: {},
  nullable: { nullable: true },
  limited: { limits },
  pattern: { limits: { pattern: "^[a-c]{2,4}-(?:x|\\d+)$" } },
};

const stated = { origins: [] };
const shared = [
  enumeration("shop.State", [
    { name: "OPEN", number: 0, ...stated },
    { name: "PAID", number: 3, ...stated },
  ]),
  enumeration("shop.Colour", ["RED", "green"], true),
  alias("shop.Same", list(named("shop.State"))),
  { kind: "external", system: "shop", name: "shop.Elsewhere", as: map(scalar("int32")), ...stated } as const,
  message("shop.Node", [
    field("next", named("shop.Node"), { nullable: true }),
    field("all", list(named("shop.Link"))),
    field("by/name~", map(named("shop.Node"))),
  ]),
  union("shop.Link", [named("shop.Node"), scalar("int32")]),
  message("shop.Square", [
    field("type", literal("square"), { presence: "required" }),
    field("node", named("shop.Node")),
    field("side", scalar("int32"), { presence: "required" }),
  ]),
  message("shop.Circle", [field("type", literal("circle")), field("r", scalar("float64"), { presence: "required" })]),
  message("shop.Blob", [field("type", literal("blob"), { presence: "required" })], { open: true }),
  union("shop.Shape", [named("shop.Square"), named("shop.Circle"), named("shop.Blob")]),
  union("shop.Draw", [named("shop.Shape"), named("shop.Pay")], {
    fields: [field("colour", named("shop.Colour"), { presence: "required" })],
  }),
  union("shop.Tagged", [named("shop.Pay"), named("shop.Node")], {
    tag: { field: "kind", values: { pay: "shop.Pay", node: "shop.Node", knot: "shop.Node" } },
  }),
  message(
    "shop.Pay",
    ["card", "cash", "a", "b"].map((name) => field(name, scalar("string"))),
    {
      oneofs: [
        { name: "means", fields: ["card", "cash"], required: true },
        { name: "rest", fields: ["a", "b"], required: false },
      ],
    },
  ),
];

const profiles: Readonly<Record<string, Partial<JsonProfile>>> = {
  "of Protobuf": { fieldNames: "lowerCamel", int64: "string" },
  "of numbers": { int64: "number", enums: "number", timestamp: "epoch-millis", duration: "seconds" },
};

test.each(Object.entries(profiles))("every type, under the profile %s", async (_, json) => {
  const decls = Object.entries(types).flatMap(([name, type]) => [
    message(
      `shop.${name}_uses`,
      Object.entries(uses).map(([use, more]) => field(`${use}_use`, type, more)),
    ),
    event(`shop.${name}`, named(`shop.${name}_uses`)),
  ]);
  const view = viewOf([...shared, ...decls], json);
  const judges = await judgesOf(view, "shop");
  const wrong = new Map<string, string>();
  for (const { name, payload } of view.events("shop")) {
    const maker = sampleMaker(view, judges.system, payload, { seed: 1, maxDepth: 4 });
    for (const sample of [...maker.valid(80), ...maker.boundary(200), ...maker.invalid(200)])
      for (const found of misjudged(judges, name, sample)) wrong.set(`${name}, ${sample.kind}, ${sample.shows}`, found);
  }
  expect([...wrong.values()].slice(0, 20)).toEqual([]);
});
