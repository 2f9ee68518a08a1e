import {
  assertNever,
  type Enum,
  enumJson,
  type Field,
  type JsonProfile,
  jsonForm,
  jsonKey,
  type Message,
  type StringFormat,
  type TypeRef,
  unalias,
  type View,
} from "../../pipeline/index.ts";
import { type WireValue, wireText } from "../../verify/index.ts";

/** A place where two values do not mean the same. */
export interface Difference {
  /** A JSON pointer into the first of them. */
  readonly pointer: string;
  readonly wanted: string;
  readonly got: string;
}

/** How to compare. */
export interface Comparison {
  readonly view: View;
  readonly profile: JsonProfile;
  /**
   * True where the second value was written by a database, which has forms of its own: enums by symbol, 64-bit integers as
   * numbers, columns that nobody declared.
   */
  readonly cells?: boolean;
}

type Part = WireValue | undefined;

/**
 * Where two values of a type differ in meaning. The same moment, duration or UUID may be written in several ways, a key that
 * is absent may be written as what its absence means; every other difference counts.
 */
export function messageDifferences(
  message: Message,
  wanted: WireValue,
  got: WireValue,
  how: Comparison,
  pointer = "",
): readonly Difference[] {
  if (!isRecord(wanted) || !isRecord(got)) return differ(pointer, wanted, got);
  const keys = new Set<string>();
  const found = message.fields.flatMap((field) => {
    const key = jsonKey(field, how.profile);
    keys.add(key);
    return fieldDifferences(field, own(wanted, key), own(got, key), how, at(pointer, key));
  });
  const others = new Set([...Object.keys(wanted), ...(how.cells ? [] : Object.keys(got))]);
  const more = [...others].filter((key) => !keys.has(key));
  return [...found, ...more.flatMap((key) => jsonDifferences(own(wanted, key), own(got, key), at(pointer, key)))];
}

function fieldDifferences(
  field: Field,
  wanted: Part,
  got: Part,
  how: Comparison,
  pointer: string,
): readonly Difference[] {
  const absent = (part: Part): boolean => part === undefined || (part === null && !field.nullable);
  if (absent(wanted) && absent(got)) return [];
  if (wanted === null || wanted === undefined || got === null || got === undefined) {
    if (wanted === got) return [];
    const present = absent(wanted) ? got : wanted;
    const other = absent(wanted) ? wanted : got;
    if (absent(other) && present !== undefined && field.presence === "implicit" && isZero(field.type, present, how))
      return [];
    return differ(pointer, wanted, got);
  }
  return differences(field.type, wanted, got, how, pointer);
}

/** Where two values of a type differ in meaning. */
export function differences(
  type: TypeRef,
  wanted: WireValue,
  got: WireValue,
  how: Comparison,
  pointer = "",
): readonly Difference[] {
  const plain = unalias(type, how.view);
  switch (plain.kind) {
    case "scalar":
      return scalarsEqual(plain, wanted, got, how) ? [] : differ(pointer, wanted, got);
    case "literal":
      return wanted === got ? [] : differ(pointer, wanted, got);
    case "list":
      if (!Array.isArray(wanted) || !Array.isArray(got) || wanted.length !== got.length)
        return differ(pointer, wanted, got);
      return wanted.flatMap((item, i) => differences(plain.item, item, got[i] ?? null, how, at(pointer, i)));
    case "map": {
      if (!isRecord(wanted) || !isRecord(got)) return differ(pointer, wanted, got);
      return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) => {
        const [a, b] = [own(wanted, key), own(got, key)];
        if (a === undefined || b === undefined) return differ(at(pointer, key), a, b);
        return differences(plain.value, a, b, how, at(pointer, key));
      });
    }
    case "union":
      return fewest(plain.variants, wanted, got, how, pointer);
    case "json":
    case "unstated":
      return jsonDifferences(wanted, got, pointer);
    case "named": {
      const decl = how.view.type(plain.name);
      if (decl.kind === "message") return messageDifferences(decl, wanted, got, how, pointer);
      if (decl.kind === "enum") return enumsEqual(decl, wanted, got, how) ? [] : differ(pointer, wanted, got);
      if (decl.kind === "union") return fewest(decl.variants, wanted, got, how, pointer);
      return jsonDifferences(wanted, got, pointer);
    }
    default:
      return assertNever(plain);
  }
}

/** A union's value is compared as the variant in which least differs. */
function fewest(variants: readonly TypeRef[], wanted: WireValue, got: WireValue, how: Comparison, pointer: string) {
  let best: readonly Difference[] = differ(pointer, wanted, got);
  for (const [i, variant] of variants.entries()) {
    const found = differences(variant, wanted, got, how, pointer);
    if (found.length === 0) return found;
    if (i === 0 || found.length < best.length) best = found;
  }
  return best;
}

/** Free-form JSON: every key and every null counts, numbers by value. */
function jsonDifferences(wanted: Part, got: Part, pointer: string): readonly Difference[] {
  if (isRecord(wanted) && isRecord(got))
    return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].flatMap((key) =>
      jsonDifferences(own(wanted, key), own(got, key), at(pointer, key)),
    );
  if (Array.isArray(wanted) && Array.isArray(got) && wanted.length === got.length)
    return wanted.flatMap((item, i) => jsonDifferences(item, got[i], at(pointer, i)));
  if (isNumber(wanted) && isNumber(got)) return numbersEqual(wanted, got) ? [] : differ(pointer, wanted, got);
  return wanted === got ? [] : differ(pointer, wanted, got);
}

function scalarsEqual(
  type: Extract<TypeRef, { kind: "scalar" }>,
  wanted: WireValue,
  got: WireValue,
  { profile, cells }: Comparison,
): boolean {
  const form = jsonForm(type, profile);
  // A database counts what JSON wrote as text to keep its digits.
  if (cells && form.kind === "string" && (form.format === "int64" || form.format === "uint64"))
    return typeof wanted === "string" && isNumber(got) && numbersEqual(BigInt(wanted), got);
  if (form.kind === "string" && typeof wanted === "string" && typeof got === "string")
    return wanted === got || textsEqual(form.format, wanted, got);
  if (isNumber(wanted) && isNumber(got)) {
    if (numbersEqual(wanted, got)) return true;
    // How many of a double's digits are written is nobody's promise: the shortest text that is read as it, or all of them.
    if (form.kind === "number" && Number(wanted) === Number(got)) return true;
    // A 32-bit float is the nearest of the numbers that it can hold.
    return type.scalar === "float32" && Math.fround(Number(wanted)) === Math.fround(Number(got));
  }
  return wanted === got;
}

function textsEqual(format: StringFormat | undefined, a: string, b: string): boolean {
  if (format === "uuid") return a.toLowerCase() === b.toLowerCase();
  if (format === "date-time") return nanosOf(a) === nanosOf(b);
  if (format === "duration-seconds") return durationNanos(a) === durationNanos(b);
  return false;
}

function enumsEqual(decl: Enum, wanted: WireValue, got: WireValue, { profile, cells }: Comparison): boolean {
  if (isNumber(wanted) && isNumber(got)) return numbersEqual(wanted, got);
  if (wanted === got) return true;
  return Boolean(cells && decl.values.some((value) => value.name === got && enumJson(value, profile) === wanted));
}

/** True for the value that an absent field stands for. */
function isZero(type: TypeRef, value: WireValue, how: Comparison): boolean {
  const plain = unalias(type, how.view);
  if (value === "" || value === false || value === 0 || value === 0n) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (plain.kind === "map" || plain.kind === "json") return isEmpty(value);
  if (plain.kind === "scalar") {
    const { format } = jsonForm(plain, how.profile) as { readonly format?: StringFormat };
    return (format === "int64" || format === "uint64") && value === "0";
  }
  if (plain.kind !== "named") return false;
  const decl = how.view.type(plain.name);
  if (decl.kind === "enum") {
    const zero = decl.values.find(({ number }) => number === 0);
    return zero !== undefined && enumsEqual(decl, enumJson(zero, how.profile), value, how);
  }
  if (decl.kind === "external") return isEmpty(value);
  if (decl.kind !== "message" || !isRecord(value)) return false;
  return decl.fields.every((field) => {
    const part = own(value, jsonKey(field, how.profile));
    return part === undefined || part === null || isZero(field.type, part, how);
  });
}

const isEmpty = (value: WireValue): boolean => isRecord(value) && Object.keys(value).length === 0;

/** The moment of an RFC 3339 text in nanoseconds since 1970. */
export function nanosOf(text: string): bigint | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return undefined;
  return BigInt(Date.parse(`${parts[1]}${parts[3]}`)) * 1_000_000n + BigInt((parts[2] ?? "").padEnd(9, "0"));
}

function durationNanos(text: string): bigint | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d{1,9}))?s$/.exec(text);
  if (!parts) return undefined;
  const nanos = BigInt(parts[2] ?? "0") * 1_000_000_000n + BigInt((parts[3] ?? "").padEnd(9, "0"));
  return parts[1] === "-" ? -nanos : nanos;
}

const isNumber = (part: Part): part is number | bigint => typeof part === "number" || typeof part === "bigint";

/** By value: 1 and 1n are the same, 2^53 + 1 and its nearest double are not. */
const numbersEqual = (a: number | bigint, b: number | bigint): boolean =>
  a === b || (typeof a !== typeof b && Number.isInteger(Number(a)) && BigInt(a) === BigInt(b));

/** True for a JSON object. */
export const isRecord = (part: Part): part is { readonly [key: string]: WireValue } =>
  typeof part === "object" && part !== null && !Array.isArray(part);

/** A key's own value: `constructor` is only a key. */
export const own = (record: { readonly [key: string]: WireValue }, key: string): Part =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The pointer to a member. */
export const at = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`;

const differ = (pointer: string, wanted: Part, got: Part): readonly Difference[] => [
  { pointer, wanted: show(wanted), got: show(got) },
];

function show(part: Part): string {
  if (part === undefined) return "nothing";
  const text = wireText(part);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
