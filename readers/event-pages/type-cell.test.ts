import { describe, expect, it } from "vitest";
import { type Diagnostic, type Enum, formatTypeRef, named } from "../../model/index.ts";
import { pageContext } from "./context.ts";
import { createPhrases } from "./phrases.ts";
import { readType } from "./type-cell.ts";

function read(text: string, types: Readonly<Record<string, string>> = {}) {
  const findings: Diagnostic[] = [];
  const enums: Enum[] = [];
  const report = (finding: Diagnostic) => void findings.push(finding);
  const context = pageContext("page.md", { system: "shop", reader: "markdown", report, options: { types } });
  const order = { text: "Order line", type: named(".shop.OrderLine"), exact: true };
  const { type, nullable, limits } = readType(
    { text, span: { path: "page.md", start: 0, end: text.length } },
    {
      subject: "x",
      enumName: "shop.Body.X",
      declare: (decl) => void enums.push(decl),
      phrases: createPhrases([...context.types, order]),
      context,
    },
  );
  return {
    written: `${formatTypeRef(type).replace(".shop.Body.X", "enum")}${nullable ? "?" : ""}`,
    limits,
    values: enums[0]?.values.map((value) => value.name),
    basis: enums[0]?.origins[0]?.basis,
    said: findings.map(({ code, message, hint }) => ({ code, message, hint })),
  };
}

describe("a type cell", () => {
  it.each([
    ["int", "int64"],
    ["Integer", "int64"],
    ["bigint", "int64"],
    ["long", "int64"],
    ["double", "float64"],
    ["str", "string"],
    ["text", "string"],
    ["boolean", "bool"],
    ["guid", "uuid"],
    ["datetime", "timestamp(rfc3339)"],
    ["date-time", "timestamp(rfc3339)"],
    ["ISO 8601 timestamp", "timestamp(rfc3339)"],
    ["ISO 8601 duration", "duration(iso8601)"],
    ["epoch ms", "timestamp(epoch-millis)"],
    ["Unix timestamp", "timestamp(epoch-seconds)"],
    ["string[]", "list<string>"],
    ["[]string", "list<string>"],
    ["int[][]", "list<list<int64>>"],
    ["array of strings", "list<string>"],
    ["List[str]", "list<string>"],
    ["Array<uuid>", "list<uuid>"],
    ["set of uuid", "set<uuid>"],
    ["array", "list<json>"],
    ["map<string, double>", "map<string, float64>"],
    ["Map<str, list<int>>", "map<string, list<int64>>"],
    ["map[string]int", "map<string, int64>"],
    ["dict[str, bool]", "map<string, bool>"],
    ["map of string to int", "map<string, int64>"],
    ["map", "object"],
    ["string | null", "string?"],
    ["null | int", "int64?"],
    ["string or null", "string?"],
    ["string?", "string?"],
    ["Optional[int]", "int64?"],
    ["nullable timestamp", "timestamp(rfc3339)?"],
    ["string | number", "string | number"],
    ["string (uuid)", "uuid"],
    ["integer (int32)", "int32"],
    ["Order line", ".shop.OrderLine"],
    ["array of Order line", "list<.shop.OrderLine>"],
    ["“on”", '"on"'],
    ["1 | 2", "1 | 2"],
    ["string(json)", "string(json)"],
    ["timestamp(epoch-millis)", "timestamp(epoch-millis)"],
  ])("reads %s as %s", (written, expected) => {
    expect(read(written)).toMatchObject({ written: expected, said: [] });
  });

  it.each([
    ["enum: open, closed", ["open", "closed"], "enum", "stated"],
    ["enum(open, closed)", ["open", "closed"], "enum", "stated"],
    ['"open" | "closed"', ["open", "closed"], "enum", "stated"],
    ["one of “in progress”, “done”", ["in progress", "done"], "enum", "stated"],
    ["open | closed", ["open", "closed"], "enum", "inferred"],
    ["open | closed | null", ["open", "closed"], "enum?", "inferred"],
    ["array of enum: a, b", ["a", "b"], "list<enum>", "stated"],
  ])("reads the values of %s", (written, values, type, basis) => {
    expect(read(written)).toMatchObject({ values, written: type, basis, said: [] });
  });

  it("keeps how long a text may be", () => {
    expect(read("varchar(40)")).toMatchObject({ written: "string", limits: { maxLength: 40 }, said: [] });
  });

  it("learns words from the configuration", () => {
    expect(read("money", { Money: "float64" }).written).toBe("float64");
    expect(read("list<date>", { date: "string" }).written).toBe("list<string>");
    expect(read("string", { string: "bytes" }).written).toBe("bytes");
    expect(read("x", { x: "list<" }).said[0]).toMatchObject({ code: "pages/type-option" });
  });

  it.each([
    ["strnig", "strnig", "string"],
    ["array of intger", "intger", "integer"],
    ["string | nmber", "nmber", "number"],
    ["list<string", "list<string", undefined],
    ["decimal", "decimal", undefined],
    ["How much it draws", "How much it draws", undefined],
    ["null", "null", undefined],
    ["enum", "enum", undefined],
    ["[]".repeat(200), `${"[]".repeat(30)}…`, undefined],
  ])("reports %s", (written, type, near) => {
    const { said } = read(written);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ code: "pages/unknown-type", message: expect.stringContaining(`type ${type} of`) });
    if (near) expect(said[0]?.hint).toBe(`Did you mean ${near}?`);
  });

  it("reports a null that it cannot keep", () => {
    expect(read("list<string | null>")).toMatchObject({
      written: "list<string>",
      said: [{ code: "pages/null-within" }],
    });
  });

  it("knows nothing of names that every object has", () => {
    for (const word of ["constructor", "__proto__", "toString"])
      expect(read(word).said).toMatchObject([{ code: "pages/unknown-type" }]);
  });
});
