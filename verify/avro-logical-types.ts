import type { Json } from "../model/index.ts";
import type { AvroProblem } from "./avro/codec.ts";

/** What a logical type asks of the type that carries it. */
interface Requirement {
  readonly on: readonly string[];
  /** The size of a fixed. */
  readonly size?: number;
}

const requirements: ReadonlyMap<string, Requirement> = new Map(
  Object.entries({
    uuid: { on: ["string", "fixed"], size: 16 },
    decimal: { on: ["bytes", "fixed"] },
    "big-decimal": { on: ["bytes"] },
    date: { on: ["int"] },
    "time-millis": { on: ["int"] },
    "time-micros": { on: ["long"] },
    "timestamp-millis": { on: ["long"] },
    "timestamp-micros": { on: ["long"] },
    "timestamp-nanos": { on: ["long"] },
    "local-timestamp-millis": { on: ["long"] },
    "local-timestamp-micros": { on: ["long"] },
    "local-timestamp-nanos": { on: ["long"] },
    duration: { on: ["fixed"], size: 12 },
  } satisfies Record<string, Requirement>),
);

/**
 * The logical types of a schema that the Avro specification does not define, or not on the type they stand on. Every
 * implementation ignores those without a word, and the values lose their meaning.
 */
export function checkLogicalTypes(schema: Json, path = ""): readonly AvroProblem[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((part: Json, index) => checkLogicalTypes(part, `${path}/${index}`));
  const attributes = schema as { readonly [key: string]: Json };
  const inner = ["type", "items", "values", "fields"].flatMap((key) =>
    Object.hasOwn(attributes, key) ? checkLogicalTypes(attributes[key] ?? null, `${path}/${key}`) : [],
  );
  const message = Object.hasOwn(attributes, "logicalType") ? faultOf(attributes) : undefined;
  return message === undefined ? inner : [{ path, message }, ...inner];
}

function faultOf(schema: { readonly [key: string]: Json }): string | undefined {
  const { logicalType, type, size, precision, scale = 0 } = schema;
  const requirement = typeof logicalType === "string" ? requirements.get(logicalType) : undefined;
  if (!requirement) return `Avro defines no logical type ${JSON.stringify(logicalType)}.`;
  if (typeof type !== "string" || !requirement.on.includes(type))
    return `${logicalType} stands on ${JSON.stringify(type)}, and belongs on ${requirement.on.join(" or ")}.`;
  if (type === "fixed" && requirement.size !== undefined && size !== requirement.size)
    return `${logicalType} needs a fixed of ${requirement.size} bytes.`;
  if (logicalType !== "decimal") return undefined;
  if (!isCount(precision) || precision === 0) return "A decimal states its precision, a whole number above 0.";
  if (!isCount(scale) || scale > precision) return "The scale of a decimal is a whole number up to its precision.";
  const digits = type === "fixed" && isCount(size) ? Math.floor(Math.log10(2) * (8 * size - 1)) : precision;
  return precision > digits ? `A fixed of ${size} bytes holds ${digits} digits, and not ${precision}.` : undefined;
}

const isCount = (value: Json | undefined): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
