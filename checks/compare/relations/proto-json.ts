import { assertNever, type Field, lowerCamelCase, type WireField, type WireType } from "../../../model/index.ts";
import type { Reading } from "../sides.ts";
import { type Verdict, worst } from "../verdict.ts";
import { acceptsKey } from "./json.ts";

/** The key of a field in the JSON mapping of Protobuf. */
export const protoJsonKey = ({ jsonName, name }: Pick<Field, "name" | "jsonName">): string =>
  jsonName ?? lowerCamelCase(name);

/** A parser takes the key of the mapping, and the name as it is declared. */
export const takesKey = (written: Pick<Field, "name" | "jsonName">, read: Pick<Field, "name" | "jsonName">): boolean =>
  [read.name, protoJsonKey(read)].includes(protoJsonKey(written));

/** What becomes of a field in Protobuf's JSON when it is read as another one. */
export function readProtoJson(from: WireField, to: WireField, reading: Reading, asked = new Set<string>()): Verdict {
  if (to.shape === "single" && to.type.kind === "known") {
    const { name } = to.type;
    if (name === "Value" || (name === "ListValue" && from.shape === "list")) return "safe";
    if (name === "Struct" && (from.shape === "map" || (from.shape === "single" && from.type.kind === "message")))
      return "safe";
  }
  if (from.shape !== to.shape) return "breaking";
  if (from.shape === "map" && !acceptsKey(usual(from.key ?? ""), usual(to.key ?? ""))) return "breaking";
  return readType(from.type, to.type, reading, asked);
}

function readType(from: WireType, to: WireType, reading: Reading, asked: Set<string>): Verdict {
  if (from.kind === "known" || to.kind === "known") return readKnown(from, to);
  switch (from.kind) {
    case "scalar":
      if (to.kind === "scalar") return readScalar(usual(from.name), usual(to.name));
      // A number is taken for a value of the enum, listed or not.
      return to.kind === "enum" && usual(from.name) === "int32" ? "lossy" : "breaking";
    case "enum": {
      if (to.kind === "scalar") return to.name === "string" ? "safe" : "breaking";
      if (to.kind !== "enum") return "breaking";
      if (reading.isSame(from.decl.name, to.decl.name)) return "safe";
      const known = new Set(to.decl.values.map(({ name }) => name));
      return from.decl.values.every(({ name }) => known.has(name)) ? "safe" : "breaking";
    }
    case "message":
      return to.kind === "message" ? readMessage(from.name, to.name, reading, asked) : "breaking";
    default:
      return assertNever(from);
  }
}

/** The types that come with Protobuf have forms of their own in JSON: texts, bare values, any value. */
function readKnown(from: WireType, to: WireType): Verdict {
  const [own, other] = [wrapped(from), wrapped(to)];
  if (own !== undefined && other !== undefined) {
    const value = readScalar(own, other);
    // Null is a value of a wrapper, and nothing elsewhere.
    return from.kind === "known" && to.kind !== "known" ? worst(["lossy", value]) : value;
  }
  if (from.kind === "known" && to.kind === "known") return from.name === to.name ? "safe" : "breaking";
  if (to.kind === "known") return to.name === "Value" ? "safe" : "breaking";
  const isText = from.kind === "known" && ["Timestamp", "Duration", "FieldMask"].includes(from.name);
  return isText && to.kind === "scalar" && to.name === "string" ? "safe" : "breaking";
}

function wrapped(type: WireType): string | undefined {
  if (type.kind === "scalar") return usual(type.name);
  const inner =
    type.kind === "known" ? /^(Bool|U?Int(?:32|64)|Float|Double|String|Bytes)Value$/.exec(type.name)?.[1] : undefined;
  return inner?.toLowerCase();
}

function readMessage(from: string, to: string, reading: Reading, asked: Set<string>): Verdict {
  const pair = `${from} ${to}`;
  if (reading.isSame(from, to) || asked.has(pair)) return "safe";
  asked.add(pair);
  const [written, read] = [reading.writer.wireFields(from), reading.reader.wireFields(to)];
  if (!written || !read) return "breaking";
  return worst(
    written.map((field) => {
      const other = read.find((candidate) => takesKey(field.field, candidate.field));
      if (!other) return "unknown-field";
      const value = readProtoJson(field, other, reading, asked);
      return field.field.presence === other.field.presence && field.oneof === other.oneof
        ? value
        : worst([field.oneof === other.oneof ? "lossy" : "breaking", value]);
    }),
  );
}

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** 64-bit integers travel as text, and every number is also taken from text. */
function readScalar(from: string, to: string): Verdict {
  if (from === to) return "safe";
  const [own, other] = [ranges[from], ranges[to]];
  if (own) {
    if (other) return own[0] >= other[0] && own[1] <= other[1] ? "safe" : "breaking";
    if (to === "double") return from.endsWith("64") ? "lossy" : "safe";
    if (to === "float") return "lossy";
    return to === "string" && from.endsWith("64") ? "safe" : "breaking";
  }
  if (from === "float" && to === "double") return "safe";
  // A number that a float cannot hold is refused, or becomes infinite.
  return from === "bytes" && to === "string" ? "safe" : "breaking";
}

/** Encodings of one value: sint32, sfixed32 and int32 are all an int32. */
const usual = (name: string): string => name.replace(/^s(?:fixed|int)/, "int").replace(/^fixed/, "uint");
