import type { Json } from "../../model/index.ts";
import type { WireValue } from "../samples/sample.ts";
import { type AvroValue, type Codec, deepest, inside, isObject, type Place, refuse, show } from "./codec.ts";

/** A record's field: its name in Avro, its key in JSON, and whether the key may be absent. */
export interface FieldCodec {
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
  readonly codec: Codec;
}

/** An enum: its symbols, and the JSON value of each. */
export function enumCodec(
  branch: string,
  symbols: readonly (readonly [symbol: string, json: Json])[],
  standIn: string | undefined,
): Codec {
  const toJson = new Map(symbols);
  // Two symbols can share a number; the first is its name.
  const toSymbol = new Map<WireValue, string>([...symbols].reverse().map(([symbol, json]) => [json, symbol]));
  return {
    branch,
    accepts: (json) => toSymbol.has(json),
    encode(json, at) {
      const symbol = toSymbol.get(json);
      if (symbol !== undefined) return symbol;
      if (standIn === undefined || (typeof json !== "string" && typeof json !== "number"))
        return refuse(at, `The value is ${show(json)}, which is none of the enum's.`);
      at.lost.push(at.path);
      return standIn;
    },
    decode: (value, at) =>
      typeof value === "string" && toJson.has(value)
        ? (toJson.get(value) ?? null)
        : refuse(at, `The value is ${show(value)}, which is no symbol of the enum.`),
  };
}

/** A list. */
export const arrayCodec = (item: Codec): Codec => ({
  branch: "array",
  accepts: (json) => Array.isArray(json),
  encode: guarded((json, at) =>
    Array.isArray(json)
      ? json.map((member: WireValue, index) => item.encode(member, inside(at, index)))
      : refuse(at, `The value is ${show(json)}, and not a list.`),
  ),
  decode: guarded((value, at) =>
    Array.isArray(value)
      ? value.map((member: AvroValue, index) => item.decode(member, inside(at, index)))
      : refuse(at, `The value is ${show(value)}, and not a list.`),
  ),
});

/** An object with free keys. */
export const mapCodec = (item: Codec): Codec => ({
  branch: "map",
  accepts: isObject,
  encode: guarded((json, at) =>
    isObject(json)
      ? Object.fromEntries(
          Object.entries<WireValue>(json).map(([key, value]) => [key, item.encode(value, inside(at, key))]),
        )
      : refuse(at, `The value is ${show(json)}, and not an object.`),
  ),
  decode: guarded((value, at) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries<AvroValue>(value).map(([key, part]) => [key, item.decode(part, inside(at, key))]),
        )
      : refuse(at, `The value is ${show(value)}, and not an object.`),
  ),
});

/** An object with known keys. A key that may be absent is null in Avro while it is, and comes back absent. */
export function recordCodec(branch: string, fields: () => readonly FieldCodec[]): Codec {
  const own = (object: { readonly [key: string]: WireValue }, key: string): WireValue | undefined =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  return {
    branch,
    accepts: (json) =>
      isObject(json) &&
      fields().every(({ key, optional, codec }) => {
        const value = own(json, key);
        return value === undefined ? optional : isObject(value) || Array.isArray(value) || codec.accepts(value);
      }),
    keys: () => fields().map(({ key }) => key),
    unknownKeys: (json) => {
      const known = new Set(fields().map(({ key }) => key));
      return isObject(json) ? Object.keys(json).filter((key) => !known.has(key)).length : 0;
    },
    encode: guarded((json, at) => {
      if (!isObject(json)) return refuse(at, `The value is ${show(json)}, and not an object.`);
      const known = new Set(fields().map(({ key }) => key));
      for (const key of Object.keys(json)) if (!known.has(key)) at.lost.push(inside(at, key).path);
      return Object.fromEntries(
        fields().map(({ name, key, optional, codec }) => {
          const value = own(json, key);
          if (value !== undefined) return [name, codec.encode(value, inside(at, key))];
          return [name, optional ? null : refuse(at, `The key ${show(key)} is missing.`)];
        }),
      );
    }),
    decode: guarded((value, at) => {
      if (!isObject(value)) return refuse(at, `The value is ${show(value)}, and not a record.`);
      return Object.fromEntries(
        fields().flatMap(({ name, key, optional, codec }): (readonly [string, WireValue])[] => {
          const part: AvroValue = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
          return part === null && optional ? [] : [[key, codec.decode(part, inside(at, key))]];
        }),
      );
    }),
  };
}

/** A record that stands for the bare value of its only field. */
export const valueCodec = (branch: string, field: () => FieldCodec): Codec => ({
  branch,
  accepts: (json) => field().codec.accepts(json),
  encode: (json, at) => ({ [field().name]: field().codec.encode(json, at) }),
  decode: (value, at) =>
    isObject(value)
      ? field().codec.decode(value[field().name] ?? null, at)
      : refuse(at, `The value is ${show(value)}, and not a record.`),
});

/** A choice. Null goes to a branch that holds JSON of any kind before it goes to null. */
export function unionCodec(branches: readonly Codec[]): Codec {
  const others = branches.filter(({ branch }) => branch !== "null");
  const hasNull = others.length < branches.length;
  const [only] = others;
  const choose = (json: WireValue): Codec | undefined => {
    if (others.length === 1) return only;
    const unknown = (codec: Codec): number => codec.unknownKeys?.(json) ?? 0;
    return others
      .filter((codec) => codec.accepts(json))
      .reduce<Codec | undefined>((best, codec) => (!best || unknown(codec) < unknown(best) ? codec : best), undefined);
  };
  return {
    branch: "union",
    accepts: (json) => (json === null && hasNull) || others.some((codec) => codec.accepts(json)),
    encode(json, at) {
      if (json === null && hasNull && !others.some((codec) => codec.accepts(null))) return null;
      const codec = choose(json);
      return codec
        ? { [codec.branch]: codec.encode(json, at) }
        : refuse(
            at,
            `The value is ${show(json)}, which fits none of ${others.map(({ branch }) => branch).join(", ")}.`,
          );
    },
    decode(value, at) {
      if (value === null && hasNull) return null;
      const [[name, part] = []] = isObject(value) ? Object.entries<AvroValue>(value) : [];
      const codec = others.find(({ branch }) => branch === name);
      return codec
        ? codec.decode(part ?? null, at)
        : refuse(at, `The value is ${show(value)}, which is no branch of the union.`);
    },
  };
}

/** Refuses what nests too deep, before the stack does. */
const guarded =
  <A extends WireValue | AvroValue, B extends WireValue | AvroValue>(convert: (value: A, at: Place) => B | null) =>
  (value: A, at: Place): B | null =>
    at.depth > deepest ? refuse(at, `The value nests more than ${deepest} deep.`) : convert(value, at);
