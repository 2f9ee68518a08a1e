import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  duration,
  formatTypeRef,
  jsonAny,
  jsonObject,
  list,
  literal,
  named,
  parseTypeExpression,
  scalar,
  type TypeRef,
  timestamp,
  uuid,
} from "./index.ts";

describe("a type expression", () => {
  test.each<[string, TypeRef]>([
    ["int64", scalar("int64")],
    ["uuid", uuid],
    ["timestamp", timestamp("rfc3339")],
    ["timestamp(epoch-millis)", timestamp("epoch-millis")],
    ["duration", duration("protobuf")],
    ["list<TagAssignment>", list(named("TagAssignment"))],
    ["map<string, list<int64>>", { kind: "map", key: "string", value: list(scalar("int64")) }],
    ["string(json)", scalar("string", { name: "json" })],
    ["object", jsonObject],
    ['"1.0" | 2', { kind: "union", variants: [literal("1.0"), literal(2)] }],
    [".h2o.mlops.Project", named(".h2o.mlops.Project")],
  ])("%s is read", (text, type) => {
    expect(parseTypeExpression(text)).toEqual(type);
  });

  test.each([
    "",
    "list<",
    "list<string",
    "map<float64, string>",
    "timestamp(tomorrow)",
    "a b",
    "|",
    "list<string>>",
    "<string>",
  ])("%j is none", (text) => {
    expect(parseTypeExpression(text)).toBeUndefined();
  });

  test("__proto__ is a name like any other", () => {
    expect(parseTypeExpression("__proto__")).toEqual(named("__proto__"));
    expect(parseTypeExpression("constructor")).toEqual(named("constructor"));
  });

  test("is read back as it was written", () => {
    const leaf: fc.Arbitrary<TypeRef> = fc.oneof(
      fc.constantFrom(
        scalar("int64"),
        scalar("bytes"),
        uuid,
        jsonAny,
        jsonObject,
        timestamp("protobuf"),
        duration("millis"),
      ),
      fc.string().map(literal),
      fc.integer().map(literal),
      fc.stringMatching(/^[A-Z][a-z]{2,8}$/).map(named),
    );
    const { type } = fc.letrec<{ type: TypeRef }>((tie) => ({
      type: fc.oneof(
        { depthSize: "small" },
        leaf,
        tie("type").map(list),
        tie("type").map((value): TypeRef => ({ kind: "map", key: "int32", value })),
        fc.array(leaf, { minLength: 2, maxLength: 3 }).map((variants): TypeRef => ({ kind: "union", variants })),
      ),
    }));
    fc.assert(
      fc.property(type, (value) => {
        expect(parseTypeExpression(formatTypeRef(value))).toEqual(value);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
