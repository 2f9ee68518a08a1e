import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  duration,
  enumJsonValues,
  formats,
  hasFormat,
  type JsonForm,
  type JsonProfile,
  jsonAny,
  jsonForm,
  jsonObject,
  list,
  literal,
  type Message,
  map,
  messageOf,
  named,
  objectForm,
  type StringFormat,
  type System,
  scalar,
  type TypeDecl,
  timestamp,
  uuid,
  type View,
} from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import jsonSchema from "../json-schema/index.ts";
import { alias, enumeration, event, field, message, operation, union, viewOf } from "../json-schema/testing.ts";
import validators from "./index.ts";
import { loadValidators, moduleFolders, type ValidatorModule } from "./testing.ts";

// Guards promise: what one takes, the schema takes. Here both are asked about values made from the model, whole and damaged,
// and a third party is asked with them: an engine of its own, with the model's definition of every format.

const write = moduleFolders("differential");

/** Writes what the generators make, and loads a system's validators together with their bare guards. */
async function load(view: View, system: string) {
  const context = { options: {}, report: () => {} };
  const files = [...jsonSchema.generate(view, context).files, ...validators.generate(view, context).files];
  const root = write(
    files.map(({ path, content }) => {
      if (!path.endsWith("/validators.js")) return { path, content };
      const open = content.replace(
        /^const (\w+_) = \/\* @__PURE__ \*\/ define\((".*"), (\w+)/gm,
        "bare.set($2, (v) => $3(v));\n$&",
      );
      return { path, content: open.replace("\n\n", "\n\nexport const bare = new Map();\n\n") };
    }),
  );
  const module = (await loadValidators(root, system)) as ValidatorModule & {
    readonly bare: ReadonlyMap<string, (value: unknown) => boolean>;
  };
  const documents = (form: "open" | "closed") => {
    const ajv = new Ajv2020({ strict: false, strictNumbers: true, ownProperties: true });
    for (const format of ["uuid", "uri", "date-time"] as const)
      ajv.addFormat(format, (text: string) => hasFormat(format, text));
    ajv.addKeyword({
      keyword: "x-format",
      type: "string",
      validate: (format: string, text: string) => !(format in formats) || hasFormat(format as StringFormat, text),
    });
    ajv.removeKeyword("contentMediaType");
    ajv.addKeyword({
      keyword: "contentMediaType",
      type: "string",
      validate: (_: string, text: string) => hasFormat("json", text),
    });
    const files = jsonSchema
      .generate(view, context)
      .files.filter(({ path }) => path.startsWith(`${system}/`) && path.endsWith(".json"));
    for (const { path, content } of files)
      if (path.endsWith(".open.schema.json") === (form === "open")) ajv.addSchema(JSON.parse(content));
    return (name: string) =>
      ajv.getSchema(`https://schemas.invalid/${system}/schemas/${name}${form === "open" ? ".open" : ""}.schema.json`);
  };
  return { module, open: documents("open"), closed: documents("closed") };
}

/** Values that a form takes, or nearly. */
function arbitrary(form: JsonForm, view: View, profile: JsonProfile, depth = 0): fc.Arbitrary<unknown> {
  const inner = (part: JsonForm) => arbitrary(part, view, profile, depth + 1);
  switch (form.kind) {
    case "boolean":
      return fc.boolean();
    case "string":
      return form.format
        ? fc.constantFrom(...(texts[form.format] ?? []))
        : fc.string({ unit: "grapheme", maxLength: 6 });
    case "integer":
      return fc.constantFrom(form.minimum, form.maximum, 0, 1, -1, 1.5, 2 ** 53);
    case "number":
      return fc.oneof(fc.double(), fc.integer());
    case "literal":
      return fc.constant(form.value);
    case "list":
      return fc.array(inner(form.item), { maxLength: depth > 4 ? 0 : 3 });
    case "map":
      return fc.dictionary(
        fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("1", "true", "__proto__")),
        inner(form.value),
        { maxKeys: 2 },
      );
    case "union":
      return fc.oneof(...form.variants.map(inner));
    case "object":
      return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
    case "any":
      return fc.jsonValue({ maxDepth: 2 });
    case "named":
      return depth > 8 ? fc.constant({}) : ofType(view.type(form.name), view, profile, depth);
  }
}

const texts: Record<StringFormat, readonly string[]> = {
  uuid: ["c56a4180-65aa-42ec-a945-5fd21dec0538"],
  uri: ["https://a.example/%20"],
  ip: ["::1", "10.0.0.1"],
  "date-time": ["2024-02-29T00:00:00Z", "2024-05-14T09:30:00.25+02:00"],
  "duration-seconds": ["1.5s"],
  "duration-iso8601": ["PT1H"],
  int64: ["0", "-9223372036854775808", "9223372036854775807"],
  uint64: ["18446744073709551615"],
  base64: ["AAA="],
  json: ["{}"],
};

function ofType(decl: TypeDecl, view: View, profile: JsonProfile, depth: number): fc.Arbitrary<unknown> {
  const inner = (form: JsonForm) => arbitrary(form, view, profile, depth + 1);
  switch (decl.kind) {
    case "message":
      return ofMessage(decl, view, profile, depth);
    case "enum":
      return fc.constantFrom<unknown>(...enumJsonValues(decl, profile), ...(decl.open ? ["NEW", 77] : []));
    case "alias":
      return inner(jsonForm(decl.type, profile));
    case "external":
      return inner(decl.as ? jsonForm(decl.as, profile) : { kind: "any" });
    case "union": {
      const common = ofMessage({ fields: decl.fields ?? [] }, view, profile, depth);
      const shapes = decl.variants.map((variant) => {
        const tags = Object.entries(decl.tag?.values ?? {}).flatMap(([value, name]) =>
          messageOf(variant, view)?.name === name ? [value] : [],
        );
        const tag =
          decl.tag && tags.length > 0 ? fc.record({ [decl.tag.field]: fc.constantFrom(...tags) }) : fc.constant({});
        return fc.tuple(inner(jsonForm(variant, profile)), tag);
      });
      return fc.tuple(fc.oneof(...shapes), common).map(([[shape, tag], fields]) => {
        const isObject = typeof shape === "object" && shape !== null && !Array.isArray(shape);
        return isObject ? { ...fields, ...shape, ...tag } : shape;
      });
    }
  }
}

function ofMessage(
  of: Pick<Message, "fields" | "oneofs">,
  view: View,
  profile: JsonProfile,
  depth: number,
): fc.Arbitrary<object> {
  const { properties, oneofs } = objectForm(of, profile);
  const entries = properties.map(({ name, form, required, nullable }) => {
    const value = nullable
      ? fc.option(arbitrary(form, view, profile, depth + 1))
      : arbitrary(form, view, profile, depth + 1);
    const isThere = required ? fc.constant(true) : depth > 6 ? fc.constant(false) : fc.boolean();
    return fc.tuple(fc.constant(name), isThere, value);
  });
  return fc.tuple(fc.tuple(...entries), fc.nat(9)).map(([all, pick]) => {
    const grouped = new Map(
      oneofs.flatMap(({ keys, required }) =>
        // Now and then all of a group, which is one too many.
        keys.map((key, at) => [key, pick === 9 || at === pick % (required ? keys.length : keys.length + 1)]),
      ),
    );
    const value = {};
    for (const [key, isThere, item] of all)
      if (grouped.get(key) ?? isThere)
        Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
    return value;
  });
}

const junk = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  -1,
  1.5,
  "",
  "x",
  "0",
  true,
  [],
  {},
  [null],
  Number.NaN,
  2 ** 70,
  "2023-02-29T00:00:00Z",
);

/** The value with one place in it changed, removed or added to. */
const damaged = (whole: fc.Arbitrary<unknown>) =>
  fc
    .tuple(whole, fc.array(fc.nat(30), { maxLength: 4 }), fc.nat(2), junk)
    .map(([value, path, how, other]) => damage(structuredClone(value), path, how, other));

function damage(value: unknown, path: readonly number[], how: number, other: unknown): unknown {
  if (typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const [at = 0, ...rest] = path;
  const key = keys[at % Math.max(1, keys.length)];
  const holder = value as Record<string, unknown>;
  if (how === 0 || key === undefined)
    Object.defineProperty(value, "unheard_of", { value: other, enumerable: true, configurable: true });
  else if (rest.length > 0)
    Object.defineProperty(value, key, {
      value: damage(holder[key], rest, how, other),
      enumerable: true,
      configurable: true,
    });
  else if (how === 1) delete holder[key];
  else Object.defineProperty(value, key, { value: other, enumerable: true, configurable: true });
  return value;
}

/** What one shape of a system looks like, by the name of its validator. */
function shapesOf(view: View, system: System): readonly (readonly [name: string, values: fc.Arbitrary<unknown>])[] {
  const profile = system.json;
  const use = (type: Parameters<typeof jsonForm>[0]) => arbitrary(jsonForm(type, profile), view, profile);
  return [
    ...view.events(system.name).map((item) => {
      const merged = item.envelope && view.eventMessage(item);
      return [item.name, merged ? ofMessage(merged, view, profile, 0) : use(item.payload)] as const;
    }),
    ...view
      .operations(system.name)
      .flatMap(({ name, versions }) =>
        versions.flatMap(({ version, request, response }) => [
          ...(request ? [[`${name}.v${version}.request`, use(request)] as const] : []),
          ...(response ? [[`${name}.v${version}.response`, use(response)] as const] : []),
        ]),
      ),
  ];
}

/** Compares all three, and tells how many values each took. */
async function compare(view: View, name: string, numRuns: number) {
  const system = view.systems.find((item) => item.name === name);
  if (!system) throw new Error(`There is no system ${name}.`);
  const { module, open, closed } = await load(view, name);
  const count = { values: 0, taken: 0, byGuard: 0, shapes: 0 };
  for (const [shape, whole] of shapesOf(view, system)) {
    const validator = module.validatorFor(shape);
    const bare = module.bare.get(validator?.name ?? "");
    const [witness, strict] = [open(shape), closed(shape)];
    if (!validator || !bare || !witness || !strict) throw new Error(`${shape} lacks a guard or a schema.`);
    count.shapes++;
    fc.assert(
      fc.property(fc.oneof(whole, damaged(whole), damaged(damaged(whole))), (value) => {
        const [taken, byGuard, isStrict] = [witness(value), bare(value), strict(value)];
        count.values++;
        if (taken) count.taken++;
        if (byGuard) count.byGuard++;
        if (byGuard && !taken) return false;
        const violations = validator.validate(value);
        const strictly = validator.validate(value, { unknown: "error" });
        return (
          validator.is(value) === taken &&
          (violations.length === 0) === taken &&
          (strictly.length === 0) === isStrict &&
          (!isStrict || taken)
        );
      }),
      { seed: 20240514, numRuns },
    );
  }
  return count;
}

describe("guards, schemas and definitions agree", () => {
  it("on everything a model can say", async () => {
    const everyType = [
      scalar("bool"),
      scalar("int32"),
      scalar("int64"),
      scalar("uint32"),
      scalar("uint64"),
      scalar("float32"),
      scalar("float64"),
      scalar("string"),
      scalar("bytes"),
      uuid,
      scalar("string", { name: "uri" }),
      scalar("string", { name: "ip" }),
      scalar("string", { name: "json" }),
      timestamp("rfc3339"),
      timestamp("epoch-millis"),
      duration("seconds-string"),
      duration("iso8601"),
      duration("millis"),
      duration("seconds"),
      list(uuid),
      list(list(scalar("int32"))),
      { kind: "list", item: jsonAny, unique: true } as const,
      map(scalar("string")),
      { kind: "map", key: "int64", value: list(scalar("bool")) } as const,
      { kind: "map", key: "uint32", value: jsonAny } as const,
      { kind: "map", key: "bool", value: jsonObject } as const,
      { kind: "union", variants: [scalar("string"), scalar("int32"), list(scalar("bool"))] } as const,
      literal("a"),
      literal(1),
      literal(true),
      jsonAny,
      jsonObject,
      named("shop.State"),
      named("shop.Colour"),
      named("shop.Node"),
      named("shop.Shape"),
      named("shop.Draw"),
      named("shop.Tagged"),
      named("shop.Pay"),
      named("shop.Same"),
    ];
    const presences = ["required", "optional", "implicit"] as const;
    const all = everyType.flatMap((type, at) => [
      message(`shop.T${at}`, [
        field("constructor", type, { presence: presences[at % 3] ?? "optional" }),
        field("nullable", type, { nullable: true }),
        field("limited", type, {
          limits: { minimum: 0, maximum: 5, minLength: 1, maxLength: 3, minItems: 1, maxItems: 2 },
        }),
      ]),
      event(`shop.e${at}`, named(`shop.T${at}`)),
    ]);
    const view = viewOf([
      ...all,
      enumeration("shop.State", ["OPEN", "PAID"]),
      enumeration("shop.Colour", ["RED"], true),
      alias("shop.Same", list(named("shop.State"))),
      message("shop.Node", [
        field("next", named("shop.Node"), { nullable: true }),
        field("all", list(named("shop.Link"))),
      ]),
      union("shop.Link", [named("shop.Node"), scalar("int32")]),
      message("shop.Square", [
        field("type", literal("square"), { presence: "required" }),
        field("node", named("shop.Node")),
      ]),
      message("shop.Circle", [
        field("type", literal("circle")),
        field("r", scalar("float64"), { presence: "required" }),
      ]),
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
      operation("shop.op", [{ request: named("shop.Draw"), response: map(uuid) }]),
    ]);
    const count = await compare(view, "shop", 400);
    expect(count.shapes).toBe(everyType.length + 2);
    expect(count.taken).toBeGreaterThan(count.values / 5);
    expect(count.byGuard).toBeGreaterThan(count.taken * 0.9);
  });
});

describe("the real systems", async () => {
  const root = join(import.meta.dirname, "../..");
  const { project } = await read({ folder: root });
  it.each(["clearml", "flyte", "h2o", "telemetry"])("%s", async (name) => {
    if (!project) throw new Error("The sources cannot be read.");
    const count = await compare(project.view, name, 60);
    expect(count.taken).toBeGreaterThan(count.values / 5);
    expect(count.byGuard).toBeGreaterThan(count.taken * 0.99);
  });
});
