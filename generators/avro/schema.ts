import type { Json } from "../../model/index.ts";

/** An Avro type as it stands in a schema file: a name, a union, or a definition. */
export type AvroType = string | readonly AvroType[] | AvroDefinition;

/** A type with its attributes; beside those of Avro there are ours, which every implementation keeps or ignores. */
export type AvroDefinition = AvroRecord | AvroEnum | AvroContainer | AvroScalar;

/** A named record. */
export type AvroRecord = {
  readonly type: "record";
  readonly name: string;
  readonly namespace: string;
  /** The name in the model, when that is not this one. */
  readonly wireName?: string;
  readonly doc?: string;
  readonly aliases?: readonly string[];
  /**
   * `value`: in JSON there is no object but the bare value of its only field. `duration`: one text such as `"1.5s"`. `topic`:
   * an event of the topic, whose body stands in the field that names the event.
   */
  readonly json?: "value" | "duration" | "topic";
  readonly fields: readonly AvroField[];
};

/** A member of a record. `"default": null` says that the JSON key may be absent. */
export type AvroField = {
  readonly name: string;
  /** The JSON key, when that is no Avro name. */
  readonly wireName?: string;
  readonly doc?: string;
  readonly unit?: string;
  /** In the record of a topic: the event whose body this is, and how the envelope goes with it in JSON, if at all. */
  readonly event?: string;
  readonly envelope?: "merge" | "wrap";
  /** The keys that the event's envelope has, when the record has others beside them. */
  readonly envelopeKeys?: readonly string[];
  /** True when the JSON key may be absent and may be null as well: Avro has one null for both. */
  readonly nullable?: true;
  readonly type: AvroType;
  readonly default?: Json;
  readonly aliases?: readonly string[];
};

/** A named enum. */
export type AvroEnum = {
  readonly type: "enum";
  readonly name: string;
  readonly namespace: string;
  readonly wireName?: string;
  readonly doc?: string;
  readonly aliases?: readonly string[];
  readonly symbols: readonly string[];
  readonly default?: string;
  /** JSON may have values that are not listed: they become the default. */
  readonly open?: boolean;
  /** The JSON value of every symbol that is not that value itself. (`values` is taken: Java drops it.) */
  readonly json?: { readonly [symbol: string]: string | number | boolean };
  readonly symbolDocs?: { readonly [symbol: string]: string };
};

/** A list or a map. */
export type AvroContainer =
  | { readonly type: "array"; readonly items: AvroType }
  | { readonly type: "map"; readonly values: AvroType };

/** A primitive with attributes. */
export type AvroScalar = {
  readonly type: "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string";
  readonly logicalType?: "uuid" | "timestamp-millis" | "timestamp-micros" | "decimal";
  readonly precision?: number;
  readonly scale?: number;
  /**
   * What the value is in JSON, when Avro's own type does not tell: a decimal `string` or a `number`, a `date-time`, or
   * any JSON value or `object` of which the Avro string holds the text.
   */
  readonly json?: "string" | "number" | "date-time" | "any" | "object";
  /** The only value it ever has. */
  readonly const?: string | number | boolean;
};

/** The type with null before it: what may be absent, or null. */
export const orNull = (type: AvroType): AvroType => {
  const branches: readonly AvroType[] = isUnion(type) ? type : [type];
  return ["null", ...branches];
};

/** True for a union, which Avro writes as a list. */
export const isUnion = (type: AvroType): type is readonly AvroType[] => Array.isArray(type);
