import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lostInSilence } from "../../test/support/mutations.ts";
import reader from "./index.ts";

test.each(["events", "components", "columns-by-blanks"])(
  "500 slips in the page of the case %s neither crash nor lose a fact in silence",
  (name) => {
    const text = readFileSync(join(import.meta.dirname, "cases", name, "page.txt"), "utf8");
    expect(lostInSilence(reader, "page.txt", text, 500)).toEqual([]);
  },
);
