import { expect, test } from "vitest";
import { buildModel } from "./build-model.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Decl, Field, Message } from "./model.ts";

const origins = (path: string) => [{ span: { path, start: 1, end: 2 }, reader: "protobuf", basis: "stated" }] as const;

const field = (name: string, number: number, path: string): Field => ({
  name,
  number,
  type: { kind: "scalar", scalar: "string" },
  presence: "optional",
  origins: origins(path),
});

const order: Message = {
  kind: "message",
  name: "shop.Order",
  system: "shop",
  fields: [field("id", 7, "order.proto")],
  origins: origins("order.proto"),
};

const added = (path: string, ...fields: readonly Field[]): Message => ({
  ...order,
  fields,
  extends: true,
  origins: origins(path),
});

function build(decls: readonly Decl[]) {
  const findings: Diagnostic[] = [];
  const model = buildModel(decls, new Map(), (finding) => void findings.push(finding));
  return { decls: model.decls, codes: findings.map(({ code }) => code) };
}

test("fields that several files add stand behind the message's own, by number, whatever the order of the files", () => {
  const gift = added("gift.proto", field("[gift.note]", 101, "gift.proto"));
  const loyalty = added("loyalty.proto", field("[loyalty.card]", 100, "loyalty.proto"));
  for (const decls of [
    [order, gift, loyalty],
    [loyalty, gift, order],
  ]) {
    const { decls: built, codes } = build(decls);
    expect(codes).toEqual([]);
    expect(built).toMatchObject([{ name: "shop.Order", origins: order.origins }]);
    expect((built[0] as Message).fields.map(({ name }) => name)).toEqual(["id", "[loyalty.card]", "[gift.note]"]);
    expect(built[0]).not.toHaveProperty("extends");
  }
});

test("a file that is read twice adds its fields once, and two that give one number to different fields are told", () => {
  const gift = added("gift.proto", field("[gift.note]", 100, "gift.proto"));
  expect(build([order, gift, gift]).codes).toEqual([]);
  const loyalty = added("loyalty.proto", field("[loyalty.card]", 100, "loyalty.proto"));
  expect(build([order, gift, loyalty]).codes).toEqual(["model/duplicate-number"]);
});

test("a message that nobody declares does not come to be by what is added to it", () => {
  const { decls, codes } = build([added("gift.proto", field("[gift.note]", 100, "gift.proto"))]);
  expect(decls).toEqual([]);
  expect(codes).toEqual(["model/extends-nothing"]);
});
