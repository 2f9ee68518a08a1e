import {
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  isFieldSet,
  ScalarType,
} from "@bufbuild/protobuf";
import { FieldDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { jsonAny, list, type MapKey, type Scalar, type Span, scalar, type TypeRef } from "../../model/index.ts";
import { wellKnownType } from "../protobuf-common/well-known.ts";

/** The type of a field; `span` is where it is written. */
export function fieldType(field: DescField | DescExtension, span: Span): TypeRef {
  switch (field.fieldKind) {
    case "list":
      return list(valueType(field, span));
    case "map":
      return { kind: "map", key: scalars[field.mapKey] as MapKey, value: valueType(field, span) };
    default:
      return valueType(field, span);
  }
}

/** A reference to a message or an enum by its full name, or what a well-known type means. */
export function typeOf(desc: DescMessage | DescEnum, span: Span): TypeRef {
  return wellKnownType(desc.typeName)?.type ?? { kind: "named", name: `.${desc.typeName}`, span };
}

/** False for a field without a type, or a map with keys that no map has: a file that no compiler wrote may hold them. */
export const hasType = (field: DescField | DescExtension): boolean =>
  isFieldSet(field.proto, FieldDescriptorProtoSchema.field.type) &&
  (field.fieldKind !== "map" || mapKeys.has(scalars[field.mapKey]));

const mapKeys: ReadonlySet<Scalar> = new Set(["string", "bool", "int32", "int64", "uint32", "uint64"]);

function valueType(field: DescField | DescExtension, span: Span): TypeRef {
  const desc = field.message ?? field.enum;
  if (desc) return typeOf(desc, span);
  return field.scalar === undefined ? jsonAny : scalar(scalars[field.scalar]);
}

/** Encodings of one value type differ on the wire alone, so they are one scalar. */
const scalars: Readonly<Record<ScalarType, Scalar>> = {
  [ScalarType.BOOL]: "bool",
  [ScalarType.INT32]: "int32",
  [ScalarType.SINT32]: "int32",
  [ScalarType.SFIXED32]: "int32",
  [ScalarType.UINT32]: "uint32",
  [ScalarType.FIXED32]: "uint32",
  [ScalarType.INT64]: "int64",
  [ScalarType.SINT64]: "int64",
  [ScalarType.SFIXED64]: "int64",
  [ScalarType.UINT64]: "uint64",
  [ScalarType.FIXED64]: "uint64",
  [ScalarType.FLOAT]: "float32",
  [ScalarType.DOUBLE]: "float64",
  [ScalarType.STRING]: "string",
  [ScalarType.BYTES]: "bytes",
};
