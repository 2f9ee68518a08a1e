import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Blocks that show a file say so: `<!-- from <path> -->` above the fence. */
const shown = [...readme.matchAll(/<!-- from (\S+) -->\n\n?```\w*\n([\s\S]*?)```/g)].map(
  ([, path = "", text = ""]) => ({ path, text }),
);

describe("the README", () => {
  test("shows one event and its five outputs", () => {
    expect(shown.length).toBeGreaterThanOrEqual(6);
  });

  // An ellipsis on a line of its own stands for what is left out; everything else is in the file, word for word and in order.
  test.each(shown)("shows $path as it is", ({ path, text }) => {
    const file = readFileSync(join(root, path), "utf8");
    let from = 0;
    for (const part of text.split(/^\s*(?:\/\/ |-- )?…\n/m)) {
      const at = file.indexOf(part, from);
      expect(at, `not in ${path} from offset ${from}:\n${part}`).toBeGreaterThanOrEqual(0);
      from = at + part.length;
    }
  });

  test("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = ""]) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
