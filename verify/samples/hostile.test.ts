import { expect, test } from "vitest";
import {
  createView,
  type Decl,
  type Field,
  type Limits,
  named,
  type System,
  scalar,
  type TypeRef,
} from "../../model/index.ts";
import { sampleMaker } from "./maker.ts";
import { fromPattern, matcher } from "./pattern.ts";
import { createRandom } from "./prng.ts";

const system: System = {
  kind: "system",
  name: "shop",
  json: { fieldNames: "declared", int64: "string", enums: "name", timestamp: "rfc3339", duration: "seconds-string" },
  origins: [],
};
const field = (name: string, type: TypeRef, limits?: Limits): Field => ({
  name,
  type,
  presence: "required",
  origins: [],
  ...(limits && { limits }),
});
const message = (name: string, ...fields: readonly Field[]): Decl => ({
  kind: "message",
  system: "shop",
  name,
  fields,
  origins: [],
});
const count = (...decls: readonly Decl[]): readonly number[] => {
  const view = createView({ irVersion: 1, decls: [system, ...decls] }, ({ path }) => ({ path, line: 1, column: 1 }));
  const maker = sampleMaker(view, system, named("shop.M"), { seed: 1 });
  return [maker.valid, maker.boundary, maker.invalid].map((make) => [...make(50)].length);
};
const list = (item: TypeRef, unique = false): TypeRef => ({ kind: "list", item, unique });

test.each(["^(a+)+b$", "^(a|a)*c$", "(.*)*(.*)*(.*)*x$", "^(\\w+\\s?)*$", "^(?=(a+)+b)a*b$", "^(a*)\\1*b$"])(
  "a pattern that keeps engines busy gives samples all the same, none of which does: %s",
  (pattern) => {
    const matches = matcher(pattern);
    expect(matches(`${"a".repeat(60)}!`)).toBeUndefined();
    expect(count(message("shop.M", field("x", scalar("string"), { pattern })))[2]).toBe(50);
  },
);

test.each([
  ["^[a-z]{1,4000}$", "a".repeat(3999), true],
  ["^[a-z]+-[0-9]+$", `${"a".repeat(60)}-`, false],
  ["b", "aaab", true],
  ["^(?:[a-z]+/)*[a-z]+$", "ab/cd/ef", true],
])("a plain pattern is told in time: %s", (pattern, text, expected) => expect(matcher(pattern)(text)).toBe(expected));

test("groups of nothing, repeated without measure, end", () => {
  expect(fromPattern("^(?:(?:(?:(?:){1000}){1000}){1000}){1000}$", createRandom(1), 10)).toEqual([]);
});

test.each<[string, readonly Decl[]]>([
  [
    "the least number lies past the greatest",
    [message("shop.M", field("x", scalar("int32"), { minimum: 5, maximum: 3 }))],
  ],
  [
    "the least length lies past the greatest",
    [message("shop.M", field("x", scalar("string"), { minLength: 5, maxLength: 3 }))],
  ],
  [
    "a list needs more items than fit into memory",
    [message("shop.M", field("x", list(scalar("bool")), { minItems: 1e9 }))],
  ],
  [
    "a list needs more items that differ than there are",
    [message("shop.M", field("x", list(scalar("bool"), true), { minItems: 3 }))],
  ],
  [
    "a text needs more characters than fit into memory",
    [message("shop.M", field("x", scalar("string"), { minLength: 1e9 }))],
  ],
  [
    "an enum has no values",
    [
      { kind: "enum", system: "shop", name: "shop.E", values: [], open: false, origins: [] },
      message("shop.M", field("x", named("shop.E"))),
    ],
  ],
  ["a message needs itself", [message("shop.M", field("x", named("shop.M")))]],
  [
    "a message needs a thousand others within one another",
    [
      message("shop.M", field("x", named("shop.N0"))),
      ...Array.from({ length: 1000 }, (_, i) =>
        message(`shop.N${i}`, field("x", i < 999 ? named(`shop.N${i + 1}`) : scalar("bool"))),
      ),
    ],
  ],
  [
    "a message needs ten others eight times over",
    [
      message("shop.M", field("x", named("shop.N0"))),
      ...Array.from({ length: 8 }, (_, i) =>
        message(
          `shop.N${i}`,
          ...Array.from({ length: 10 }, (_, j) => field(`f${j}`, i < 7 ? named(`shop.N${i + 1}`) : scalar("bool"))),
        ),
      ),
    ],
  ],
  [
    "two are required of which one may be there",
    [
      {
        ...message("shop.M", field("x", scalar("bool")), field("y", scalar("bool"))),
        oneofs: [{ name: "o", fields: ["x", "y"], required: false }],
      } as Decl,
    ],
  ],
])("no samples where %s", (_, decls) => expect(count(...decls)).toEqual([0, 0, 0]));

test("what nobody can send is left out where it can be", () => {
  const optional: Field = { ...field("x", list(scalar("bool")), { minItems: 1e9 }), presence: "optional" };
  expect(count(message("shop.M", optional, field("y", scalar("string"))))).toEqual([50, 50, 50]);
});

test("thousands of fields", () => {
  const fields = Array.from({ length: 3000 }, (_, i) => field(`f${i}`, scalar("string")));
  expect(count(message("shop.M", ...fields))).toEqual([50, 50, 50]);
});
