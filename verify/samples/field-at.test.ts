import { expect, test } from "vitest";
import { event, field, message, union, viewOf } from "../../generators/json-schema/testing.ts";
import { jsonObject, list, map, named, scalar, type TypeRef } from "../../model/index.ts";
import { fieldAt } from "./field-at.ts";

const text = scalar("string");
const view = viewOf(
  [
    message("shop.Envelope", [field("event_id", text), field("meta_data", jsonObject)]),
    message("shop.Order", [
      field("line_items", list(named("shop.Line"))),
      field("by_name", map(named("shop.Line"))),
      field("a/b~c", text),
      field("pay", named("shop.Pay")),
    ]),
    message("shop.Line", [field("unit_price", scalar("int32"))]),
    message("shop.Card", [field("card_number", text)]),
    union("shop.Pay", [named("shop.Card"), named("shop.Line")]),
    event("shop.placed", named("shop.Order"), { envelope: { type: "shop.Envelope", how: "merge" } }),
    event("shop.seen", named("shop.Order")),
  ],
  { fieldNames: "lowerCamel" },
);
const [placed, seen] = view.events("shop");

test.each([
  ["", "shop.Order"],
  ["/lineItems", "shop.Order.line_items"],
  ["/lineItems/3", "shop.Order.line_items"],
  ["/lineItems/3/unitPrice", "shop.Line.unit_price"],
  ["/byName/a~1b/unitPrice", "shop.Line.unit_price"],
  ["/a~1b~0c", "shop.Order.a/b~c"],
  ["/pay/cardNumber", "shop.Card.card_number"],
  ["/pay/unitPrice", "shop.Line.unit_price"],
  ["/line_items", undefined],
  ["/nowhere/at/all", undefined],
])("%s of a message is %s", (pointer, name) => {
  const order: TypeRef = named("shop.Order");
  expect(fieldAt(view, order, pointer)).toBe(name);
  expect(seen && fieldAt(view, seen, pointer)).toBe(name);
});

test("an event in its envelope has fields of its own name", () => {
  if (!placed) throw new Error("There is no event.");
  expect(fieldAt(view, placed, "")).toBe("shop.placed");
  expect(fieldAt(view, placed, "/eventId")).toBe("shop.placed.event_id");
  expect(fieldAt(view, placed, "/metaData/any/thing")).toBe("shop.placed.meta_data");
  expect(fieldAt(view, placed, "/lineItems/0/unitPrice")).toBe("shop.Line.unit_price");
});
