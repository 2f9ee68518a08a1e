import type { WireField, WireType } from "./wire.ts";

/** A message that comes with Protobuf. */
export interface KnownMessage {
  /** Its name in `google.protobuf`. */
  readonly name: string;
  readonly fields: readonly (Pick<WireField, "number" | "shape" | "type" | "key" | "oneof"> & {
    readonly field: { readonly name: string };
  })[];
}

type KnownField = KnownMessage["fields"][number];

const scalar = (name: string): WireType => ({ kind: "scalar", name });
const known = (name: string): WireType => ({ kind: "known", name });
const single = (name: string, number: number, type: WireType): KnownField => ({
  field: { name },
  number,
  shape: "single",
  type,
});
const list = (name: string, number: number, type: WireType): KnownField => ({
  ...single(name, number, type),
  shape: "list",
});

const moment = [single("seconds", 1, scalar("int64")), single("nanos", 2, scalar("int32"))];
const wrapper = (type: string) => [single("value", 1, scalar(type))];

/** The messages that come with Protobuf and have a JSON form of their own, by their name in `google.protobuf`. */
export const knownMessages: ReadonlyMap<string, KnownMessage> = new Map(
  Object.entries({
    Timestamp: moment,
    Duration: moment,
    Any: [single("type_url", 1, scalar("string")), single("value", 2, scalar("bytes"))],
    Empty: [],
    FieldMask: [list("paths", 1, scalar("string"))],
    Struct: [{ ...single("fields", 1, known("Value")), shape: "map", key: "string" }],
    ListValue: [list("values", 1, known("Value"))],
    Value: [
      single("null_value", 1, known("NullValue")),
      single("number_value", 2, scalar("double")),
      single("string_value", 3, scalar("string")),
      single("bool_value", 4, scalar("bool")),
      single("struct_value", 5, known("Struct")),
      single("list_value", 6, known("ListValue")),
    ].map((field) => ({ ...field, oneof: "kind" })),
    BoolValue: wrapper("bool"),
    Int32Value: wrapper("int32"),
    Int64Value: wrapper("int64"),
    UInt32Value: wrapper("uint32"),
    UInt64Value: wrapper("uint64"),
    FloatValue: wrapper("float"),
    DoubleValue: wrapper("double"),
    StringValue: wrapper("string"),
    BytesValue: wrapper("bytes"),
  } satisfies Record<string, readonly KnownField[]>).map(([name, fields]) => [name, { name, fields }]),
);
