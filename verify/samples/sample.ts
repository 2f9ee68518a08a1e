import type { Json, Name } from "../../model/index.ts";

/** A JSON value as it is sent. An integer that no double holds is a `bigint`, so that its digits can be written. */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** One value of an event or a type, made to show something. */
export interface Sample {
  /** `boundary` samples stand at an edge: some of them inside, some (with a `fault`) beside it. */
  readonly kind: "valid" | "boundary" | "invalid";
  readonly value: WireValue;
  /** What it shows, in words: `every field`, `phase: RUNNING`, `storage_size: one past 2^53`. */
  readonly shows: string;
  /** Where it shows that; absent when it is about the whole value. */
  readonly place?: SamplePlace;
  /** The one thing that is wrong with it; absent when it is a value of its type. */
  readonly fault?: Fault;
}

/** A place in a value, and the field that declares it. */
export interface SamplePlace {
  /** A JSON pointer (RFC 6901) into the value. */
  readonly pointer: string;
  /** The field as the ledger names it: `h2o.mlops.Project.id`; for a whole declaration its name. */
  readonly at: Name;
}

/** What a validator has to say of a sample that is no value of its type. */
export interface Fault extends SamplePlace {
  /** The JSON Schema keyword it fails: `required`, `type`, `enum`, `format`, `minimum`, `oneOf`. */
  readonly keyword: string;
}

/** The text that is sent: JSON with every digit of every integer. Keys in the order they have in the value. */
export function wireText(value: WireValue): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(wireText).join(",")}]`;
  return `{${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}:${wireText(part)}`)
    .join(",")}}`;
}

/** The value as `JSON.parse` would give it from {@link wireText}: integers as doubles. */
export function wireJson(value: WireValue): Json {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(wireJson);
  const json: Record<string, Json> = Object.create(null);
  for (const [key, part] of Object.entries(value)) json[key] = wireJson(part);
  return Object.setPrototypeOf(json, Object.prototype) as Json;
}
