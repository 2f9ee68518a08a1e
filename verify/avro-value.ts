import type { Json } from "../model/index.ts";
import type { AvroProblem, AvroValue, Codec, Place } from "./avro/codec.ts";
import {
  arrayCodec,
  enumCodec,
  type FieldCodec,
  mapCodec,
  recordCodec,
  unionCodec,
  valueCodec,
} from "./avro/composites.ts";
import { durationCodec, scalarCodec } from "./avro/scalars.ts";

export type { AvroProblem, AvroValue } from "./avro/codec.ts";

/**
 * What a conversion gave: the value, with the places where Avro had no room for what was there (a key without a field, an
 * enum value without a symbol); or everything that is in the way.
 */
export type AvroResult<T> =
  | { readonly ok: true; readonly value: T; readonly lost: readonly string[] }
  | { readonly ok: false; readonly problems: readonly AvroProblem[] };

/** Both directions between an event as JSON and the value an Avro implementation encodes for it. */
export interface AvroCodec {
  readonly toAvro: (json: Json) => AvroResult<AvroValue>;
  readonly fromAvro: (value: AvroValue) => AvroResult<Json>;
}

/**
 * Reads a generated Avro schema and converts by it. The schema says itself how each value looks in JSON (`wireName` and
 * `json` beside Avro's own attributes), so nothing else is needed, neither the model nor an Avro implementation.
 *
 * `fromAvro(toAvro(event))` is the event again, apart from what Avro does not keep: the digits of a timestamp beyond the
 * schema's, its offset from UTC, how many zeros end a fraction, null where a key may be absent as well, keys without a
 * field, enum values without a symbol, digits of a 32-bit float that it cannot hold, the text of free-form JSON.
 */
export function avroCodec(schema: Json): AvroCodec {
  const codec = compile(schema, { namespace: "", named: new Map() });
  const start = (): Place => ({ path: "", depth: 0, problems: [], lost: [] });
  const finish = <T>(value: T, { problems, lost }: Place): AvroResult<T> =>
    problems.length > 0 ? { ok: false, problems } : { ok: true, value, lost };
  return {
    toAvro(json) {
      const at = start();
      return finish(codec.encode(json, at), at);
    },
    fromAvro(value) {
      const at = start();
      return finish(codec.decode(value, at), at);
    },
  };
}

interface Scope {
  readonly namespace: string;
  readonly named: Map<string, Codec>;
}

type Attributes = { readonly [key: string]: Json };

function compile(schema: Json, scope: Scope): Codec {
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
  fields = (schema.fields as readonly Attributes[]).map(
    ({ name, wireName, type = null, nullable, default: unless }) => {
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
    },
  );
  return codec;
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

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
