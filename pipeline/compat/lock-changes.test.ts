import { describe, expect, test } from "vitest";
import type { Change } from "../../checks/index.ts";
import { readLock } from "../locks/file.ts";
import { lockChanges } from "./lock-changes.ts";

function changesOf(before: string, after: string, told: readonly string[] = []): readonly string[] {
  const [old, next] = [before, after].map((text) => {
    const lock = readLock(
      { path: "contracts/numbers/shop.yaml", text: `enums:\n  shop.State: ${text}\n` },
      (finding) => {
        throw new Error(finding.message);
      },
    );
    if (!lock) throw new Error("The lock does not read.");
    return new Map([["shop", lock]]);
  });
  if (!old || !next) return [];
  const known = told.map((text) => ({ kind: text.split(" ")[0], at: text.split(" ")[1] }) as unknown as Change);
  return lockChanges(old, next, known).map(({ fact, at, was, now }) => [fact, at, was, now ?? ""].join(" ").trim());
}

describe("the diff of two number locks", () => {
  test("of one and itself is empty", () => {
    const lock = "{ values: { OPEN: 1 }, reserved: [{ number: 2-9, name: OLD }] }";
    expect(changesOf(lock, lock)).toEqual([]);
  });

  test("tells other numbers, unless the model tells them as well", () => {
    const [before, after] = ["{ values: { OPEN: 1 } }", "{ values: { OPEN: 2 } }"];
    expect(changesOf(before, after)).toEqual(["lock.renumbered shop.State.OPEN 1 2"]);
    expect(changesOf(before, after, ["value.renumbered shop.State.OPEN"])).toEqual([]);
  });

  test("tells what was reserved and is in use again, by its number or by its name", () => {
    const before = "{ values: {}, reserved: [{ number: 2-4 }, { name: OLD }] }";
    const after = "{ values: { NEW: 3, OLD: 8 }, reserved: [{ number: 2 }, { number: 4 }] }";
    expect(changesOf(before, after)).toEqual([
      "lock.reserved-reused shop.State.NEW 2-4 3",
      "lock.reserved-reused shop.State.OLD OLD 8",
    ]);
  });

  test("tells reservations that are gone, and not those that were cut in parts or grew", () => {
    const before = "{ values: {}, reserved: [{ number: 2-4 }, { number: 7, name: OLD }] }";
    expect(changesOf(before, "{ values: {}, reserved: [{ number: 2-3 }, { number: 4-7 }, { name: OLD }] }")).toEqual(
      [],
    );
    expect(changesOf(before, "{ values: {}, reserved: [{ number: 3-4 }, { number: 7 }] }")).toEqual([
      "lock.reserved-removed shop.State 2-4",
      "lock.reserved-removed shop.State 7 OLD",
    ]);
  });

  test("tells members that went without a reservation", () => {
    const before = "{ values: { OPEN: 1, SHUT: 2 } }";
    expect(changesOf(before, "{ values: { OPEN: 1 } }")).toEqual(["lock.entry-removed shop.State.SHUT 2"]);
    expect(changesOf(before, "{ values: { OPEN: 1 }, reserved: [{ number: 2, name: SHUT }] }")).toEqual([]);
    expect(changesOf(before, "{ values: { OPEN: 1, CLOSED: 2 } }")).toEqual([]);
  });
});
