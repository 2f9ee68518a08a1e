import type { JsonValue } from "@bufbuild/protobuf";
import type { Direction, Verdict } from "../../../checks/index.ts";
import type { Field, View } from "../../../model/index.ts";
import type { WireValue } from "../../../verify/index.ts";
import type { Made } from "../random-models.ts";

/** One model of a pair, with values that it calls right. */
export interface Side {
  /** A word of its own: of packages, files and tables. */
  readonly id: string;
  readonly view: View;
  readonly made: Made;
  readonly samples: readonly WireValue[];
}

/** A model before and after. */
export interface Pair {
  readonly old: Side;
  readonly new: Side;
}

/** What one engine makes of a pair, measured; nothing, where it was not asked about this pair. */
export type Engine = (pair: Pair, direction: Direction) => Verdict | undefined;

/** Who wrote, and who reads. */
export const rolesOf = (pair: Pair, direction: Direction): readonly [writer: Side, reader: Side] =>
  direction === "backward" ? [pair.old, pair.new] : [pair.new, pair.old];

/** The worse of reading and being refused. */
export function attempt(read: () => Verdict): Verdict {
  try {
    return read();
  } catch {
    return "breaking";
  }
}

/** Which field of the reader is one of the writer: that of its name, or that of its number, which has changed its name. */
export function counterpart(field: Field, writer: Side, reader: Side): Field | undefined {
  const named = reader.made.fields.find(({ name }) => name === field.name);
  if (named) return named;
  return reader.made.fields.find(
    ({ name, number }) => number === field.number && !writer.made.fields.some((own) => own.name === name),
  );
}

/** Texts, numbers and truth values that say the same: to a number, true is 1; and 64-bit integers are text. */
export const isSameValue = (written: JsonValue | undefined, read: JsonValue | undefined): boolean =>
  JSON.stringify(plain(written)) === JSON.stringify(plain(read));

function plain(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "boolean") return String(Number(value));
  if (typeof value === "number") return Object.is(value, -0) ? "0" : String(value);
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item) ?? null]));
}

/** What stands for nothing where absence is not told. */
export const isZero = (value: JsonValue, { made }: Side): boolean =>
  value === made.values[0]?.name || ["0", '"0"', '""', "false", "[]", "{}"].includes(JSON.stringify(value));
