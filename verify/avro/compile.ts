import type { Json } from "../../model/index.ts";
import type { Codec } from "./codec.ts";
import { arrayCodec, enumCodec, type FieldCodec, mapCodec, recordCodec, unionCodec, valueCodec } from "./composites.ts";
import { durationCodec, scalarCodec } from "./scalars.ts";

/** The types that have a name so far, and the namespace that short names stand in. */
export interface Scope {
  readonly namespace: string;
  readonly named: Map<string, Codec>;
}

/** The attributes of a definition or a field. */
export type Attributes = { readonly [key: string]: Json };

/** The codec of a schema. */
export function compile(schema: Json, scope: Scope): Codec {
  if (Array.isArray(schema)) return unionCodec(schema.map((branch: Json) => compile(branch, scope)));
  if (typeof schema === "string") {
    const codec = scalarCodec({ type: schema }) ?? scope.named.get(qualify(schema, scope.namespace));
    if (!codec) throw new Error(`The schema has no type ${schema}.`);
    return codec;
  }
  if (typeof schema !== "object" || schema === null) throw new Error("A schema is a name, a list or an object.");
  const attributes = schema as Attributes;
  switch (attributes.type) {
    case "record":
    case "enum":
      return define(attributes, scope);
    case "array":
      return arrayCodec(compile(attributes.items ?? null, scope));
    case "map":
      return mapCodec(compile(attributes.values ?? null, scope));
    default: {
      const codec = scalarCodec({
        type: text(attributes.type) ?? "",
        logicalType: text(attributes.logicalType),
        json: text(attributes.json),
        const: attributes.const,
      });
      // Avro lets a type stand in an object of its own: { "type": { … } }.
      return codec ?? compile(attributes.type ?? null, scope);
    }
  }
}

/** A named type is known from its name on, so that its own fields can refer to it. */
function define(schema: Attributes, outer: Scope): Codec {
  const full = qualify(text(schema.name) ?? "", text(schema.namespace) ?? outer.namespace);
  const scope = { ...outer, namespace: full.slice(0, Math.max(0, full.lastIndexOf("."))) };
  if (schema.type === "enum") {
    const json = (schema.json ?? {}) as Attributes;
    const symbols = (schema.symbols as readonly string[]).map(
      (symbol) => [symbol, Object.hasOwn(json, symbol) ? (json[symbol] ?? null) : symbol] as const,
    );
    const codec = enumCodec(full, symbols, schema.open === true ? text(schema.default) : undefined);
    scope.named.set(full, codec);
    return codec;
  }
  let fields: readonly FieldCodec[] = [];
  const codec = recordForm(text(schema.json), full, () => fields);
  scope.named.set(full, codec);
  fields = (schema.fields as readonly Attributes[]).map((field) => fieldCodec(field, scope));
  return codec;
}

/** The codec of a record's field. */
export function fieldCodec(field: Attributes, scope: Scope): FieldCodec {
  const { name, wireName, type = null, nullable, default: unless } = field;
  const optional = unless === null;
  // Null stands for an absent key; that the key is null itself is another matter.
  const present =
    optional && nullable !== true && Array.isArray(type) ? type.filter((branch) => branch !== "null") : type;
  return {
    name: text(name) ?? "",
    key: text(wireName) ?? text(name) ?? "",
    optional,
    codec: compile(present, scope),
  };
}

function recordForm(json: string | undefined, full: string, fields: () => readonly FieldCodec[]): Codec {
  if (json === "duration") return durationCodec(full);
  if (json !== "value") return recordCodec(full, fields);
  return valueCodec(full, () => {
    const [field] = fields();
    if (!field) throw new Error(`${full} stands for the value of a field and has none.`);
    return field;
  });
}

const qualify = (name: string, namespace: string): string =>
  name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;

/** A text, if it is one. */
export const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
