import type { Json } from "../../model/index.ts";
import type { AvroType } from "./schema.ts";

/** A default as Avro writes it; `undefined` when the type cannot have it, as a union whose first branch is null cannot. */
export function defaultOf(value: Json, schema: AvroType): Json | undefined {
  if (typeof schema === "string") return primitive(schema, value) ? value : undefined;
  if (!("type" in schema)) return undefined;
  switch (schema.type) {
    case "enum": {
      const symbol = schema.symbols.find((name) => (schema.json?.[name] ?? name) === value);
      return symbol;
    }
    case "array":
      return Array.isArray(value) && value.length === 0 ? value : undefined;
    case "map":
      return isEmptyObject(value) ? value : undefined;
    case "record":
      return undefined;
    default: {
      if (schema.const !== undefined && schema.const !== value) return undefined;
      if (schema.json === undefined) return primitive(schema.type, value) ? value : undefined;
      // Text in JSON that is a number in Avro: only what a double holds exactly can stand in a schema.
      const number = schema.type === "long" && schema.json === "string" ? Number(value) : undefined;
      return typeof value === "string" && Number.isSafeInteger(number) && String(number) === value ? number : undefined;
    }
  }
}

function primitive(type: string, value: Json): boolean {
  switch (type) {
    case "boolean":
    case "string":
      return typeof value === type;
    case "int":
      return typeof value === "number" && (value | 0) === value;
    case "long":
      return Number.isSafeInteger(value);
    case "float":
    case "double":
      return typeof value === "number";
    default:
      return false;
  }
}

const isEmptyObject = (value: Json): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
