import { assertNever, type Enum, type WireField, type WireType } from "../../../model/index.ts";
import type { Reading } from "../sides.ts";
import { type Verdict, worst } from "../verdict.ts";

/**
 * What becomes of a field in binary when it is read as another one. A reader has nothing but the number and the wire type:
 * where that differs it cannot find the end of the value, and where it agrees it takes the bits for its own.
 */
export function readWire(from: WireField, to: WireField, reading: Reading, asked = new Set<string>()): Verdict {
  const value = readType(from.type, to.type, reading, asked);
  if (from.shape === "map" || to.shape === "map") {
    if (from.shape === "map" && to.shape === "map") return worst([readScalar(from.key ?? "", to.key ?? ""), value]);
    return "breaking";
  }
  if (from.shape === to.shape) return value;
  // A list of numbers is packed into one value behind its length, which no single number can be read from; one that is not
  // packed is read as a list of one.
  if (from.shape === "list" && isPacked(from.type)) return "breaking";
  return worst(["lossy", value]);
}

function readType(from: WireType, to: WireType, reading: Reading, asked: Set<string>): Verdict {
  switch (from.kind) {
    case "scalar":
      if (to.kind === "scalar") return readScalar(from.name, to.name);
      if (to.kind === "enum") return isVarint(from.name) ? "lossy" : "breaking";
      return "breaking";
    case "enum":
      if (to.kind === "enum") return readEnum(from.decl, to.decl, reading);
      return to.kind === "scalar" && isVarint(to.name) ? "lossy" : "breaking";
    case "known":
      if (to.kind === "known") return from.name === to.name ? "safe" : "breaking";
      return to.kind === "scalar" && to.name === "bytes" ? "lossy" : "breaking";
    case "message":
      if (to.kind === "scalar") return to.name === "bytes" && !from.delimited ? "lossy" : "breaking";
      if (to.kind !== "message" || (from.delimited ?? false) !== (to.delimited ?? false)) return "breaking";
      return readMessage(from.name, to.name, reading, asked);
    default:
      return assertNever(from);
  }
}

/** Another message is read field by field, by number. */
function readMessage(from: string, to: string, reading: Reading, asked: Set<string>): Verdict {
  const pair = `${from} ${to}`;
  if (reading.isSame(from, to) || asked.has(pair)) return "safe";
  asked.add(pair);
  const [written, read] = [reading.writer.wireFields(from), reading.reader.wireFields(to)];
  if (!written || !read) return "breaking";
  const numbers = new Map(read.map((field) => [field.number, field]));
  return worst(
    written.map((field) => {
      const other = numbers.get(field.number);
      if (!other) return "unknown-field";
      const value = readWire(field, other, reading, asked);
      return field.field.presence === other.field.presence && field.oneof === other.oneof
        ? value
        : worst(["lossy", value]);
    }),
  );
}

function readEnum(from: Enum, to: Enum, { isSame }: Reading): Verdict {
  if (isSame(from.name, to.name)) return "safe";
  const known = new Map(to.values.map(({ name, number }) => [number, name]));
  return from.values.every(({ name, number }) => known.get(number) === name) ? "safe" : "lossy";
}

/** The scalars by how they lie on the wire, with the values they hold. */
const varints: Readonly<Record<string, readonly [bigint, bigint]>> = {
  bool: [0n, 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};
const families: readonly (readonly string[])[] = [
  ["sint32", "sint64", ...Object.keys(varints)],
  ["fixed32", "sfixed32", "float"],
  ["fixed64", "sfixed64", "double"],
  ["string", "bytes"],
];

const isVarint = (name: string): boolean => families[0]?.includes(name) ?? false;

const isPacked = (type: WireType): boolean =>
  type.kind === "enum" || (type.kind === "scalar" && type.name !== "string" && type.name !== "bytes");

/** What becomes of a scalar that is read as another. */
export function readScalar(from: string, to: string): Verdict {
  if (from === to) return "safe";
  if (!families.some((family) => family.includes(from) && family.includes(to))) return "breaking";
  // Text is checked to be UTF-8 where it is read.
  if (to === "string") return "breaking";
  if (from === "sint32" && to === "sint64") return "safe";
  const [own, other] = [varints[from], varints[to]];
  return own && other && own[0] >= other[0] && own[1] <= other[1] ? "safe" : "lossy";
}
