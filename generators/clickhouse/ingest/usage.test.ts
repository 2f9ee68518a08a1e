import { Session } from "chdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scalar, timestamp, uuid } from "../../../model/index.ts";
import { event, field, generated, message, optional } from "../testing.ts";
import { execute, rows } from "./testing.ts";

/** Usage as ClickHouse counts it, of events of every kind. */
let session: Session;
beforeAll(() => {
  session = new Session();
  const { files, findings } = generated(
    [
      message("shop.Named", [
        field("id", uuid),
        optional("user_id", scalar("string")),
        optional("bytes", scalar("int64")),
        field("at", timestamp("epoch-millis")),
      ]),
      event("shop.named", "shop.Named", { identity: ["id"] }),
      message("shop.Nameless", [
        field("user_id", scalar("int64")),
        field("bytes", scalar("int32")),
        field("share", scalar("float64")),
      ]),
      event("shop.nameless", "shop.Nameless"),
    ],
    { usage: { measures: ["bytes", "share"] } },
  );
  expect(findings).toMatchObject([]);
  execute(session, files);
  execute(session, files);
});
afterAll(() => session.close());

const insert = (table: string, ...values: readonly object[]): void =>
  void session.query(
    `INSERT INTO events.${table} FORMAT JSONEachRow ${values.map((one) => JSON.stringify(one)).join("\n")}`,
  );
const id = (n: number): string => `61f0c404-5cb3-11e7-907b-${n.toString(16).padStart(12, "0")}`;
const used = "SELECT user, toString(hour) AS hour, events, bytes, share FROM events.shop_usage_by_hour";

test("measures count once for each event, in the hour of its own time, at any time there is", () => {
  const at = Date.parse("2024-05-06T07:59:59.999Z");
  const far = [Date.parse("1200-01-01T05:30:00Z"), Date.parse("2200-01-01T05:30:00Z")];
  for (let n = 0; n < 3; n++)
    insert(
      "shop_named",
      { id: id(1), user_id: "u", bytes: "9007199254740993", at },
      { id: id(2), user_id: "u", bytes: "1", at: at - 1000 },
      { id: id(3), user_id: "u", at: at + 1 },
      { id: id(4), bytes: "5", at },
      { id: id(5), user_id: "", bytes: "5", at },
      ...far.map((time, index) => ({ id: id(6 + index), user_id: "far", bytes: "2", at: time })),
    );
  expect(rows(session, `${used} WHERE event = 'shop.named' ORDER BY user, hour`)).toEqual([
    { user: "far", hour: "1200-01-01 05:00:00", events: "1", bytes: "2", share: 0 },
    { user: "far", hour: "2200-01-01 05:00:00", events: "1", bytes: "2", share: 0 },
    { user: "u", hour: "2024-05-06 07:00:00", events: "2", bytes: "9007199254740994", share: 0 },
    { user: "u", hour: "2024-05-06 08:00:00", events: "1", bytes: "0", share: 0 },
  ]);
});

test("events without an identity are counted as often as they come", () => {
  for (let n = 0; n < 3; n++)
    insert("shop_nameless", { user_id: "7", bytes: 2, share: 0.5 }, { user_id: "7", bytes: 2, share: 0.5 });
  const sum =
    "SELECT user, sum(events) AS events, sum(bytes) AS bytes, sum(share) AS share FROM events.shop_usage_by_hour";
  expect(rows(session, `${sum} WHERE event = 'shop.nameless' GROUP BY user`)).toEqual([
    { user: "7", events: "6", bytes: "12", share: 3 },
  ]);
});

test("a sum beyond 64 bits is the sum", () => {
  const [at, bytes] = [Date.parse("2024-07-01T00:00:00Z"), "9223372036854775807"];
  insert("shop_named", { id: id(20), user_id: "huge", bytes, at }, { id: id(21), user_id: "huge", bytes, at });
  expect(rows(session, `${used} WHERE user = 'huge'`)).toMatchObject([{ events: "2", bytes: "18446744073709551614" }]);
});
