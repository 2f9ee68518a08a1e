import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { byHand } from "./by-hand.ts";
import { printVerdicts } from "./print.ts";

describe("models before and after a change", () => {
  for (const [name, comparison] of byHand)
    test(name, async () => {
      const expected = join(import.meta.dirname, "by-hand", `${name}.txt`);
      await expect(printVerdicts(comparison)).toMatchFileSnapshot(expected);
    });
});
