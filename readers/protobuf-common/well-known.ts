import { duration, jsonAny, jsonObject, list, scalar, type TypeRef, timestamp } from "../../model/index.ts";

/** What a type that comes with the compiler means in the model. */
export interface WellKnown {
  readonly type: TypeRef;
  /** True when JSON may write null for "not set", as it may for the wrappers. */
  readonly nullable?: boolean;
}

const wrapper = (type: TypeRef): WellKnown => ({ type, nullable: true });

/** The types whose JSON form is not that of their fields, each as what that form is. */
const wellKnown: ReadonlyMap<string, WellKnown> = new Map(
  Object.entries({
    Timestamp: { type: timestamp("protobuf") },
    Duration: { type: duration("protobuf") },
    Struct: { type: jsonObject },
    Value: { type: jsonAny },
    ListValue: { type: list(jsonAny) },
    NullValue: { type: jsonAny },
    // An object with the key "@type" and whatever the packed message has.
    Any: { type: jsonObject },
    Empty: { type: jsonObject },
    // The paths in one string, with commas between them.
    FieldMask: { type: scalar("string") },
    BoolValue: wrapper(scalar("bool")),
    Int32Value: wrapper(scalar("int32")),
    Int64Value: wrapper(scalar("int64")),
    UInt32Value: wrapper(scalar("uint32")),
    UInt64Value: wrapper(scalar("uint64")),
    FloatValue: wrapper(scalar("float32")),
    DoubleValue: wrapper(scalar("float64")),
    StringValue: wrapper(scalar("string")),
    BytesValue: wrapper(scalar("bytes")),
  } satisfies Record<string, WellKnown>),
);

const scope = "google.protobuf.";

/** The meaning of a well-known type by its full name. */
export const wellKnownType = (typeName: string): WellKnown | undefined =>
  typeName.startsWith(scope) ? wellKnown.get(typeName.slice(scope.length)) : undefined;

/** The file that must be imported to use a well-known type. */
export function wellKnownImport(typeName: string): string | undefined {
  const name = typeName.replace(/^\./, "").replace(scope, "");
  if (!wellKnown.has(name)) return undefined;
  if (/^(?:Struct|ListValue|Value|NullValue)$/.test(name)) return "google/protobuf/struct.proto";
  if (name.endsWith("Value")) return "google/protobuf/wrappers.proto";
  return `google/protobuf/${name === "FieldMask" ? "field_mask" : name.toLowerCase()}.proto`;
}
