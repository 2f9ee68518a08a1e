import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Decl, jsonAny, list, map, named, scalar } from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import jsonSchema from "../json-schema/index.ts";
import { alias, event, field, message, union, viewOf } from "../json-schema/testing.ts";
import validators from "./index.ts";
import { loadValidators, moduleFolders, type ValidatorModule } from "./testing.ts";

// A type may contain itself, and a value may go on for ever: the answer is a list of violations, never an exhausted stack.

const write = moduleFolders("recursion");
type Generated = Parameters<typeof jsonSchema.generate>[0];

const load = (view: Generated, system: string): Promise<ValidatorModule> => {
  const context = { options: {}, report: () => {} };
  const files = [...jsonSchema.generate(view, context).files, ...validators.generate(view, context).files];
  return loadValidators(write(files), system);
};

const decls: readonly Decl[] = [
  message("shop.Box", [field("in", named("shop.Box")), field("n", scalar("int32"))]),
  message("shop.Tree", [field("in", list(named("shop.Tree"))), field("n", scalar("int32"))]),
  message("shop.Maze", [field("in", map(named("shop.Maze"))), field("n", scalar("int32"))]),
  message("shop.Left", [field("in", named("shop.Right"))]),
  message("shop.Right", [field("in", named("shop.Left")), field("n", scalar("int32"))]),
  alias("shop.Lists", list(named("shop.Lists"))),
  alias("shop.Maps", map(named("shop.Maps"))),
  union("shop.Json", [scalar("float64"), scalar("string"), list(named("shop.Json")), map(named("shop.Json"))]),
  union("shop.Node", [named("shop.Leaf"), named("shop.Pair")]),
  message("shop.Leaf", [field("n", scalar("int32"), { presence: "required" })]),
  message("shop.Pair", [field("in", named("shop.Node"), { presence: "required" }), field("other", named("shop.Node"))]),
  message("shop.Free", [
    field("in", jsonAny),
    field("set", list(jsonAny)),
    field("unique", { kind: "list", item: jsonAny, unique: true }),
  ]),
];

/** How a value of a type is put into another one, and what stands innermost: right, and wrong. */
const shapes: Readonly<Record<string, { around: (inner: unknown) => unknown; right: unknown; wrong: unknown }>> = {
  Box: { around: (inner) => ({ in: inner }), right: { n: 1 }, wrong: { n: "1" } },
  Tree: { around: (inner) => ({ in: [inner] }), right: { n: 1 }, wrong: { n: "1" } },
  Maze: { around: (inner) => ({ in: { x: inner } }), right: { n: 1 }, wrong: { n: "1" } },
  Left: { around: (inner) => ({ in: { in: inner } }), right: { in: { n: 1 } }, wrong: { in: { n: "1" } } },
  Lists: { around: (inner) => [inner], right: [], wrong: [1] },
  Maps: { around: (inner) => ({ x: inner }), right: {}, wrong: { x: 1 } },
  Json: { around: (inner) => ({ x: [inner] }), right: 1, wrong: null },
  Node: { around: (inner) => ({ in: inner }), right: { n: 1 }, wrong: { n: "1" } },
};
const nested = (name: string, depth: number, inner: "right" | "wrong"): unknown => {
  const shape = shapes[name];
  let value = shape?.[inner];
  for (let i = 0; i < depth; i++) value = shape?.around(value);
  return value;
};

describe("a value of a type that contains itself", () => {
  let module: ValidatorModule;
  beforeAll(async () => {
    const events = [...Object.keys(shapes), "Free"].map((name) =>
      event(`shop.${name.toLowerCase()}`, named(`shop.${name}`)),
    );
    module = await load(viewOf([...decls, ...events]), "shop");
  });
  const validatorOf = (name: string) => {
    const validator = module.validatorFor(`shop.${name.toLowerCase()}`);
    if (!validator) throw new Error(`There is no validator for ${name}.`);
    return validator;
  };

  it.each(Object.keys(shapes))("%s: is judged by what is innermost, up to hundreds of levels", (name) => {
    const { is, validate } = validatorOf(name);
    for (const depth of [1, 10, 150, 220, 400]) {
      expect(is(nested(name, depth, "right")), `${depth} levels`).toBe(true);
      const violations = validate(nested(name, depth, "wrong"));
      expect(violations.length, `${depth} levels`).toBeGreaterThan(0);
      expect(violations[0]?.keyword, `${depth} levels`).not.toBe("depth");
    }
  });
  it.each(Object.keys(shapes))("%s: is too deep at 100,000 levels, and nothing is thrown", (name) => {
    const { is, validate, assert } = validatorOf(name);
    for (const inner of ["right", "wrong"] as const) {
      const value = nested(name, 100_000, inner);
      const tooDeep = [expect.objectContaining({ path: "", keyword: "depth" })];
      expect(is(value)).toBe(false);
      expect(validate(value)).toEqual(tooDeep);
      expect(validate(value, { unknown: "error" })).toEqual(tooDeep);
      expect(() => assert(value)).toThrow("Expected at most 1000 levels, found more.");
    }
  });
  it("takes no time to speak of to explain, where every level is a choice", () => {
    const start = performance.now();
    const [violation] = validatorOf("Json").validate(nested("Json", 490, "wrong"));
    expect(violation).toMatchObject({ keyword: "anyOf", message: expect.stringContaining("that fits none of them") });
    expect(performance.now() - start).toBeLessThan(10_000);
    const [near] = validatorOf("Json").validate(nested("Json", 10, "wrong"));
    expect(near?.path).toBe("/x/0".repeat(10));
  });
  it("closes a circle by calling it too deep", () => {
    const circle: { in?: object } = {};
    circle.in = circle;
    expect(validatorOf("Box").validate(circle)).toMatchObject([{ keyword: "depth" }]);
  });
  it("takes free-form JSON of any depth, unless it must be compared", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const { is, validate } = validatorOf("Free");
    expect(is({ in: deep, set: [deep, deep] })).toBe(true);
    expect(validate({ in: deep }, { unknown: "error" })).toEqual([]);
    expect(validate({ unique: [deep, deep] })).toMatchObject([{ keyword: "depth" }]);
  });
});

const required = { presence: "required" } as const;
const literal = (value: string) => ({ kind: "literal", value }) as const;

/** Unions that lead back to themselves by several variants which are all objects, or all lists. */
const choices: readonly Decl[] = [
  union("shop.Node", [named("shop.A"), named("shop.B")]),
  message("shop.A", [field("child", named("shop.Node")), field("a", scalar("int32"))]),
  message("shop.B", [field("child", named("shop.Node")), field("b", scalar("int32"), required)]),

  union("shop.Tagged", [named("shop.Odd"), named("shop.Even")]),
  message("shop.Odd", [field("child", named("shop.Tagged")), field("tag", literal("odd"), required)]),
  message("shop.Even", [field("child", named("shop.Tagged")), field("tag", literal("even"), required)]),

  // Without a name, and with lists and maps between.
  message("shop.Inline", [field("in", { kind: "union", variants: [named("shop.Many"), named("shop.Inline")] })]),
  message("shop.Many", [
    field("in", { kind: "union", variants: [list(named("shop.Inline")), list(named("shop.Many")), scalar("string")] }),
    field("by", map({ kind: "union", variants: [named("shop.Inline"), named("shop.Many")] })),
  ]),

  // With a field that all have, and that one declares again.
  union("shop.Common", [named("shop.Plus"), named("shop.Minus")], {
    fields: [field("child", named("shop.Common")), field("n", scalar("int32"))],
  }),
  message("shop.Plus", [field("child", named("shop.Common")), field("plus", scalar("int32"))]),
  message("shop.Minus", [field("other", named("shop.Common")), field("minus", scalar("int32"), required)]),
];

describe("a union that leads back to itself by several variants", () => {
  const roots = ["Node", "Tagged", "Inline", "Common"];
  let module: ValidatorModule;
  beforeAll(async () => {
    const events = roots.map((name) => event(`shop.${name.toLowerCase()}`, named(`shop.${name}`)));
    module = await load(viewOf([...choices, ...events]), "shop");
  });
  const validatorOf = (name: string) => {
    const validator = module.validatorFor(`shop.${name.toLowerCase()}`);
    if (!validator) throw new Error(`There is no validator for ${name}.`);
    return validator;
  };
  const around = (depth: number, inner: unknown, more: (level: number) => object = () => ({})): unknown => {
    let value = inner;
    for (let i = 0; i < depth; i++) value = { child: value, in: value, ...more(i) };
    return value;
  };
  const both = (name: string, value: unknown): readonly (readonly string[])[] =>
    (["ignore", "error"] as const).map((unknown) =>
      validatorOf(name)
        .validate(value, { unknown })
        .map(({ path, keyword }) => `${path} ${keyword}`),
    );
  const quickly = (work: () => void, most = 1000): void => {
    const start = performance.now();
    work();
    expect(performance.now() - start).toBeLessThan(most);
  };

  it.each([14, 60, 190, 300, 450])("is judged by what is innermost, %d levels deep", (depth) => {
    let [right, wrong, tagged]: unknown[] = [{ b: 1 }, { a: "1" }, { tag: "odd" }];
    for (let i = 0; i < depth; i++) {
      [right, wrong] = [{ child: right, b: 1 }, i % 2 === 0 ? { child: wrong, b: 1 } : { child: wrong }];
      tagged = { child: tagged, tag: i % 3 === 0 ? "odd" : "even" };
    }
    // Compiled before the time is taken.
    for (const name of roots) both(name, 1);
    quickly(() => {
      expect(validatorOf("Node").is(right)).toBe(true);
      expect(both("Node", right)).toEqual([[], []]);
      expect(validatorOf("Node").is(wrong)).toBe(false);
      expect(both("Node", wrong)).toEqual([[" anyOf"], [" anyOf"]]);
      expect(both("Tagged", tagged)).toEqual([[], []]);
    });
  });
  it("is explained as before: by the tag where there is one, else as fitting none", () => {
    const message = "Expected shop.A or shop.B, found an object that fits none of them.";
    expect(validatorOf("Node").validate({ child: { child: { a: "1" } } })).toMatchObject([{ path: "", message }]);
    expect(validatorOf("Node").validate({ child: 1 })).toMatchObject([{ path: "", keyword: "anyOf" }]);
    expect(validatorOf("Node").validate([])).toMatchObject([{ path: "", keyword: "type" }]);
    const tagged = (depth: number, inner: unknown): unknown =>
      depth === 0 ? inner : { child: tagged(depth - 1, inner), tag: depth % 2 === 0 ? "odd" : "even" };
    const path = "/child".repeat(30);
    expect(both("Tagged", tagged(30, { tag: "old" }))).toEqual([[`${path}/tag enum`], [`${path}/tag enum`]]);
    expect(both("Tagged", tagged(30, { tag: "odd", child: 1 }))[0]).toEqual([`${path}/child type`]);
    expect(both("Tagged", tagged(30, { tag: "odd", more: 1 }))).toEqual([[], [`${path} additionalProperties`]]);
  });
  it.each(roots)("%s: is too deep at 10,000 levels, within a second", (name) => {
    for (const inner of [{}, { b: "1" }]) {
      const value = around(10_000, inner);
      quickly(() => {
        expect(validatorOf(name).is(value)).toBe(false);
        expect(validatorOf(name).validate(value)).toMatchObject([{ path: "", keyword: "depth" }]);
      });
    }
  });
  it("takes no longer than its size, wide and deep", () => {
    const bush = (depth: number, leaf: unknown): unknown =>
      depth === 0
        ? { in: leaf }
        : { in: Array.from({ length: 4 }, (_, i) => (i < 3 ? bush(depth - 1, leaf) : { in: "" })) };
    const chain = (depth: number, leaf: unknown): unknown => {
      let value: unknown = { in: leaf };
      for (let i = 0; i < depth; i++) value = { in: [value], by: { x: { in: "" }, y: { in: [] } } };
      return value;
    };
    const [good, bad] = [
      [bush(6, "s"), chain(150, "s")],
      [bush(6, 1), chain(150, 1)],
    ].map((many) => ({ in: { in: many } }));
    both("Inline", {});
    quickly(() => {
      expect(validatorOf("Inline").is(good)).toBe(true);
      expect(both("Inline", good)).toEqual([[], []]);
      expect(both("Inline", bad).every((found) => found.length > 0)).toBe(true);
    }, 3000);
    quickly(() => {
      for (const inner of [{ n: "1" }, { plus: "1" }]) {
        const value = around(300, inner, (level) => (level % 2 === 0 ? { minus: 1 } : {}));
        expect(validatorOf("Common").is(value)).toBe(false);
      }
    }, 3000);
  });

  // The same unions as they are defined: one variant after the other, all the way down.
  type Definition = (value: unknown, isClosed: boolean) => boolean;
  const int: Definition = (value) => Number.isInteger(value);
  const text: Definition = (value) => typeof value === "string";
  const oneOf =
    (...variants: Definition[]): Definition =>
    (value, isClosed) =>
      variants.some((variant) => variant(value, isClosed));
  const lists =
    (item: Definition): Definition =>
    (value, isClosed) =>
      Array.isArray(value) && value.every((part) => item(part, isClosed));
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const fits = (value: unknown, fields: Record<string, Definition>, needed: readonly string[], isClosed: boolean) =>
    isRecord(value) &&
    needed.every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, part]) => fields[key]?.(part, isClosed) ?? !isClosed);
  const object =
    (fields: () => Record<string, Definition>, ...needed: string[]): Definition =>
    (value, isClosed) =>
      fits(value, fields(), needed, isClosed);

  const node = oneOf(
    object(() => ({ child: node, a: int })),
    object(() => ({ child: node, b: int }), "b"),
  );
  const tagged = oneOf(
    object(() => ({ child: tagged, tag: (value) => value === "odd" }), "tag"),
    object(() => ({ child: tagged, tag: (value) => value === "even" }), "tag"),
  );
  const inline = object(() => ({ in: oneOf(many, inline) }));
  const many = object(() => ({
    in: oneOf(lists(inline), lists(many), text),
    by: (value, isClosed) =>
      isRecord(value) && Object.values(value).every((part) => oneOf(inline, many)(part, isClosed)),
  }));
  // What is not declared by a variant may be a field that all have: the whole is closed as one.
  const common: Definition = (value, isClosed) => {
    const shared = { child: common, n: int };
    if (!fits(value, shared, [], false)) return false;
    const plus = { ...shared, plus: int };
    const minus = { ...shared, other: common, minus: int };
    const ways = [fits(value, plus, [], false) && plus, fits(value, minus, ["minus"], false) && minus];
    const taken = ways.filter((way) => way !== false);
    return taken.length > 0 && (!isClosed || fits(value, Object.assign({}, ...taken), [], true));
  };
  const { json } = fc.letrec((tie) => {
    const fields = ["child", "other", "in", "by", "x"].map((key) => [key, tie("json")] as const);
    const numbers = ["a", "b", "n", "plus", "minus"].map((key) => [key, fc.constantFrom<unknown>(1, 1, "1")] as const);
    const tag = ["tag", fc.constantFrom<unknown>("odd", "even", "old")] as const;
    const record = fc.record(Object.fromEntries([...fields, ...numbers, tag]), { requiredKeys: [] });
    const one = (...keys: string[]) =>
      fc.record(Object.fromEntries([...fields, ...numbers, tag].filter(([key]) => keys.includes(key))), {
        requiredKeys: [],
      });
    return {
      json: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<unknown>({}, "", [], 1, { b: 1 }, { tag: "odd" }, { minus: 1 }),
        one("child", "a", "b"),
        one("child", "tag"),
        one("in"),
        one("in", "by"),
        one("child", "other", "n", "plus", "minus"),
        fc.array(tie("json"), { maxLength: 3 }),
        record,
      ),
    };
  });
  it.each([
    ["Node", node],
    ["Tagged", tagged],
    ["Inline", inline],
    ["Common", common],
  ] as const)("%s: takes what its definition takes", (name, definition) => {
    const { is, validate } = validatorOf(name);
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(json, (value) => {
        const [open, closed] = [definition(value, false), definition(value, true)];
        verdicts.add(open);
        expect([is(value), validate(value).length === 0, validate(value, { unknown: "error" }).length === 0]).toEqual([
          open,
          open,
          closed,
        ]);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(verdicts.size).toBe(2);
  });
});

describe("google.protobuf.Struct, as Flyte sends it", () => {
  it("is free-form JSON, of any depth", async () => {
    const { project } = await read({ folder: join(import.meta.dirname, "../.."), system: ["flyte"] });
    if (!project) throw new Error("The sources cannot be read.");
    const { validatorFor } = await load(project.view, "flyte");
    const validator = validatorFor("flyte.task_execution");
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = i % 2 === 0 ? { x: value } : [value, "and", null, true];
    expect(validator?.is({ customInfo: { x: value } })).toBe(true);
    expect(validator?.validate({ customInfo: [value] })).toMatchObject([{ path: "/customInfo", keyword: "type" }]);
  });
});
