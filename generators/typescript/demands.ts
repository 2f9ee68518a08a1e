import {
  assertNever,
  formats,
  type JsonForm,
  type JsonProfile,
  jsonForm,
  type Limits,
  type Logical,
  type Scalar,
  type TypeRef,
} from "../../model/index.ts";

/**
 * What a type asks of a value that its TypeScript type does not say, in words: "a UUID", "a 32-bit integer". Comments tell
 * it to people and the ledger counts it: a type without such demands is exact.
 */
export function demandsOf(type: TypeRef, profile: JsonProfile, limits: Limits = {}): readonly string[] {
  switch (type.kind) {
    case "scalar":
      return scalarDemands(type, profile, limits);
    case "list": {
      const items = demandsOf(type.item, profile);
      return [
        ...(items.length > 0 ? [`each item ${items.join(", ")}`] : []),
        ...range(limits.minItems, limits.maxItems, "item"),
        ...(type.unique ? ["no item twice"] : []),
      ];
    }
    case "map": {
      const key = type.key === "string" ? [] : [type.key === "bool" ? "true or false" : integerWords[type.key]];
      const values = demandsOf(type.value, profile);
      return [
        ...key.map((words) => `each key ${words}`),
        ...(values.length > 0 ? [`each value ${values.join(", ")}`] : []),
      ];
    }
    case "union": {
      const variants = type.variants.map((variant) => demandsOf(variant, profile).join(", "));
      return variants.some((words) => words !== "") ? [[...new Set(variants.filter(Boolean))].join(" or ")] : [];
    }
    case "named":
    case "literal":
    case "json":
    case "unstated":
      return [];
    default:
      return assertNever(type);
  }
}

/** True when a value can be an integer that a JavaScript number rounds. */
export function isRounded(type: TypeRef, profile: JsonProfile, limits: Limits = {}): boolean {
  switch (type.kind) {
    case "scalar":
      return exceedsDouble(jsonForm(type, profile, limits));
    case "list":
      return isRounded(type.item, profile);
    case "map":
      return isRounded(type.value, profile);
    case "union":
      return type.variants.some((variant) => isRounded(variant, profile));
    case "named":
    case "literal":
    case "json":
    case "unstated":
      return false;
    default:
      return assertNever(type);
  }
}

const integerWords = {
  int32: "a 32-bit integer",
  uint32: "an unsigned 32-bit integer",
  int64: "a 64-bit integer",
  uint64: "an unsigned 64-bit integer",
} as const;

const exceedsDouble = (form: JsonForm): boolean =>
  form.kind === "integer" && (form.minimum < Number.MIN_SAFE_INTEGER || form.maximum > Number.MAX_SAFE_INTEGER);

function scalarDemands(type: TypeRef & { kind: "scalar" }, profile: JsonProfile, limits: Limits): readonly string[] {
  const form = jsonForm(type, profile, limits);
  switch (form.kind) {
    case "string":
      return [
        ...(form.format ? [formats[form.format].words] : []),
        ...range(form.minLength, form.maxLength, "character"),
        ...(form.pattern === undefined ? [] : [`a match of /${form.pattern}/`]),
      ];
    case "integer":
    case "number": {
      const words = numberWords(type.scalar, type.logical, profile);
      const rounded = !type.logical && exceedsDouble(form);
      return [...(words ? [words] : []), ...(rounded ? ["exact up to 2^53"] : []), ...bounds(limits)];
    }
    default:
      return [];
  }
}

function numberWords(scalar: Scalar, logical: Logical | undefined, profile: JsonProfile): string | undefined {
  if (logical?.name === "timestamp") {
    const encoding = logical.encoding === "protobuf" ? profile.timestamp : logical.encoding;
    return encoding === "epoch-millis" ? "milliseconds since the Unix epoch" : "seconds since the Unix epoch";
  }
  if (logical?.name === "duration") {
    const encoding = logical.encoding === "protobuf" ? profile.duration : logical.encoding;
    return encoding === "millis" ? "a duration in milliseconds" : "a duration in seconds";
  }
  switch (scalar) {
    case "int32":
    case "uint32":
    case "int64":
    case "uint64":
      return integerWords[scalar];
    case "float32":
      return "a 32-bit float";
    default:
      return undefined;
  }
}

const bounds = ({ minimum, maximum }: Limits): readonly string[] => [
  ...(minimum === undefined ? [] : [`at least ${minimum}`]),
  ...(maximum === undefined ? [] : [`at most ${maximum}`]),
];

function range(least: number | undefined, most: number | undefined, unit: string): readonly string[] {
  const counted = (count: number): string => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (least !== undefined && least === most) return [`exactly ${counted(least)}`];
  return [
    ...(least ? [`at least ${counted(least)}`] : []),
    ...(most === undefined ? [] : [`at most ${counted(most)}`]),
  ];
}
