import { text } from "../sql.ts";
import { printType, type Type } from "./type.ts";

/** SQL about the value of a column. */
export type Of = (column: string) => string;

/** What becomes of a value without parts. */
export type ScalarChange =
  | { readonly how: "metadata" | "rewrite" }
  /** Lossless for a value that is itself again when it is turned back. */
  | { readonly how: "round-trip"; readonly why: string; readonly narrows: boolean }
  /** Lossless for values that do not meet a condition. */
  | { readonly how: "check"; readonly bad: Of; readonly why: string }
  | { readonly how: "copy"; readonly value: Of; readonly bad: Of; readonly why: string; readonly keeps: boolean }
  | { readonly how: "apart"; readonly why: string };

type Scalar =
  | { readonly kind: "integer"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: number }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "time"; readonly name: string; readonly scale: number; readonly zone: string }
  | { readonly kind: "enum"; readonly type: Type & { readonly kind: "enum" } }
  | { readonly kind: "bool" | "string" | "json" }
  | { readonly kind: "fixed"; readonly length: number }
  /** UUID, addresses: what has one spelling. */
  | { readonly kind: "word" };

const rewrite: ScalarChange = { how: "rewrite" };
const roundTrip = (why: string, narrows = true): ScalarChange => ({ how: "round-trip", why, narrows });

/** What a change between two types without parts does; `apart` for whatever is not known to be kept. */
export function scalarChange(from: Type, to: Type): ScalarChange {
  const [own, other] = [scalarOf(from), scalarOf(to)];
  const apart: ScalarChange = { how: "apart", why: `nothing says what a ${printType(from)} is as ${printType(to)}` };
  if (!own || !other) return apart;
  if (own.kind === "string") return fromString(other, to) ?? apart;
  if (other.kind === "string") return own.kind === "fixed" ? roundTrip("zeros at the end are cut") : rewrite;
  switch (own.kind) {
    case "bool":
      if (other.kind === "integer") return { how: other.bits === 8 && !other.signed ? "metadata" : "rewrite" };
      return other.kind === "float" || other.kind === "decimal" ? rewrite : apart;
    case "integer":
      return fromInteger(own, other) ?? apart;
    case "float":
      if (other.kind === "float") return other.bits > own.bits ? rewrite : roundTrip("digits are cut");
      return isNumber(other) || other.kind === "bool"
        ? roundTrip("fractions and large numbers have no place in it")
        : apart;
    case "decimal":
      if (
        other.kind === "decimal" &&
        other.scale >= own.scale &&
        other.precision - other.scale >= own.precision - own.scale
      )
        return rewrite;
      return isNumber(other) ? roundTrip("digits are cut") : apart;
    case "time":
      return fromTime(own, other) ?? apart;
    case "enum":
      return fromEnum(own.type, other) ?? apart;
    case "json":
      return other.kind === "json" ? roundTrip("what is stored in paths differs") : apart;
    default:
      return apart;
  }
}

const isNumber = ({ kind }: Scalar): boolean => kind === "integer" || kind === "float" || kind === "decimal";

function fromInteger(own: Scalar & { kind: "integer" }, other: Scalar): ScalarChange | undefined {
  switch (other.kind) {
    case "integer": {
      const fits = other.signed === own.signed ? other.bits >= own.bits : other.signed && other.bits > own.bits;
      return fits ? rewrite : roundTrip("larger or negative numbers have no place in it");
    }
    case "float":
      // A double counts to 2^53, a float to 2^24.
      return own.bits <= (other.bits === 64 ? 32 : 16) ? rewrite : roundTrip("large integers are rounded", false);
    case "decimal":
      return other.precision - other.scale >= Math.ceil(own.bits * 0.302) ? rewrite : roundTrip("it has fewer digits");
    case "bool":
      return roundTrip("a number other than 0 and 1 would be true");
    case "enum": {
      const known = other.type.values.map(({ number }) => number).join(", ");
      return {
        how: "check",
        bad: (c) => `isNotNull(${c}) AND ${c} NOT IN (${known})`,
        why: "a number without a name would stop it",
      };
    }
    default:
      return undefined;
  }
}

/** Text is read as a value; where a value has several spellings, any of them is as good. */
function fromString(other: Scalar, to: Type): ScalarChange | undefined {
  const target = text(printType(to));
  const parsed: ScalarChange = {
    how: "check",
    bad: (c) => `isNotNull(${c}) AND isNull(accurateCastOrNull(${c}, ${target}))`,
    why: "text that cannot be read would stop it",
  };
  switch (other.kind) {
    case "string":
      return rewrite;
    case "integer":
    case "float":
    case "decimal":
    case "bool":
      return roundTrip("text that cannot be read would stop it", false);
    case "enum": {
      const known = other.type.values.map(({ name }) => text(name)).join(", ");
      return {
        how: "check",
        bad: (c) => `isNotNull(${c}) AND ${c} NOT IN (${known})`,
        why: "a word without a number would stop it",
      };
    }
    case "time": {
      if (other.scale === 9) return parsed;
      const exact = text(`DateTime64(9${other.zone === "" ? "" : `, ${other.zone}`})`);
      const bad: Of = (c) =>
        `isNotNull(${c}) AND ifNull(accurateCastOrNull(${c}, ${target}) != accurateCastOrNull(${c}, ${exact}), true)`;
      return { how: "check", bad, why: "text that cannot be read would stop it, and digits are cut" };
    }
    case "word":
      return parsed;
    case "fixed":
      return {
        how: "check",
        bad: (c) => `length(${c}) != ${other.length}`,
        why: "shorter text is filled up, and longer text stops it",
      };
    case "json":
      // The order of members, blanks and nulls are no part of the JSON type.
      return {
        how: "copy",
        value: (c) => `CAST(${c}, ${target})`,
        bad: (c) => `isNotNull(${c}) AND isNull(accurateCastOrNull(${c}, ${target}))`,
        why: "the JSON type keeps no nulls, and not how a text is spelled",
        keeps: false,
      };
    default:
      return undefined;
  }
}

function fromTime(own: Scalar & { kind: "time" }, other: Scalar): ScalarChange | undefined {
  if (other.kind !== "time") return undefined;
  if (own.name === other.name && own.scale === other.scale) return rewrite;
  // Nanoseconds are counted from 1900 to 2262 only.
  if (own.name === "DateTime" && other.name === "DateTime64" && other.scale < 9) return rewrite;
  return roundTrip("it has fewer digits or a shorter span of time");
}

/** The numbers of an enum, where all of them are numbers of the other type. */
function fromEnum(own: Type & { readonly kind: "enum" }, other: Scalar): ScalarChange | undefined {
  if (other.kind !== "integer") return undefined;
  if (other.bits === own.bits && other.signed) return { how: "metadata" };
  const [least, most] = other.signed ? [-(2 ** (other.bits - 1)), 2 ** (other.bits - 1)] : [0, 2 ** other.bits];
  return own.values.every(({ number }) => number >= least && number < most) ? rewrite : undefined;
}

function scalarOf(type: Type): Scalar | undefined {
  if (type.kind === "enum") return { kind: "enum", type };
  if (type.kind !== "plain") return undefined;
  const { name, args } = type;
  const integer = /^(U?)Int(8|16|32|64|128|256)$/.exec(name);
  if (integer) return { kind: "integer", bits: Number(integer[2]), signed: integer[1] === "" };
  const number = (index: number): number => Number(args[index] ?? 0);
  switch (name) {
    case "Bool":
      return { kind: "bool" };
    case "String":
      return { kind: "string" };
    case "JSON":
      return { kind: "json" };
    case "FixedString":
      return { kind: "fixed", length: number(0) };
    case "Float32":
    case "Float64":
      return { kind: "float", bits: name === "Float32" ? 32 : 64 };
    case "Decimal":
      return { kind: "decimal", precision: number(0), scale: number(1) };
    case "DateTime":
      return { kind: "time", name, scale: 0, zone: args[0] ?? "" };
    case "DateTime64":
      return { kind: "time", name, scale: args.length > 0 ? number(0) : 3, zone: args[1] ?? "" };
    case "Date":
    case "Date32":
      return { kind: "time", name, scale: 0, zone: "" };
    case "UUID":
    case "IPv4":
    case "IPv6":
      return { kind: "word" };
    default:
      return undefined;
  }
}
