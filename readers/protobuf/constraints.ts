import {
  type Message as AnyMessage,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescOneof,
  getExtension,
  hasExtension,
  type Registry,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Limits, Logical, TypeRef } from "../../model/index.ts";
import { fromRe2 } from "./re2-pattern.ts";

/** What the constraints of a field make of it. */
export interface Constraints {
  readonly type: TypeRef;
  readonly required: boolean;
  readonly limits?: Limits;
  /** The rules that the model has no place for, as `string.prefix`. */
  readonly unread: readonly string[];
}

const fieldOption = "buf.validate.field";
const oneofOption = "buf.validate.oneof";

/** The custom options that are read here, by their full names. */
export const readOptions: ReadonlySet<string> = new Set([fieldOption, oneofOption]);

/**
 * Reads the Protovalidate rules of a field, by the names that their own descriptor has for them, so that no version of
 * `buf/validate/validate.proto` is presumed. A rule is read where the model says the same, neither more nor less.
 */
export function readConstraints(desc: DescField | DescExtension, type: TypeRef, registry: Registry): Constraints {
  const found = optionOf(desc, fieldOption, registry);
  if (found === undefined) return { type, required: false, unread: [] };
  if (found === "damaged") return { type, required: false, unread: [fieldOption] };
  const rules = namedValues(found.desc, found.value);
  // A rule that holds for some values only, by the author's choice, cannot be said of all.
  if (rules.has("ignore")) return { type, required: false, unread: [...rules.keys()] };

  const state: State = { type, limits: {}, unread: [] };
  for (const [name, value] of rules)
    if (name !== "required") {
      const parts = value.desc ? namedValues(value.desc, value.value as AnyMessage) : undefined;
      if (!parts) state.unread.push(name);
      else for (const [rule, { value: bound }] of parts) readRule(name, rule, bound, state);
      if (parts && isOutside(state.limits)) {
        state.unread.push(
          ...[...parts.keys()].filter((rule) => /^[gl]te?$/.test(rule)).map((rule) => `${name}.${rule}`),
        );
        state.limits = {};
      }
    }
  const required = rules.get("required")?.value === true && readRequired(desc, state);
  return {
    type: state.type,
    required: required || (isImplicit(desc) && excludesZero(state)),
    ...(Object.keys(state.limits).length > 0 && { limits: inOrder(state.limits) }),
    unread: state.unread,
  };
}

/** Whether one field of a oneof must be set. */
export function isRequiredOneof(desc: DescOneof, registry: Registry): boolean {
  const found = optionOf(desc, oneofOption, registry);
  return typeof found === "object" && namedValues(found.desc, found.value).get("required")?.value === true;
}

const limitKeys = ["minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems"] as const;

const inOrder = (limits: Limits): Limits =>
  Object.fromEntries(limitKeys.flatMap((key) => (limits[key] === undefined ? [] : [[key, limits[key]]])));

/** A lower bound above the upper one means the values outside of both. */
const isOutside = ({ minimum, maximum }: Limits): boolean =>
  minimum !== undefined && maximum !== undefined && minimum > maximum;

interface State {
  type: TypeRef;
  limits: { -readonly [K in keyof Limits]: Limits[K] };
  readonly unread: string[];
}

function readRule(kind: string, rule: string, bound: unknown, state: State): void {
  const read =
    state.type.kind === "list"
      ? kind === "repeated" && readListRule(rule, bound, state)
      : state.type.kind === "scalar" &&
        !state.type.logical &&
        (state.type.scalar === "string"
          ? kind === "string" && readStringRule(rule, bound, state)
          : readNumberRule(kind, rule, bound, state));
  if (!read) state.unread.push(`${kind}.${rule}`);
}

function readListRule(rule: string, bound: unknown, state: State): boolean {
  if (rule === "unique" && state.type.kind === "list") {
    if (bound === true) state.type = { ...state.type, unique: true };
    return true;
  }
  if (rule === "min_items") return setCount("minItems", bound, state);
  return rule === "max_items" && setCount("maxItems", bound, state);
}

function readStringRule(rule: string, bound: unknown, state: State): boolean {
  if (rule === "len") return setCount("minLength", bound, state) && setCount("maxLength", bound, state);
  if (rule === "min_len") return setCount("minLength", bound, state);
  if (rule === "max_len") return setCount("maxLength", bound, state);
  if (rule === "uuid" || rule === "uri") {
    const logical: Logical = { name: rule };
    if (bound === true) state.type = { kind: "scalar", scalar: "string", logical };
    return true;
  }
  const pattern = rule === "pattern" && typeof bound === "string" ? fromRe2(bound) : undefined;
  if (pattern !== undefined) state.limits.pattern = pattern;
  return pattern !== undefined;
}

/** Counts are 64 bits wide in the rules. */
function setCount(
  key: "minLength" | "maxLength" | "minItems" | "maxItems",
  bound: unknown,
  { limits }: State,
): boolean {
  const count = Number(bound);
  if (!Number.isSafeInteger(count)) return false;
  limits[key] = count;
  return true;
}

const integerRules = /^(?:[su]?int|s?fixed)(?:32|64)$/;

function readNumberRule(kind: string, rule: string, bound: unknown, { limits }: State): boolean {
  const isInteger = integerRules.test(kind);
  if (!isInteger && kind !== "float" && kind !== "double") return false;
  // JSON has no numbers that are not finite.
  if (!isInteger && rule === "finite") return true;
  if (typeof bound !== "number" && typeof bound !== "bigint") return false;
  // Bounds of the model are numbers: one that is rounded would be another.
  const value = Number(bound);
  if (isInteger ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false;
  if (rule === "const") limits.minimum = limits.maximum = value;
  else if (rule === "gte") limits.minimum = value;
  else if (rule === "lte") limits.maximum = value;
  else if (isInteger && rule === "gt") limits.minimum = value + 1;
  else if (isInteger && rule === "lt") limits.maximum = value - 1;
  else return false;
  return true;
}

/** A field that is required is there, and where absence means zero it is not zero. */
function readRequired(desc: DescField | DescExtension, { type, limits, unread }: State): boolean {
  if (desc.kind === "field" && desc.oneof) {
    unread.push("required");
    return false;
  }
  if (type.kind === "list") limits.minItems = Math.max(1, limits.minItems ?? 0);
  else if (isImplicit(desc) && type.kind === "scalar" && type.scalar === "string" && !type.logical)
    limits.minLength = Math.max(1, limits.minLength ?? 0);
  else if (isImplicit(desc) && !(type.kind === "scalar" && type.logical)) unread.push("required");
  return true;
}

/** True where a value that is absent is the zero of its type, and is checked as such. */
const isImplicit = (desc: DescField | DescExtension): boolean => desc.presence === FeatureSet_FieldPresence.IMPLICIT;

/** Where zero is no value, absence is none either. */
function excludesZero({ type, limits }: State): boolean {
  if (type.kind === "list") return (limits.minItems ?? 0) > 0;
  if (type.kind !== "scalar") return false;
  if (type.logical) return type.logical.name === "uuid" || type.logical.name === "uri";
  if (type.scalar === "string")
    return (limits.minLength ?? 0) > 0 || (limits.pattern !== undefined && !new RegExp(limits.pattern, "u").test(""));
  return (limits.minimum ?? 0) > 0 || (limits.maximum ?? 0) < 0;
}

interface Value {
  readonly value: unknown;
  /** The type of a message. */
  readonly desc?: DescMessage;
}

/** The fields of a message that are set, by their names. */
function namedValues(desc: DescMessage, message: AnyMessage): ReadonlyMap<string, Value> {
  const reflected = reflect(desc, message);
  return new Map<string, Value>(
    desc.fields
      .filter((field) => reflected.isSet(field))
      .map((field): [string, Value] => {
        const value = reflected.get(field);
        return field.fieldKind === "message"
          ? [field.name, { value: (value as { readonly message: AnyMessage }).message, desc: field.message }]
          : [field.name, { value }];
      }),
  );
}

/** The value of an option that is a message; `undefined` where it is not set. */
function optionOf(
  desc: DescField | DescExtension | DescOneof,
  name: string,
  registry: Registry,
): { readonly desc: DescMessage; readonly value: AnyMessage } | "damaged" | undefined {
  const option = registry.getExtension(name);
  const options = desc.proto.options;
  if (option?.fieldKind !== "message" || !options || option.extendee.typeName !== options.$typeName) return undefined;
  if (!hasExtension(options, option)) return undefined;
  try {
    return { desc: option.message, value: getExtension(options, option) as AnyMessage };
  } catch {
    return "damaged";
  }
}
