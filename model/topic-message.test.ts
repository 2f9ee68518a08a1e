import { describe, expect, test } from "vitest";
import {
  createView,
  type Decl,
  type Event,
  type Field,
  type Message,
  named,
  scalar,
  type Topic,
  topicMessages,
  uuid,
} from "./index.ts";

const origins = [{ span: { path: "shop.md", start: 0, end: 1 }, reader: "test", basis: "stated" }] as const;
const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: uuid,
  presence: "required",
  origins,
  ...more,
});
const message = (name: string, ...fields: readonly Field[]): Message => ({
  kind: "message",
  name,
  system: "shop",
  fields,
  origins,
});
const event = (name: string, more: Partial<Event> = {}): Event => ({
  kind: "event",
  name,
  system: "shop",
  topic: "shop.orders",
  payload: named("shop.Body"),
  origins,
  ...more,
});
const topic = (more: Partial<Topic> = {}): Topic => ({ kind: "topic", name: "shop.orders", origins, ...more });
const messagesOf = (...decls: readonly Decl[]) =>
  topicMessages(
    createView({ irVersion: 1, decls }, ({ path }) => ({ path, line: 1, column: 1 })),
    "shop",
  );

describe("the message of a topic", () => {
  const within = (type: string) => ({ envelope: { type, how: "merge" } as const });

  test("has the fields of the envelope once, and a one-of over the bodies", () => {
    const [made] = messagesOf(
      topic({ doc: "All orders." }),
      event("shop.order.placed", { ...within("shop.Envelope"), doc: "Placed.", aliases: ["shop.order.begun"] }),
      event("shop.order.paid", within("shop.Envelope")),
      message("shop.Envelope", field("id", { number: 7 }), field("user", { presence: "optional" })),
      message("shop.Body", field("id")),
    );
    expect(made).toMatchObject({
      name: "shop.ShopOrdersMessage",
      doc: "All orders.",
      oneofs: [{ name: "event", fields: ["order_placed", "order_paid"], required: true }],
    });
    expect(made?.fields.map(({ name, presence, number }) => [name, presence, number])).toEqual([
      // The envelope's own numbers are its own.
      ["id", "required", undefined],
      ["user", "optional", undefined],
      ["order_placed", "optional", undefined],
      ["order_paid", "optional", undefined],
    ]);
    expect(made?.fields[2]).toMatchObject({ doc: "Placed.", aliases: ["order_begun"] });
    expect(made?.events.get("order_paid")?.name).toBe("shop.order.paid");
  });

  test("takes its numbers and reservations from the topic", () => {
    const lock = { span: { path: "l.yaml", start: 0, end: 1 }, reader: "lock", basis: "overlay" } as const;
    const numbers = [
      { name: "order_paid", number: 3 },
      { name: "gone", number: 4 },
    ];
    const [made] = messagesOf(
      topic({ numbers, reserved: { numbers: [[1, 2]] }, origins: [...origins, lock] }),
      event("shop.order.paid"),
      message("shop.Body"),
    );
    expect(made?.fields).toMatchObject([{ name: "order_paid", number: 3, origins: [...origins, lock] }]);
    expect(made?.reserved).toEqual({ numbers: [[1, 2]] });
  });

  test("of events with several envelopes has what not all have as optional, and leaves out what they dispute", () => {
    const [made] = messagesOf(
      topic(),
      event("shop.a", within("shop.One")),
      event("shop.b", within("shop.Two")),
      message("shop.One", field("id"), field("at"), field("who")),
      message("shop.Two", field("id"), field("at", { type: scalar("int64") })),
      message("shop.Body"),
    );
    expect(made?.fields.map(({ name, presence }) => [name, presence])).toEqual([
      ["id", "required"],
      ["who", "optional"],
      ["a", "optional"],
      ["b", "optional"],
    ]);
    expect(made?.contradicted.map(({ name }) => name)).toEqual(["at"]);
  });

  test("gives every member a name of its own", () => {
    const [made] = messagesOf(
      topic(),
      event("shop.id", within("shop.Envelope")),
      event("shop.Id"),
      event("shop.event"),
      message("shop.Envelope", field("id")),
      message("shop.Body"),
    );
    expect(made?.fields.map(({ name }) => name)).toEqual(["id", "id_2", "id_3", "event"]);
    expect(made?.oneofs?.[0]?.name).toBe("event_2");
  });

  test("is there for topics of the system that carry its events", () => {
    expect(messagesOf(topic(), message("shop.Body"))).toEqual([]);
    expect(messagesOf(topic({ system: "store" }), event("shop.a"), message("shop.Body"))).toEqual([]);
  });
});
