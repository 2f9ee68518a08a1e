import type { Place } from "./context.ts";
import { nameCollision } from "./diagnostics.ts";
import { notes, type Shape } from "./ledger.ts";
import { avroSymbol } from "./names.ts";
import type { AvroType } from "./schema.ts";

type Literal = string | number | boolean;

/** True when the values become an Avro enum: text that is a legal symbol, or several values to choose from. */
export const isSymbolic = (values: readonly Literal[]): boolean => {
  const [only] = values;
  if (values.length > 1) return !values.every((value) => typeof value === "boolean");
  return typeof only === "string" && avroSymbol(only) === only;
};

/** The Avro type of a constant that is no symbol. */
export function constantType(value: Literal | undefined): "boolean" | "int" | "long" | "double" | "string" {
  if (typeof value === "boolean") return "boolean";
  if (typeof value !== "number") return "string";
  if (!Number.isSafeInteger(value)) return "double";
  return (value | 0) === value ? "int" : "long";
}

/** One constant, or a choice of constants. */
export function literalShape(values: readonly Literal[], place: Place): Shape {
  if (!isSymbolic(values)) {
    const [only] = values;
    const type = constantType(only);
    return values.length === 1 && only !== undefined
      ? { schema: { type, const: only }, notes: [notes.literal] }
      : { schema: type, notes: [] };
  }
  const name = place.names.beside(place.record, place.suffix);
  place.names.claim(name, place.owner);
  if (place.defined.has(name.full)) return { schema: name.full, notes: [] };
  place.defined.add(name.full);
  const symbols = new Map<string, Literal>();
  for (const value of values) {
    const symbol = avroSymbol(String(value));
    const known = symbols.get(symbol);
    if (known === undefined) symbols.set(symbol, value);
    else if (known !== value) {
      const of = (literal: Literal) => `${JSON.stringify(literal)} of ${place.at}`;
      place.report(nameCollision(place.owner.origins[0]?.span, { name: symbol, first: of(known), second: of(value) }));
    }
  }
  const json = [...symbols].filter(([symbol, value]) => symbol !== value);
  const schema: AvroType = {
    type: "enum",
    name: name.name,
    namespace: name.namespace,
    symbols: [...symbols.keys()],
    ...(json.length > 0 && { json: Object.fromEntries(json) }),
  };
  return { schema, notes: [] };
}
