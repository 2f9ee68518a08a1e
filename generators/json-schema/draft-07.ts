import { closeShapes, type Definitions, definitionOf } from "./draft-07-closing.ts";
import { isSchema, merge, type Node, type Schema, schema } from "./node.ts";

/** What draft-07 makes of a document. */
export interface Draft07 {
  readonly document: Schema;
  /** The definitions that it cannot close exactly: it takes a field of one shape beside another. */
  readonly loose: readonly string[];
}

/**
 * A document in draft-07, for tools that know no later one: definitions have their old name, what stands beside a
 * reference moves to where it counts, and `unevaluatedProperties` is written out.
 */
export function toDraft07(document: Schema, definitions: Definitions): Draft07 {
  const loose: string[] = [];

  const convert = (node: Schema, name?: string): Schema => {
    if (node.get("unevaluatedProperties") === false) return convert(close(node, name), name);
    const converted: Schema = new Map([...node].map(([key, value]) => [renamed(key), convertMember(key, value)]));
    const $ref = converted.get("$ref");
    if ($ref === undefined || converted.size === 1) return converted;
    const others = converted.get("allOf");
    const rest = new Map([...converted].filter(([key]) => key !== "$ref"));
    return merge(rest, schema({ allOf: [schema({ $ref }), ...(Array.isArray(others) ? others : [])] }));
  };

  const convertMember = (key: string, value: Node): Node => {
    if (key === "$schema") return "http://json-schema.org/draft-07/schema#";
    if (key === "$ref" && typeof value === "string") return value.replace("#/$defs/", "#/definitions/");
    if (lists.has(key) && Array.isArray(value))
      return value.map((item: Node) => (isSchema(item) ? convert(item) : item));
    if (!isSchema(value)) return value;
    if (maps.has(key))
      return new Map(
        [...value].map(([name, item]) => [
          name,
          isSchema(item) ? convert(item, key === "$defs" ? name : undefined) : item,
        ]),
      );
    return schemas.has(key) ? convert(value) : value;
  };

  /** Closed without `unevaluatedProperties`: a single shape where it is defined, several each by itself. */
  const close = (node: Schema, name: string | undefined): Schema => {
    const open = new Map([...node].filter(([key]) => key !== "unevaluatedProperties"));
    const shape = definitionOf(node, definitions);
    if (shape) {
      const own = new Map([...open].filter(([key]) => key !== "$ref"));
      const inherited = new Map([...shape].filter(([key]) => key !== "$comment"));
      return merge(own, inherited, schema({ additionalProperties: false }));
    }
    const { closed, exact } = closeShapes(open, definitions);
    if (!exact && name !== undefined) loose.push(name);
    return closed;
  };

  return { document: convert(document), loose };
}

const renamed = (key: string): string => (key === "$defs" ? "definitions" : key);

/** The keywords that hold schemas: one, several in a list, several by name. All others hold data. */
const schemas = new Set(["additionalProperties", "items", "not", "propertyNames"]);
const lists = new Set(["allOf", "anyOf", "oneOf"]);
const maps = new Set(["$defs", "properties", "patternProperties"]);
