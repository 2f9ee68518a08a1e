// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { expect, test } from "vitest";
import { placesOf } from "./places.ts";
import { substitutionsOf } from "./provenance.ts";
import { at, position, reading } from "./testing.ts";
import type { HoconField, HoconValue } from "./value.ts";

const chain = `plant {
  "2.1" { bed = north, name { type = string } }
  "2.9": \${plant."2.1"} { depth = 3 }
  "2.12": \${plant."2.9"} { name.length = 20 }
}`;

const field = (value: HoconValue, key: string): HoconField => {
  const found = value.kind === "object" ? value.fields.get(key) : undefined;
  if (!found) throw new Error(`There is no ${key}.`);
  return found;
};
const steps = (via: Parameters<typeof substitutionsOf>[0]) => substitutionsOf(via).map(({ path }) => path.join("/"));

test("a value knows where it is written, and which substitutions brought it", () => {
  const { root } = reading(chain);
  const bed = at(root, "plant", "2.12", "bed");
  expect(position(chain, bed.span.start)).toBe("2:17");
  expect(steps(bed.via)).toEqual(["plant/2.9", "plant/2.1"]);
  expect(position(chain, substitutionsOf(bed.via)[0]?.span.start ?? 0)).toBe("4:11");

  const depth = at(root, "plant", "2.12", "depth");
  expect(position(chain, depth.span.start)).toBe("3:35");
  expect(steps(depth.via)).toEqual(["plant/2.9"]);
  expect(at(root, "plant", "2.12", "name", "length").via).toBeUndefined();
});

test("a field knows every place that has a say in it, the one that introduced it first", () => {
  const { root } = reading(chain);
  const places = placesOf(field(at(root, "plant", "2.12"), "name"));
  expect(places.map(({ span, via }) => [position(chain, span.start), ...steps(via)])).toEqual([
    ["2:24", "plant/2.9", "plant/2.1"],
    ["4:28"],
  ]);
});

test("offsets count UTF-16 units", () => {
  const text = 'a = "🌱", b = x';
  expect(at(reading(text).root, "b").span).toEqual({ path: "main.conf", start: 14, end: 15 });
});

test("the parts of a list keep their own places", () => {
  const text = "a = [1]\na = ${a} [2]\na += 3";
  const list = at(reading(text).root, "a");
  const items = list.kind === "array" ? list.items : [];
  expect(items.map(({ span, via }) => [position(text, span.start), ...steps(via)])).toEqual([
    ["1:6", "a"],
    ["2:11"],
    ["3:6"],
  ]);
});

test("comments belong to the field below them and to the one they stand behind", () => {
  const text = `# cut off by an empty line

# before
// and below
a = 1 # behind
b = 2, # behind the comma
c # between
= 3
# d, all of it
d { # inside
  e = 4
}
`;
  const { root } = reading(text);
  const comments = (key: string): readonly string[] => at(root, key).comments.map((comment) => comment.text.trim());
  expect(comments("a")).toEqual(["before", "and below", "behind"]);
  expect(comments("b")).toEqual(["behind the comma"]);
  expect(comments("c")).toEqual(["between"]);
  expect(comments("d")).toEqual(["d, all of it"]);
  expect(at(root, "d", "e").comments.map(({ text: inside }) => inside)).toEqual([" inside"]);
});
