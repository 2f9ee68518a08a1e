import { expect, test } from "vitest";
import type { WireValue } from "../../verify/index.ts";
import { isRecord } from "./meaning.ts";
import { shrink } from "./shrink.ts";

const when =
  (holds: (value: WireValue) => boolean) =>
  async (values: readonly WireValue[]): Promise<readonly boolean[]> =>
    values.map(holds);

test.each<[string, WireValue, (value: WireValue) => boolean, WireValue]>([
  [
    "keys and items that do not matter go",
    { id: "a long text", tags: ["x", { deep: [1, null, 3] }], other: { a: 1, b: 2, c: 3, d: 4 } },
    (value) => JSON.stringify(value).includes("null"),
    { tags: [{ deep: [null] }] },
  ],
  [
    "a text keeps what shows it",
    { name: "before é after" },
    (value) => isRecord(value) && String(value.name).includes("é"),
    { name: "é" },
  ],
  [
    "a text of two halves is one character",
    "👩🏽‍🚀 in space",
    (value) => typeof value === "string" && /\p{M}|\p{Emoji_Modifier}/u.test(value),
    "🏽",
  ],
  ["a number is as small as it may be", { n: 123456 }, (value) => isRecord(value) && Number(value.n) > 100, { n: 123 }],
  [
    "an integer beyond doubles stays one",
    { n: 9007199254740993n },
    (value) => isRecord(value) && typeof value.n === "bigint",
    { n: 9007199254740993n },
  ],
  ["what cannot be smaller stays", [], () => true, []],
  [
    "a key that is like an inherited one",
    JSON.parse('{ "__proto__": 1, "b": 2 }'),
    (value) => Object.hasOwn(value as object, "__proto__"),
    JSON.parse('{ "__proto__": 0 }'),
  ],
])("%s", async (_, value, holds, expected) => {
  expect(await shrink(value, when(holds))).toEqual(expected);
});

test("all of a round is asked at once, and rounds have an end", async () => {
  const rounds: number[] = [];
  const persists = async (values: readonly WireValue[]) => {
    rounds.push(values.length);
    return values.map(() => true);
  };
  const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key${i}`, "x"]));
  expect(await shrink(wide, persists)).toEqual({});
  expect(Math.max(...rounds)).toBeLessThanOrEqual(300);
  await shrink("x".repeat(10_000), async (values) => values.map((value) => value !== ""), 5);
  expect(rounds.length).toBeLessThan(40);
});
