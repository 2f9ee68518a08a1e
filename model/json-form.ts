import type { StringFormat } from "./formats.ts";
import { assertNever } from "./json.ts";
import type {
  Enum,
  EnumValue,
  Field,
  JsonProfile,
  Limits,
  Logical,
  MapKey,
  Message,
  Name,
  Scalar,
  TypeRef,
} from "./model.ts";
import { lowerCamelCase } from "./names.ts";

/**
 * How a type looks in JSON once its system's profile is applied. Types, schemas, validators and samples are all made from
 * this one reading of the profile, so that they cannot disagree.
 */
export type JsonForm =
  | { readonly kind: "boolean" }
  | {
      readonly kind: "string";
      readonly format?: StringFormat;
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
    }
  /** A JSON number without fraction; the bounds are exact as doubles. */
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "named"; readonly name: Name }
  | {
      readonly kind: "list";
      readonly item: JsonForm;
      readonly unique?: boolean;
      readonly minItems?: number;
      readonly maxItems?: number;
    }
  | { readonly kind: "map"; readonly key: MapKey; readonly value: JsonForm }
  | { readonly kind: "union"; readonly variants: readonly JsonForm[] }
  /** Any JSON object. */
  | { readonly kind: "object" }
  /** Any JSON value. */
  | { readonly kind: "any" };

/** A field as a property of a JSON object. */
export interface PropertyForm {
  /** The key in JSON. */
  readonly name: string;
  readonly field: Field;
  readonly form: JsonForm;
  readonly required: boolean;
  readonly nullable: boolean;
}

/** A message as a JSON object. */
export interface ObjectForm {
  readonly properties: readonly PropertyForm[];
  /** Groups of keys of which at most one may be present (exactly one, when required). */
  readonly oneofs: readonly { readonly name: string; readonly keys: readonly string[]; readonly required: boolean }[];
  readonly open: boolean;
}

/** The integers a scalar holds, as the outermost doubles inside its range. */
export const integerBounds = {
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [-(2 ** 63), 2 ** 63 - 1024],
  uint64: [0, 2 ** 64 - 2048],
} as const;

/** The key a field has in JSON. */
export const jsonKey = (field: Pick<Field, "name" | "jsonName">, profile: JsonProfile): string =>
  profile.fieldNames === "lowerCamel" ? (field.jsonName ?? lowerCamelCase(field.name)) : field.name;

/** The form of a type under a profile, limits included. */
export function jsonForm(type: TypeRef, profile: JsonProfile, limits: Limits = {}): JsonForm {
  switch (type.kind) {
    case "scalar":
      return scalarForm(type.scalar, type.logical, profile, limits);
    case "named":
      return { kind: "named", name: type.name };
    case "list":
      return {
        kind: "list",
        item: jsonForm(type.item, profile),
        ...(type.unique && { unique: true }),
        ...pick(limits, "minItems", "maxItems"),
      };
    case "map":
      return { kind: "map", key: type.key, value: jsonForm(type.value, profile) };
    case "union":
      return { kind: "union", variants: type.variants.map((variant) => jsonForm(variant, profile)) };
    case "literal":
      return type;
    case "json":
      return { kind: type.only ?? "any" };
    case "unstated":
      return { kind: "any" };
    default:
      return assertNever(type);
  }
}

/** A message's fields as properties, in its own order. */
export function objectForm(message: Pick<Message, "fields" | "oneofs" | "open">, profile: JsonProfile): ObjectForm {
  const keys = new Map(message.fields.map((field) => [field.name, jsonKey(field, profile)]));
  return {
    properties: message.fields.map((field) => propertyForm(field, profile)),
    oneofs: (message.oneofs ?? []).map(({ name, fields, required }) => ({
      name,
      keys: fields.map((field) => keys.get(field) ?? field),
      required,
    })),
    open: message.open ?? false,
  };
}

/** One field as a property. */
export function propertyForm(field: Field, profile: JsonProfile): PropertyForm {
  return {
    name: jsonKey(field, profile),
    field,
    form: jsonForm(field.type, profile, field.limits),
    required: field.presence === "required",
    nullable: field.nullable ?? false,
  };
}

/** What an enum's value is in JSON. Values without a number always travel by name. */
export const enumJson = (value: EnumValue, profile: JsonProfile): string | number =>
  profile.enums === "number" && value.number !== undefined ? value.number : value.name;

/** All JSON values of an enum, in its own order, each once. */
export const enumJsonValues = (decl: Enum, profile: JsonProfile): readonly (string | number)[] => [
  ...new Set(decl.values.map((value) => enumJson(value, profile))),
];

function scalarForm(scalar: Scalar, logical: Logical | undefined, profile: JsonProfile, limits: Limits): JsonForm {
  if (logical) {
    const form = logicalForm(logical, profile);
    if (form) return form.kind === "string" ? { ...form, ...pick(limits, "minLength", "maxLength", "pattern") } : form;
  }
  switch (scalar) {
    case "bool":
      return { kind: "boolean" };
    case "int32":
    case "uint32":
      return integer(scalar, limits);
    case "int64":
    case "uint64":
      return profile.int64 === "string" ? { kind: "string", format: scalar } : integer(scalar, limits);
    case "float32":
    case "float64":
    case "number":
      return { kind: "number", ...pick(limits, "minimum", "maximum") };
    case "string":
      return { kind: "string", ...pick(limits, "minLength", "maxLength", "pattern") };
    case "bytes":
      return { kind: "string", format: "base64" };
    default:
      return assertNever(scalar);
  }
}

function logicalForm(logical: Logical, profile: JsonProfile): JsonForm | undefined {
  switch (logical.name) {
    case "uuid":
    case "uri":
    case "ip":
    case "json":
      return { kind: "string", format: logical.name };
    case "timestamp": {
      const encoding = logical.encoding === "protobuf" ? profile.timestamp : logical.encoding;
      return encoding === "rfc3339" ? { kind: "string", format: "date-time" } : integer("int64", {});
    }
    case "duration": {
      const encoding = logical.encoding === "protobuf" ? profile.duration : logical.encoding;
      if (encoding === "seconds-string") return { kind: "string", format: "duration-seconds" };
      if (encoding === "iso8601") return { kind: "string", format: "duration-iso8601" };
      return encoding === "millis" ? integer("int64", {}) : { kind: "number" };
    }
    default:
      return assertNever(logical);
  }
}

function integer(scalar: keyof typeof integerBounds, limits: Limits): JsonForm {
  const [minimum, maximum] = integerBounds[scalar];
  return {
    kind: "integer",
    minimum: Math.max(minimum, limits.minimum ?? minimum),
    maximum: Math.min(maximum, limits.maximum ?? maximum),
  };
}

function pick<K extends keyof Limits>(limits: Limits, ...keys: readonly K[]): Pick<Limits, K> {
  return Object.fromEntries(keys.flatMap((key) => (limits[key] === undefined ? [] : [[key, limits[key]]]))) as Pick<
    Limits,
    K
  >;
}
