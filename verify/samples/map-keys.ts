import { hasFormat } from "../../model/index.ts";
import type { LeafShape, Probe } from "./shape.ts";

/** The leaf of a map's keys, as the strings they are. */
export function keyLeaf(key: string): LeafShape {
  switch (key) {
    case "bool":
      return keys(["true", "false"], [], ["yes", "1", ""], (text) => text === "true" || text === "false");
    case "int32":
    case "uint32": {
      const [least, most] = key === "int32" ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
      const isRight = (text: string): boolean =>
        /^(?:0|-?[1-9]\d{0,9})$/.test(text) && Number(text) >= least && Number(text) <= most;
      return keys(["1", "42"], ["0", String(least), String(most)], ["amber", "01", "1.5", String(most + 1)], isRight);
    }
    case "int64":
    case "uint64": {
      const most = key === "int64" ? 2n ** 63n - 1n : 2n ** 64n - 1n;
      return keys(["1", "42"], ["0", "9007199254740993", String(most)], ["amber", "01", String(most + 1n)], (text) =>
        hasFormat(key, text),
      );
    }
    default:
      return keys(
        ["amber", "basin", "cedar"],
        ["", "a.b", "a/b~c", "😀", "a b", "constructor", "__proto__", '"', "0"],
        [],
        () => true,
      );
  }
}

function keys(
  valid: readonly string[],
  edges: readonly string[],
  wrong: readonly string[],
  isRight: (text: string) => boolean,
): LeafShape {
  const probes = (all: readonly string[]): readonly Probe[] =>
    all.map((value) => ({ shows: `the key ${JSON.stringify(value)}`, value }));
  return {
    kind: "leaf",
    accepts: (value) => typeof value === "string" && isRight(value),
    isKind: (value) => typeof value === "string",
    typical: (random) => random.pick(valid) ?? "",
    words: "key",
    valid: probes(valid),
    boundary: probes(edges),
    invalid: probes(wrong).map((probe) => ({ ...probe, keyword: "propertyNames" })),
  };
}
