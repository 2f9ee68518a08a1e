import { type DescExtension, type DescField, ScalarType } from "@bufbuild/protobuf";
import type { Wire } from "../../model/index.ts";

/** How the field is written in binary, where its type in the model does not tell it. */
export function wireOf(field: DescField | DescExtension): { readonly wire?: Wire } {
  const key = field.fieldKind === "map" ? encodings.get(field.mapKey) : undefined;
  const type = elementType(field);
  const delimited = "delimitedEncoding" in field && field.delimitedEncoding === true;
  if (!key && !type && !delimited) return {};
  return { wire: { ...(type && { type }), ...(key && { key }), ...(delimited && { delimited }) } };
}

function elementType(field: DescField | DescExtension): string | undefined {
  const desc = field.message ?? field.enum;
  if (!desc) return field.scalar === undefined ? undefined : encodings.get(field.scalar);
  const [, name] = /^google\.protobuf\.(\w+)$/.exec(desc.typeName) ?? [];
  if (name === undefined) return undefined;
  // What the model knows these as, a nullable scalar or a list of anything, it says of whole fields alone.
  const isPart = field.fieldKind === "list" || field.fieldKind === "map";
  const isKnown = alwaysKnown.has(name) || (isPart && partsKnown.test(name));
  return isKnown ? desc.typeName : undefined;
}

/** Well-known types that share their form in JSON with others. */
const alwaysKnown: ReadonlySet<string> = new Set(["Any", "Empty", "FieldMask", "NullValue"]);
const partsKnown = /^(?:ListValue|(?:Bool|U?Int(?:32|64)|Float|Double|String|Bytes)Value)$/;

/** The encodings that are not the usual one of their value. */
const encodings: ReadonlyMap<ScalarType, string> = new Map([
  [ScalarType.SINT32, "sint32"],
  [ScalarType.SFIXED32, "sfixed32"],
  [ScalarType.FIXED32, "fixed32"],
  [ScalarType.SINT64, "sint64"],
  [ScalarType.SFIXED64, "sfixed64"],
  [ScalarType.FIXED64, "fixed64"],
]);
