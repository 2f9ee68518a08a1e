import { type ColumnType, type PlainType, plain } from "./column-type.ts";
import * as reasons from "./reasons.ts";

/**
 * The narrowest type that every variant fits; `undefined` stands for a variant with parts. Where numbers and text meet,
 * the value is kept as text.
 */
export function unionType(variants: readonly (ColumnType | undefined)[]): {
  readonly type: ColumnType;
  readonly notes: readonly reasons.Note[];
} {
  const known = variants.filter((variant) => variant !== undefined);
  if (known.length === variants.length && known.length > 0) {
    if (known.every(({ kind }) => kind === "word")) return { type: { kind: "word" }, notes: [reasons.anyVariant] };
    const names = known.map(nameOf);
    for (const group of groups)
      if (names.every((name) => group.holds.includes(name)))
        return { type: plain(group.as), notes: [reasons.anyVariant] };
  }
  return { type: plain("String"), notes: [reasons.anyJson] };
}

const groups: readonly { readonly as: PlainType; readonly holds: readonly string[] }[] = [
  { as: "Bool", holds: ["Bool"] },
  { as: "UUID", holds: ["UUID"] },
  { as: "Int32", holds: ["Int32"] },
  { as: "UInt64", holds: ["UInt32", "UInt64"] },
  { as: "Int64", holds: ["Int32", "UInt32", "Int64"] },
  { as: "Float64", holds: ["Int32", "UInt32", "Float32", "Float64"] },
  { as: "String", holds: ["String", "UUID", "word", "time"] },
];

const nameOf = (type: ColumnType): string => (type.kind === "plain" ? type.name : type.kind);
