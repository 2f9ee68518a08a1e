import type { Json, Span } from "../../../model/index.ts";
import type { Comment, Via } from "./provenance.ts";
import type { Slot } from "./slot.ts";

/** A resolved HOCON value: what the text means, and where each part of it was written. */
export type HoconValue = HoconObject | HoconArray | HoconString | HoconNumber | HoconBoolean | HoconNull | HoconUnknown;

interface Written {
  /** Where the value itself stands; for a merged object its last part. */
  readonly span: Span;
  /** The substitutions that brought it to where it is found, outermost first. */
  readonly via?: Via;
  /** The comments written with it. */
  readonly comments: readonly Comment[];
}

/** An object; its fields in the order in which their names first appear. */
export interface HoconObject extends Written {
  readonly kind: "object";
  /** A map, since keys such as `__proto__` are keys like any other. */
  readonly fields: ReadonlyMap<string, HoconField>;
}

/** A member of an object. */
export interface HoconField {
  readonly key: string;
  readonly value: HoconValue;
  /** What {@link placesOf} works from. */
  readonly source: FieldSource;
}

/** Where a field comes from, in the reader's own terms. */
export interface FieldSource {
  readonly slot: Slot;
  readonly via: Via | undefined;
}

/** One place where a field is written. */
export interface Place {
  /** The field's name there. */
  readonly span: Span;
  readonly via?: Via;
  readonly comments: readonly Comment[];
}

/** A list. */
export interface HoconArray extends Written {
  readonly kind: "array";
  readonly items: readonly HoconValue[];
}

/** A string, of whatever notation. */
export interface HoconString extends Written {
  readonly kind: "string";
  readonly value: string;
}

/** A number, with the text it was written as: `2.20` is not `2.2` to everybody. */
export interface HoconNumber extends Written {
  readonly kind: "number";
  readonly value: number;
  readonly text: string;
}

/** `true` or `false`. */
export interface HoconBoolean extends Written {
  readonly kind: "boolean";
  readonly value: boolean;
}

/** `null`, which is a value and hides what stood before it. */
export interface HoconNull extends Written {
  readonly kind: "null";
}

/** A value that cannot be told; the finding that says why has been made. */
export interface HoconUnknown extends Written {
  readonly kind: "unknown";
}

/** The plain JSON of a value; what is unknown becomes null. */
export function toJson(value: HoconValue): Json {
  switch (value.kind) {
    case "object": {
      const entries = [...value.fields.values()].map((field) => [field.key, toJson(field.value)] as const);
      return Object.fromEntries(entries);
    }
    case "array":
      return value.items.map(toJson);
    case "string":
    case "number":
    case "boolean":
      return value.value;
    case "null":
    case "unknown":
      return null;
  }
}
