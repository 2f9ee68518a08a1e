import type { Comment } from "./provenance.ts";

/** What a value is written as, before substitutions are resolved. Offsets are into the file it stands in. */
export type ValueNode = ScalarNode | ObjectNode | ListNode | SubstitutionNode | ConcatenationNode | UnknownNode;

interface Node {
  readonly start: number;
  readonly end: number;
}

/** A string, number, boolean or null. */
export interface ScalarNode extends Node {
  readonly kind: "scalar";
  readonly type: "string" | "number" | "boolean" | "null";
  /** The text: decoded for strings, as written for all others. */
  readonly text: string;
  /** White space between two parts of a concatenation; objects and lists beside it do not see it. */
  readonly blank: boolean;
}

/** `{ … }`, or the fields of a file without braces. */
export interface ObjectNode extends Node {
  readonly kind: "object";
  readonly items: readonly (FieldNode | IncludeNode)[];
}

/** `key: value`. A path as key is nested objects with one field each. */
export interface FieldNode {
  readonly kind: "field";
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** True for `+=`: the value is appended to what the field was before. */
  readonly append: boolean;
  readonly value: ValueNode;
  readonly comments: readonly Comment[];
}

/** `include "name"`. */
export interface IncludeNode extends Node {
  readonly kind: "include";
  readonly name: string;
  readonly how: "plain" | "file" | "url" | "classpath";
  readonly required: boolean;
  /** The keys that lead to the object it stands in; `undefined` within a list, which no path reaches. */
  readonly at: readonly string[] | undefined;
}

/** `[ … ]`. */
export interface ListNode extends Node {
  readonly kind: "list";
  readonly items: readonly ItemNode[];
}

/** An element of a list. */
export interface ItemNode {
  readonly value: ValueNode;
  readonly comments: readonly Comment[];
}

/** `${path}` or `${?path}`. */
export interface SubstitutionNode extends Node {
  readonly kind: "substitution";
  readonly path: readonly string[];
  readonly optional: boolean;
  /** True for `${path[]}`: the list of what the environment has as `path_0`, `path_1` and so on. */
  readonly list: boolean;
}

/** Several values side by side, which become one. */
export interface ConcatenationNode extends Node {
  readonly kind: "concatenation";
  readonly parts: readonly ValueNode[];
}

/** Something that could not be read; it has been reported. */
export interface UnknownNode extends Node {
  readonly kind: "unknown";
}
