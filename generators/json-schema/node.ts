import type { Json } from "../../model/index.ts";

/** A JSON text under construction: objects are maps, so that keys keep their order and `__proto__` is a key like any other. */
export type Node = null | boolean | number | string | readonly Node[] | Schema;

/** A JSON object under construction. */
export type Schema = ReadonlyMap<string, Node>;

/** An object of the keywords that have a value, in the order given. Only for keys we choose: those of sources go into a Map. */
export const schema = (keywords: { readonly [keyword: string]: Node | undefined }): Schema =>
  new Map(Object.entries(keywords).filter((entry): entry is [string, Node] => entry[1] !== undefined));

/** One object with the keywords of all; where two have a keyword, the last one counts. */
export const merge = (...parts: readonly Schema[]): Schema => new Map(parts.flatMap((part) => [...part]));

/** True for an object, as opposed to an array or a scalar. */
export const isSchema = (node: Node | undefined): node is Schema => node instanceof Map;

/** Plain JSON as a node. */
export function fromJson(value: Json): Node {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(fromJson);
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
}
