import avsc from "avsc";
import { describe, expect, test } from "vitest";
import { canonicalForm, fingerprint } from "./canonical.ts";
import type { AvroType } from "./schema.ts";

describe("the canonical form", () => {
  // Schemas, canonical forms and fingerprints as the test data of the Avro project pairs them.
  test.each<[AvroType, string, bigint]>([
    ["null", '"null"', 7195948357588979594n],
    [{ type: "boolean" }, '"boolean"', -6970731678124411036n],
    ["int", '"int"', 8247732601305521295n],
    ["long", '"long"', -3434872931120570953n],
    ["float", '"float"', 5583340709985441680n],
    ["double", '"double"', -8181574048448539266n],
    [{ type: "bytes" }, '"bytes"', 5746618253357095269n],
    ["string", '"string"', -8142146995180207161n],
    [[], "[]", -1241056759729112623n],
  ])("of %j", (schema, canonical, rabin) => {
    expect(canonicalForm(schema)).toBe(canonical);
    expect(BigInt.asIntN(64, BigInt(`0x${fingerprint(canonical)}`))).toBe(rabin);
  });

  test("keeps full names and what decides how data is read, and is what avsc makes of it", () => {
    const inner: AvroType = {
      type: "enum",
      name: "State",
      namespace: "shop.sales",
      doc: "How far it is.",
      symbols: ["OPEN", "CLOSED"],
      default: "OPEN",
      json: { OPEN: 1 },
    };
    const schema: AvroType = {
      type: "record",
      name: "Order",
      namespace: "shop",
      wireName: "shop.order",
      aliases: ["Purchase"],
      fields: [
        { name: "id", doc: "Who.", type: { type: "string", logicalType: "uuid" } },
        { name: "state", type: ["null", inner], default: null },
        { name: "former", type: { type: "array", items: "shop.sales.State" } },
        { name: "parts", type: { type: "map", values: "Order" } },
      ],
    };
    expect(canonicalForm(schema)).toBe(
      '{"name":"shop.Order","type":"record","fields":[{"name":"id","type":"string"},{"name":"state","type":["null",' +
        '{"name":"shop.sales.State","type":"enum","symbols":["OPEN","CLOSED"]}]},{"name":"former","type":' +
        '{"type":"array","items":"shop.sales.State"}},{"name":"parts","type":{"type":"map","values":"shop.Order"}}]}',
    );
    const read = avsc.Type.forSchema(schema as avsc.Schema).schema();
    expect(canonicalForm(schema)).toBe(JSON.stringify(read));
  });
});
