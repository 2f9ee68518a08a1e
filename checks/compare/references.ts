import type { ChangeKind } from "./change.ts";

/** Rules of other tools that look at the same fact, by the names they have there. */
export const references = (target: string, fact: ChangeKind): readonly string[] => table[target]?.[fact] ?? [];

type References = Partial<Record<ChangeKind, readonly string[]>>;

const buf = (...names: readonly string[]): readonly string[] => names.map((name) => `buf ${name}`);

const binary: References = {
  "event.retyped": buf("FIELD_WIRE_COMPATIBLE_TYPE"),
  "field.removed": buf("FIELD_NO_DELETE", "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"),
  "field.renamed": buf("FIELD_SAME_NAME"),
  "field.renumbered": buf("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"),
  "field.type": buf("FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"),
  "field.wire": buf("FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"),
  "field.map-key": buf("FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"),
  "field.cardinality": buf("FIELD_SAME_CARDINALITY", "FIELD_WIRE_COMPATIBLE_CARDINALITY"),
  "field.default": buf("FIELD_SAME_DEFAULT"),
  "field.presence": buf("MESSAGE_SAME_REQUIRED_FIELDS", "FIELD_SAME_CARDINALITY"),
  "oneof.entered": buf("FIELD_SAME_ONEOF"),
  "oneof.left": buf("FIELD_SAME_ONEOF"),
  "oneof.moved": buf("FIELD_SAME_ONEOF"),
  "oneof.removed": buf("ONEOF_NO_DELETE"),
  "oneof.renamed": buf("ONEOF_NO_DELETE", "FIELD_SAME_ONEOF"),
  "reserved.removed": buf("RESERVED_MESSAGE_NO_DELETE"),
  "type.removed": buf("MESSAGE_NO_DELETE", "ENUM_NO_DELETE"),
  "type.renamed": buf("MESSAGE_NO_DELETE", "ENUM_NO_DELETE"),
  "type.openness": buf("ENUM_SAME_TYPE"),
  "value.removed": buf("ENUM_VALUE_NO_DELETE", "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED"),
  "value.renamed": buf("ENUM_VALUE_SAME_NAME"),
  "value.renumbered": buf("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED"),
  "value.swapped": buf("ENUM_VALUE_SAME_NAME"),
};

const confluent = (...names: readonly string[]): readonly string[] => names.map((name) => `Confluent ${name}`);

const schema: References = {
  "field.renamed": confluent("PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL"),
  "field.type": confluent("TYPE_CHANGED", "TYPE_NARROWED"),
  "field.cardinality": confluent("TYPE_CHANGED"),
  "field.presence": confluent("REQUIRED_ATTRIBUTE_ADDED"),
  "field.limits": confluent("MAXIMUM_DECREASED", "MINIMUM_INCREASED", "MAX_LENGTH_DECREASED", "PATTERN_CHANGED"),
  "value.removed": confluent("ENUM_ARRAY_NARROWED"),
  "value.renamed": confluent("ENUM_ARRAY_CHANGED"),
  "variant.removed": confluent("SUM_TYPE_NARROWED"),
};

const avro: References = {
  "field.added": ["Avro READER_FIELD_MISSING_DEFAULT_VALUE"],
  "field.removed": ["Avro READER_FIELD_MISSING_DEFAULT_VALUE"],
  "field.renamed": ["Avro READER_FIELD_MISSING_DEFAULT_VALUE"],
  "field.type": ["Avro TYPE_MISMATCH"],
  "field.cardinality": ["Avro TYPE_MISMATCH"],
  "field.presence": ["Avro MISSING_UNION_BRANCH", "Avro TYPE_MISMATCH"],
  "field.nullable": ["Avro MISSING_UNION_BRANCH", "Avro TYPE_MISMATCH"],
  "event.renamed": ["Avro NAME_MISMATCH"],
  "type.renamed": ["Avro NAME_MISMATCH"],
  "value.added": ["Avro MISSING_ENUM_SYMBOLS"],
  "value.removed": ["Avro MISSING_ENUM_SYMBOLS"],
  "value.renamed": ["Avro MISSING_ENUM_SYMBOLS"],
  "variant.added": ["Avro MISSING_UNION_BRANCH"],
  "variant.removed": ["Avro MISSING_UNION_BRANCH"],
};

const table: Readonly<Record<string, References>> = {
  protobuf: binary,
  "protobuf-json": {
    ...binary,
    "field.removed": buf("FIELD_NO_DELETE_UNLESS_NAME_RESERVED"),
    "field.renamed": buf("FIELD_SAME_NAME", "FIELD_SAME_JSON_NAME"),
    "field.json-name": buf("FIELD_SAME_JSON_NAME"),
    "field.renumbered": [],
    "field.type": buf("FIELD_WIRE_JSON_COMPATIBLE_TYPE"),
    "field.wire": buf("FIELD_WIRE_JSON_COMPATIBLE_TYPE"),
    "field.map-key": buf("FIELD_WIRE_JSON_COMPATIBLE_TYPE"),
    "field.cardinality": buf("FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY"),
    "value.removed": buf("ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED"),
    "value.renumbered": buf("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED"),
  },
  "json-schema": {
    ...schema,
    "field.added": confluent("REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL"),
    "field.removed": confluent("PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL"),
  },
  "json-schema-open": {
    ...schema,
    "field.added": confluent("PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL"),
    "field.renamed": confluent("PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL"),
  },
  avro,
};
