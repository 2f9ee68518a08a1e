import {
  assertNever,
  formats,
  type JsonForm,
  localName,
  type MapKey,
  type Name,
  type StringFormat,
} from "../../model/index.ts";
import { merge, type Node, type Schema, schema } from "./node.ts";

/** `closed` takes only the fields that are declared, for producers; `open` takes others as well, for consumers. */
export type Mode = "closed" | "open";

/** How the schema of a place refers to the definitions. */
export interface Place {
  readonly mode: Mode;
  /** The file of the definitions, empty within it. */
  readonly definitions: string;
}

/**
 * A reference to the definition of a type. `unclosed` asks for the form of it that leaves room for fields beside its own:
 * what a union with common fields combines must not be closed piece by piece.
 */
export const reference = (name: Name, place: Place, unclosed: boolean): Schema =>
  schema({
    $ref: `${place.definitions}#/$defs/${localName(name)}${unclosed && place.mode === "closed" ? unclosedSuffix : ""}`,
  });

/** What the unclosed form of a definition is called, after the name of its type; no type can have such a name. */
export const unclosedSuffix = ".unclosed";

/** The schema of a type in use. */
export function formSchema(form: JsonForm, place: Place, unclosed = false): Schema {
  switch (form.kind) {
    case "boolean":
    case "any":
      return form.kind === "any" ? roomFor({}, unclosed) : schema({ type: "boolean" });
    case "string":
      return stringSchema(form);
    case "integer":
    case "number":
      return schema({ type: form.kind, minimum: form.minimum, maximum: form.maximum });
    case "literal":
      return schema({ const: form.value });
    case "named":
      return reference(form.name, place, unclosed);
    case "list":
      return schema({
        type: "array",
        items: formSchema(form.item, place),
        uniqueItems: form.unique,
        minItems: form.minItems,
        maxItems: form.maxItems,
      });
    case "map":
      return schema({
        type: "object",
        propertyNames: keySchema(form.key),
        additionalProperties: formSchema(form.value, place),
      });
    case "union":
      return anyOf(form.variants.map((variant) => formSchema(variant, place, unclosed)));
    case "object":
      return roomFor({ type: "object" }, unclosed);
    default:
      return assertNever(form);
  }
}

/** Where something closes over it, free-form JSON must say that it takes every field. */
const roomFor = (keywords: { readonly [keyword: string]: Node }, unclosed: boolean): Schema =>
  schema({ ...keywords, additionalProperties: unclosed ? true : undefined });

/** One of several; of none, nothing. */
export const anyOf = (variants: readonly Schema[]): Schema =>
  variants.length > 0 ? schema({ anyOf: variants }) : schema({ not: schema({}) });

/** The same, with null as one more value. */
export function orNull(node: Schema): Schema {
  const nothing = schema({ type: "null" });
  const type = node.get("type");
  const variants = node.get("anyOf");
  if (node.size === 0) return node;
  if (node.has("const")) return schema({ enum: [node.get("const") ?? null, null] });
  if (typeof type === "string") return merge(node, schema({ type: [type, "null"] }));
  if (Array.isArray(variants)) return merge(node, schema({ anyOf: [...variants, nothing] }));
  return schema({ anyOf: [node, nothing] });
}

function stringSchema(form: JsonForm & { kind: "string" }): Schema {
  const lengths = { minLength: form.minLength, maxLength: form.maxLength };
  if (form.format === undefined) return schema({ type: "string", ...lengths, pattern: form.pattern });
  const own = form.pattern === undefined ? undefined : [schema({ pattern: form.pattern })];
  return schema({ type: "string", ...formatKeywords(form.format), ...lengths, allOf: own });
}

/** The keyword that tells people and tools of the format, and the pattern that every engine enforces. */
function formatKeywords(format: StringFormat): { readonly [keyword: string]: string | undefined } {
  const { keyword, pattern } = formats[format];
  return { ...(keyword ?? { "x-format": format }), pattern };
}

/** The keys of a map; JSON has only strings for them. */
function keySchema(key: MapKey): Schema | undefined {
  switch (key) {
    case "string":
      return undefined;
    case "bool":
      return schema({ enum: ["true", "false"] });
    case "int64":
    case "uint64":
      return schema(formatKeywords(key));
    case "int32":
      return schema({ "x-format": key, pattern: "^(?:0|-?[1-9][0-9]{0,9})$" });
    case "uint32":
      return schema({ "x-format": key, pattern: "^(?:0|[1-9][0-9]{0,9})$" });
    default:
      return assertNever(key);
  }
}
