import { expect, test } from "vitest";
import { createView, type Decl, type Json, scalar } from "../../model/index.ts";
import { protobufDecoder } from "./decoder.ts";

const decls: readonly Decl[] = [
  {
    kind: "message",
    name: "shop.Order",
    system: "shop",
    fields: [
      { name: "order_id", number: 1, type: scalar("int64"), presence: "implicit", origins: [] },
      { name: "total", number: 2, type: scalar("float64"), presence: "implicit", origins: [] },
      { name: "again", number: 3, type: { kind: "named", name: "shop.Order" }, presence: "optional", origins: [] },
    ],
    origins: [],
  },
  {
    kind: "system",
    name: "shop",
    json: {
      fieldNames: "lowerCamel",
      int64: "string",
      enums: "name",
      timestamp: "rfc3339",
      duration: "seconds-string",
    },
    origins: [],
  },
];
const view = createView({ irVersion: 1, decls }, ({ path }) => ({ path, line: 1, column: 1 }));
const from = { path: "order.binpb", start: 0, end: 0 };

test("bytes become the JSON of the system", async () => {
  const { decode } = await protobufDecoder(view, "shop.Order");
  const value: Json = { orderId: "-1", again: {} };
  expect(decode(new Uint8Array([8, ...new Array(9).fill(0xff), 1, 26, 0]))).toEqual({ ok: true, value });
});

test("what cannot be read is a finding at the file", async () => {
  const { decode } = await protobufDecoder(view, "shop.Order");
  expect(decode(new Uint8Array([8]), from)).toMatchObject({
    ok: false,
    findings: [{ code: "verify/protobuf-malformed", severity: "error", span: from }],
  });
});

test("all that JSON cannot say is told, up to a hundred findings", async () => {
  const { decode } = await protobufDecoder(view, "shop.Order");
  const infinite = [17, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f];
  expect(decode(new Uint8Array([26, 9, ...infinite, ...infinite]), from)).toMatchObject({
    ok: false,
    findings: [
      { code: "verify/protobuf-not-json", message: "/total of shop.Order is no number that JSON can say." },
      { code: "verify/protobuf-not-json", message: "/again/total of shop.Order is no number that JSON can say." },
    ],
  });
});

test("a message past the limit is not decoded", async () => {
  const { decode } = await protobufDecoder(view, "shop.Order", { bytes: 4 });
  const result = decode(new Uint8Array(5));
  expect(result).toMatchObject({ ok: false, findings: [{ code: "verify/protobuf-too-large" }] });
});
