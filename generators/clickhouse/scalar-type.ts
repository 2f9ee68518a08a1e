import { formats, jsonForm, type Limits, type MapKey, type TypeRef } from "../../model/index.ts";
import { type ColumnType, plain, type TimeScale } from "./column-type.ts";
import type { Context, Projected } from "./context.ts";
import * as reasons from "./reasons.ts";

const integers = { int32: "Int32", int64: "Int64", uint32: "UInt32", uint64: "UInt64" } as const;

/** A scalar as the type of what it looks like in JSON: a 64-bit integer in a string is an integer again. */
export function scalarType(
  type: TypeRef & { kind: "scalar" },
  limits: Limits,
  { profile, options }: Context,
): Projected {
  const form = jsonForm(type, profile, limits);
  const notes = unchecked(limits);
  switch (form.kind) {
    case "boolean":
      return { type: plain("Bool"), notes };
    case "integer": {
      // Whatever carries a meaning as an integer, milliseconds for example, has 64 bits.
      const width = !type.logical && type.scalar in integers ? (type.scalar as keyof typeof integers) : "int64";
      return { type: plain(integers[width]), notes };
    }
    case "number":
      return { type: plain(type.scalar === "float32" ? "Float32" : "Float64"), notes };
    case "string": {
      const { format } = form;
      if (format === undefined) return { type: plain("String"), notes };
      if (format === "uuid") return { type: plain("UUID"), notes };
      if (format === "int64" || format === "uint64") return { type: plain(integers[format]), notes };
      if (format !== "date-time")
        return { type: plain("String"), notes: [...notes, reasons.anyText(formats[format].words)] };
      const scale = options.timestampScale ?? scaleOf(type);
      return { type: { kind: "time", scale }, notes: [...notes, reasons.timeLoss(scale)] };
    }
    default:
      throw new Error(`A scalar cannot have the JSON form ${form.kind}.`);
  }
}

/** Protobuf counts nanoseconds; what others write as text rarely has more than milliseconds. */
const scaleOf = ({ logical }: TypeRef & { kind: "scalar" }): TimeScale =>
  logical?.name === "timestamp" && logical.encoding === "protobuf" ? 9 : 3;

/** The type of a map's keys, which JSON always writes as text. */
export const keyType = (key: MapKey): ColumnType =>
  key === "string" || key === "bool" ? { kind: "word" } : plain(integers[key]);

/** The note that a column checks none of these limits, where there are any. */
export const unchecked = (limits: Limits): readonly reasons.Note[] =>
  Object.keys(limits).length > 0 ? [reasons.unchecked] : [];
