import { describe, expect, test } from "vitest";
import { compareVersions, isInRange, versionOf } from "./range.ts";

describe("a range of versions", () => {
  test.each([
    ["^1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0", "2.0.0-rc.1", "1.3.0-rc.1"]],
    ["^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "1.0.0"]],
    ["^0.0.3", ["0.0.3"], ["0.0.4"]],
    ["^0", ["0.1.0", "0.9.9"], ["1.0.0"]],
    ["~1.2", ["1.2.0", "1.2.9"], ["1.3.0"]],
    ["~1", ["1.0.0", "1.9.9"], ["2.0.0"]],
    ["1.x", ["1.0.0", "1.5.2"], ["2.0.0", "0.9.0"]],
    ["*", ["0.0.1", "9.0.0"], ["1.0.0-rc.1"]],
    ["", ["1.0.0"], []],
    [">1.2 <=2", ["1.3.0", "2.9.9"], ["1.2.9", "3.0.0"]],
    [">1.2.3", ["1.2.4"], ["1.2.3"]],
    ["<=1.2.3", ["1.2.3", "0.1.0"], ["1.2.4"]],
    ["1.0.0 - 1.4.0", ["1.0.0", "1.4.0"], ["1.4.1", "0.9.9"]],
    ["1.2.3 || ^3", ["1.2.3", "3.4.5"], ["1.2.4", "4.0.0"]],
    ["1.2.3-rc.1", ["1.2.3-rc.1"], ["1.2.3", "1.2.3-rc.2"]],
    [">=1.2.3-rc.2", ["1.2.3-rc.10", "1.2.3", "1.3.0"], ["1.2.3-rc.1", "1.3.0-rc.1"]],
  ])("%s", (range, inside, outside) => {
    expect(inside.filter((version) => !isInRange(version, range))).toEqual([]);
    expect(outside.filter((version) => isInRange(version, range))).toEqual([]);
  });

  test("is no tag", () => {
    expect(isInRange("1.0.0", "latest")).toBeUndefined();
    expect(isInRange("not a version", "*")).toBeUndefined();
  });

  test("orders what stands before a release", () => {
    const order = ["1.0.0-1", "1.0.0-2", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta", "1.0.0", "1.0.1", "1.10.0"];
    const versions = order.flatMap((text) => versionOf(text) ?? []);
    expect([...versions].reverse().sort(compareVersions)).toEqual(versions);
  });
});
