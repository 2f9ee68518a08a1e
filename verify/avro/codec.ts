import type { WireValue } from "../samples/sample.ts";

/** A plain JavaScript value as Avro implementations take it: longs are `bigint`, unions `{ branch: value }` or null. */
export type AvroValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly AvroValue[]
  | { readonly [key: string]: AvroValue };

/** Something that a value says and a schema does not allow; the path is a JSON pointer. */
export interface AvroProblem {
  readonly path: string;
  readonly message: string;
}

/** Both directions of one Avro type. They go on after a problem; the value of a faulty place is null. */
export interface Codec {
  /** The name of the type as a union's branch. */
  readonly branch: string;
  /** True when the JSON value can be of this type, as far as its own top level shows. */
  readonly accepts: (json: WireValue) => boolean;
  /** The keys that an object of the type can have. */
  readonly keys?: () => readonly string[];
  /** How many of an object's keys the type does not know, of those that it accepts. */
  readonly unknownKeys?: (json: WireValue) => number;
  readonly encode: (json: WireValue, at: Place) => AvroValue;
  /** An integer that no double holds is a bigint, so that none of its digits is lost. */
  readonly decode: (value: AvroValue, at: Place) => WireValue;
}

/** Where a conversion stands, and what it has found. */
export interface Place {
  readonly path: string;
  readonly depth: number;
  readonly problems: AvroProblem[];
  /** Where Avro has no room for a value: keys without a field, enum values without a symbol. */
  readonly lost: string[];
}

/**
 * What a conversion gave: the value, with the places where Avro had no room for what was there (a key without a field, an
 * enum value without a symbol); or everything that is in the way.
 */
export type AvroResult<T> =
  | { readonly ok: true; readonly value: T; readonly lost: readonly string[] }
  | { readonly ok: false; readonly problems: readonly AvroProblem[] };

/** Where a conversion begins. */
export const start = (): Place => ({ path: "", depth: 0, problems: [], lost: [] });

/** What a conversion gave in the end. */
export const finish = <T>(value: T, { problems, lost }: Place): AvroResult<T> =>
  problems.length > 0 ? { ok: false, problems } : { ok: true, value, lost };

/** The deepest nesting that is followed. */
export const deepest = 200;

/** The place of a member. */
export const inside = (at: Place, key: string | number): Place => ({
  ...at,
  path: `${at.path}/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`,
  depth: at.depth + 1,
});

/** Notes a problem; stands for the value that could not be made. */
export function refuse(at: Place, message: string): null {
  at.problems.push({ path: at.path, message });
  return null;
}

/** True for a JSON object. */
export const isObject = (json: WireValue | AvroValue | undefined): json is { readonly [key: string]: never } =>
  typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof Uint8Array);

/** A value in words, short enough for a message. */
export function show(value: WireValue | AvroValue): string {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || typeof value !== "object") return String(value);
  return Array.isArray(value) ? "a list" : value instanceof Uint8Array ? "bytes" : "an object";
}
