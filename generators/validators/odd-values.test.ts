import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonAny, jsonKey, named, type System, scalar, uuid, type View } from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import jsonSchema from "../json-schema/index.ts";
import { event, field, message, viewOf } from "../json-schema/testing.ts";
import validators from "./index.ts";
import { loadValidators, moduleFolders, type Validator, type Violation } from "./testing.ts";

// Validators stand where values come from anywhere: whatever they are given, they answer, and only assertions throw.

const write = moduleFolders("odd-values");

const load = (view: View, system: string) => {
  const context = { options: {}, report: () => {} };
  const files = [...jsonSchema.generate(view, context).files, ...validators.generate(view, context).files];
  return loadValidators(write(files), system);
};

const fail = (error: unknown = new Error("The value resists.")): never => {
  throw error;
};
const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const traps = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"] as const;
const circle: { self?: object } = {};
circle.self = circle;

/** Values that throw when they are read, in one way or another. */
const resisting: readonly unknown[] = [
  ...traps.flatMap((trap) => [{ id: "" }, [1]].map((target) => new Proxy(target, { [trap]: () => fail() }))),
  revoked({}),
  revoked([]),
  Object.defineProperty({}, "id", { get: () => fail(), enumerable: true }),
  Object.defineProperty([0], 0, { get: () => fail(), enumerable: true }),
  Object.create({
    get id() {
      return fail();
    },
  }),
  ...[null, new RangeError("Not the stack.")].map((error) => new Proxy({}, { get: () => fail(error) })),
];

/** Values that JSON does not have, or that look like something else. */
const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  "",
  "x",
  Symbol("x"),
  Symbol.iterator,
  () => 1,
  class {},
  async () => {},
  [],
  [undefined],
  new Array(3),
  [[[]]],
  {},
  Object.create(null),
  circle,
  new Map([["id", 1]]),
  new Set([1]),
  new WeakMap(),
  new Date(0),
  new Date(Number.NaN),
  /x/g,
  new Error("x"),
  new (class {
    id = 1;
  })(),
  new String("x"),
  new Number(1),
  Object(1n),
  Object(Symbol("x")),
  new Uint8Array(2),
  new ArrayBuffer(2),
  Promise.resolve(),
  new URL("a:b"),
  new Proxy({}, {}),
  new Proxy(() => 1, {}),
  { valueOf: fail, toString: fail, toJSON: fail, [Symbol.toPrimitive]: fail },
  { valueOf: 1, toString: 1 },
  JSON.parse('{"__proto__": null, "constructor": 1, "hasOwnProperty": 1, "length": -1}'),
  ...resisting,
];

/** What is wrong with the answers to a value; plain conditions, since there are very many of them. */
function faults({ is, validate, assert }: Validator, value: unknown): readonly string[] {
  const violations = validate(value);
  const strictly = validate(value, { unknown: "error" });
  const isText = ({ path, keyword, message: text, expected }: Violation) =>
    [path, keyword, text, expected].every((part) => typeof part === "string");
  let thrown: unknown = "nothing";
  try {
    assert(value);
  } catch (error) {
    thrown = error;
  }
  return [
    ...(is(value) === (violations.length === 0) ? [] : ["is and validate differ"]),
    ...(violations.length === 0 || strictly.length > 0 ? [] : ["what is wrong is right when it is asked strictly"]),
    ...([...violations, ...strictly].every(isText) ? [] : ["a violation is not complete"]),
    ...((thrown as Error).name === "ValidationError" || violations.length === 0
      ? []
      : ["assert does not throw its error"]),
    ...(thrown === "nothing" || violations.length > 0 ? [] : ["assert throws"]),
  ];
}

/** The names of a system's validators, each with the keys of its value where it is a message. */
const shapesOf = (
  view: View,
  { name, json }: System,
): readonly (readonly [name: string, keys: readonly string[]])[] => [
  ...view
    .events(name)
    .map((item) => [item.name, (view.eventMessage(item)?.fields ?? []).map((f) => jsonKey(f, json))] as const),
  ...view
    .operations(name)
    .flatMap((item) =>
      item.versions.flatMap(({ version }) =>
        ["request", "response"].map((side) => [`${item.name}.v${version}.${side}`, ["task", "events"]] as const),
      ),
    ),
];

describe("whatever they are given, the validators answer", async () => {
  const { project } = await read({ folder: join(import.meta.dirname, "../..") });
  it.each(["clearml", "flyte", "h2o", "telemetry"])("of %s", async (name) => {
    const system = project?.view.systems.find((item) => item.name === name);
    if (!project || !system) throw new Error("The sources cannot be read.");
    const { validatorFor, validateEvent, validateByType } = await load(project.view, name);
    for (const [shape, keys] of shapesOf(project.view, system)) {
      const validator = validatorFor(shape);
      if (!validator) continue;
      for (const value of odd) expect(faults(validator, value)).toEqual([]);
      for (const key of keys)
        expect(odd.flatMap((value) => faults(validator, Object.fromEntries([[key, value]])))).toEqual([]);
    }
    const [first] = project.view.events(name);
    for (const value of odd) {
      expect(validateEvent(value, {}).length).toBeGreaterThan(0);
      expect(Array.isArray(validateEvent(first?.name, value))).toBe(true);
      if (validateByType) expect(Array.isArray(validateByType(value))).toBe(true);
    }
  });
});

describe("a value that throws when it is read", async () => {
  const { validatorFor } = await load(
    viewOf([
      message("shop.A", [field("id", uuid, { presence: "required" }), field("note", scalar("string"))]),
      event("shop.a", named("shop.A")),
    ]),
    "shop",
  );
  const { validate } = validatorFor("shop.a") ?? { validate: () => [] };
  const id = "00000000-0000-0000-0000-00000000000a";
  const strict = (target: object) =>
    new Proxy(target, { get: (of, key) => (key in of ? of[key as keyof typeof of] : fail()) });

  it("is taken by what it has, where it only refuses to be asked for more", () => {
    expect(validate(strict({ id }))).toEqual([]);
    expect(validate(strict({ id: 1 })).map(({ message: text }) => text)).toEqual(["Expected a UUID, found 1."]);
  });
  it("is wrong when not even that can be read", () => {
    const value = {
      get id() {
        return fail();
      },
    };
    expect(validate(value)).toMatchObject([
      { path: "", keyword: "read", message: "Expected a value that can be read, found one that throws." },
    ]);
  });
});

it("takes what every object inherits for none of a value's own fields", async () => {
  const view = viewOf([
    message("shop.Odd", [field("constructor", jsonAny, { presence: "required" })]),
    event("shop.odd", named("shop.Odd")),
  ]);
  const validator = (await load(view, "shop")).validatorFor("shop.odd");
  expect([validator?.is({}), validator?.validate({}).map(({ keyword }) => keyword)]).toEqual([false, ["required"]]);
  expect(validator?.is({ constructor: 1 })).toBe(true);
});
