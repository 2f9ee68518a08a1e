import { compare, judge, type Verdict, worst } from "../../../checks/index.ts";
import {
  createView,
  type Decl,
  type Field,
  type JsonProfile,
  type Model,
  type Scalar,
  type TypeRef,
  timestamp,
} from "../../../model/index.ts";

/** A message as the pairs write it. */
interface Side {
  readonly fields: readonly Member[];
  readonly reserved?: readonly [readonly number[], readonly string[]];
  /** True when the message Sub is declared although nothing uses it. */
  readonly sub?: boolean;
  readonly subName?: string;
  readonly pkg?: string;
}

interface Member {
  readonly num: number;
  readonly name: string;
  readonly type: string | { readonly enum: readonly (readonly [string, number])[] };
  readonly req?: boolean;
  readonly rep?: boolean;
  /** The type of the keys, when it is a map. */
  readonly map?: string;
  readonly oneof?: string;
  readonly def?: number;
  readonly json?: string;
  readonly aliases?: readonly string[];
  readonly max?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly doc?: string;
  readonly deprecated?: boolean;
}

/** Two sides of a change. */
export interface Pair {
  readonly kind: string;
  readonly old: Side;
  readonly new: Side;
}

/** The columns of the measurement, and what they were measured on. */
export const columns = {
  bin: { target: "protobuf", proto3: true, json: { fieldNames: "lowerCamel", int64: "string" } },
  pj: { target: "protobuf-json", proto3: true, json: { fieldNames: "lowerCamel", int64: "string" } },
  jc: { target: "json-schema", proto3: false, json: { fieldNames: "lowerCamel", int64: "number" } },
  jo: { target: "json-schema-open", proto3: false, json: { fieldNames: "lowerCamel", int64: "number" } },
  av: { target: "avro", proto3: false, json: { fieldNames: "lowerCamel", int64: "number" } },
  ts: { target: "typescript", proto3: false, json: { fieldNames: "declared", int64: "string" } },
} as const;

/** The letters of the measurement. What is a trap tomorrow is harmless in what was measured. */
export const letters: Readonly<Record<Verdict, string>> = {
  safe: "S",
  hazard: "S",
  "unknown-field": "u",
  lossy: "L",
  breaking: "B",
};

/** What we say of a pair in a column, as the measurement writes it: `S/B`. */
export function judgePair(pair: Pair, column: keyof typeof columns): string {
  const { target, proto3, json } = columns[column];
  const profile: JsonProfile = { ...json, enums: "name", timestamp: "rfc3339", duration: "seconds-string" };
  const [old, next] = [pair.old, pair.new].map((side) => viewOf(side, profile, proto3));
  if (!old || !next) throw new Error("A pair has two sides.");
  const judgements = judge(compare(old, next), { targets: [target] });
  const directions = column === "ts" ? ["reader", "writer", "exhaustive"] : ["backward", "forward"];
  return directions
    .map((direction) => judgements.filter((judgement) => judgement.direction === direction))
    .map((found) => letters[worst(found.map(({ verdict }) => verdict))])
    .join("/");
}

/** True when one answer promises something that the other does not. */
export function isSafer(said: string, measured: string): boolean {
  const order = ["S", "u", "L", "B"];
  const [own, other] = [said.split("/"), measured.split("/")];
  return own.some((letter, at) => order.indexOf(letter) < order.indexOf(other[at] ?? "S"));
}

const origins = [{ span: { path: "pair", start: 0, end: 0 }, reader: "pair", basis: "stated" }] as const;

export function viewOf(side: Side, json: JsonProfile, proto3: boolean) {
  const pkg = side.pkg ?? "ev";
  const named = (name: string): TypeRef => ({ kind: "named", name: `${pkg}.${name}` });
  const sub = side.subName ?? "Sub";
  const decls: Decl[] = [
    { kind: "system", name: "s", json, origins },
    { kind: "event", name: "s.m", system: "s", payload: named("M"), origins },
  ];
  const typeOf = (type: Member["type"]): TypeRef => {
    if (typeof type !== "string") return named("E");
    if (type === "Sub") return named(sub);
    return type === "timestamp" ? timestamp("protobuf") : { kind: "scalar", scalar: scalars[type] ?? "string" };
  };
  const oneofs = [...new Set(side.fields.flatMap(({ oneof }) => oneof ?? []))];
  const [numbers, names] = side.reserved ?? [[], []];
  decls.push({
    kind: "message",
    name: `${pkg}.M`,
    system: "s",
    fields: side.fields.map((member) => fieldOf(member, typeOf(member.type), proto3)),
    ...(oneofs.length > 0 && {
      oneofs: oneofs.map((name) => ({
        name,
        required: false,
        fields: side.fields.filter(({ oneof }) => oneof === name).map((member) => member.name),
      })),
    }),
    ...(side.reserved && { reserved: { names, numbers: numbers.map((number) => [number, number] as const) } }),
    origins,
  });
  for (const { type } of side.fields)
    if (typeof type !== "string")
      decls.push({
        kind: "enum",
        name: `${pkg}.E`,
        system: "s",
        open: proto3,
        values: type.enum.map(([name, number]) => ({ name, number, origins })),
        origins,
      });
  if (side.sub || side.fields.some(({ type }) => type === "Sub"))
    decls.push({
      kind: "message",
      name: `${pkg}.${sub}`,
      system: "s",
      fields: [fieldOf({ num: 1, name: "a", type: "int32", req: true }, typeOf("int32"), proto3)],
      origins,
    });
  const model: Model = { irVersion: 1, decls };
  return createView(model, ({ path }) => ({ path, line: 1, column: 1 }) as never);
}

/** The Protobuf of the measurement is proto3, which has no required fields: without `optional` they are zero when absent. */
function fieldOf(member: Member, element: TypeRef, proto3: boolean): Field {
  const type: TypeRef = member.rep
    ? { kind: "list", item: element }
    : member.map !== undefined
      ? { kind: "map", key: member.map === "int32" ? "int32" : "string", value: element }
      : element;
  const { def, doc, json, aliases, max, maxLength, pattern } = member;
  const limits = {
    ...(max !== undefined && { maximum: max }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
  };
  const many = member.rep || member.map !== undefined;
  return {
    name: member.name,
    number: member.num,
    type,
    presence: proto3 && (member.req || many) ? "implicit" : member.req ? "required" : "optional",
    ...(member.type === "sint32" && { wire: { type: "sint32" } }),
    ...(def !== undefined && { default: def }),
    ...(doc !== undefined && { doc }),
    ...(json !== undefined && { jsonName: json }),
    ...(aliases && { aliases }),
    ...(member.deprecated && { deprecated: {} }),
    ...(Object.keys(limits).length > 0 && { limits }),
    origins,
  };
}

const scalars: Readonly<Record<string, Scalar>> = {
  bool: "bool",
  int32: "int32",
  sint32: "int32",
  int64: "int64",
  uint32: "uint32",
  float: "float32",
  double: "float64",
  string: "string",
  bytes: "bytes",
};
