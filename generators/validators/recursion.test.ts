import { join } from "node:path";
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
