import type { Name } from "../model.ts";
import { scopeOf } from "../names.ts";

/**
 * Shortens references to types as the Protobuf compiler resolves them: the first part of a name is looked for from the
 * scope outwards, and where it is found first the whole name must stand.
 */
export function createShortener(symbols: Iterable<Name>): (target: Name, from: Name) => string {
  const known = new Set<Name>();
  // A scope is a symbol as well: that of a package or of a message that holds others.
  for (const symbol of symbols) for (let name = symbol; name !== ""; name = scopeOf(name)) known.add(name);

  function resolve(name: string, from: Name): Name | undefined {
    const [first = ""] = name.split(".");
    for (let scope = from; ; scope = scopeOf(scope)) {
      const prefix = scope === "" ? "" : `${scope}.`;
      if (known.has(prefix + first)) return prefix + name;
      if (scope === "") return undefined;
    }
  }

  return (target, from) => {
    const parts = target.split(".");
    for (let length = 1; length <= parts.length; length++) {
      const short = parts.slice(-length).join(".");
      if (!meansMore.has(parts.at(-length) ?? "") && resolve(short, from) === target) return short;
    }
    return `.${target}`;
  };
}

/** Words that mean something else where a field's type begins: a type of that name is written with a dot in front. */
const meansMore: ReadonlySet<string> = new Set([
  ..."double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(
    " ",
  ),
  ..."optional required repeated map group oneof message enum extend extensions option reserved export local".split(
    " ",
  ),
]);

/** True for what Protobuf takes as a name. */
export const isIdentifier = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
