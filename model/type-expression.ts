import { assertNever } from "./json.ts";
import type { MapKey, Scalar, TypeRef } from "./model.ts";
import { duration, jsonAny, jsonObject, list, literal, named, scalar, timestamp, unstated, uuid } from "./type-ref.ts";

const scalars = new Set<string>([
  "bool",
  "int32",
  "int64",
  "uint32",
  "uint64",
  "float32",
  "float64",
  "number",
  "string",
  "bytes",
] satisfies Scalar[]);
const mapKeys = new Set<string>(["string", "bool", "int32", "int64", "uint32", "uint64"] satisfies MapKey[]);

/**
 * Writes a type as people read it: `list<string>`, `map<string, int64>`, `timestamp(epoch-millis)`, `"1.0"`,
 * `h2o.mlops.Project`, `string(json)`. {@link parseTypeExpression} reads it back.
 */
export function formatTypeRef(type: TypeRef): string {
  switch (type.kind) {
    case "scalar": {
      const { logical } = type;
      if (!logical) return type.scalar;
      if (logical.name === "timestamp" || logical.name === "duration") return `${logical.name}(${logical.encoding})`;
      return logical.name === "uuid" && type.scalar === "string" ? "uuid" : `${type.scalar}(${logical.name})`;
    }
    case "named":
      return type.name;
    case "list":
      return `${type.unique ? "set" : "list"}<${formatTypeRef(type.item)}>`;
    case "map":
      return `map<${type.key}, ${formatTypeRef(type.value)}>`;
    case "union":
      return type.variants.map(formatTypeRef).join(" | ");
    case "literal":
      return JSON.stringify(type.value);
    case "json":
      return type.only ?? "json";
    case "unstated":
      return "unstated";
    default:
      return assertNever(type);
  }
}

/** Reads what {@link formatTypeRef} writes; `undefined` when the text is no type expression. */
export function parseTypeExpression(text: string): TypeRef | undefined {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_.][\w.-]*|-?\d[\d.]*|[<>(),|]|\S/g) ?? [];
  if (tokens.length > 200) return undefined;
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;

  function union(): TypeRef | undefined {
    const variants: TypeRef[] = [];
    do {
      const variant = single();
      if (!variant) return undefined;
      variants.push(variant);
    } while (take("|"));
    return variants.length === 1 ? variants[0] : { kind: "union", variants };
  }

  function single(): TypeRef | undefined {
    const word = next();
    if (word.startsWith('"') || /^-?\d/.test(word)) return literalOf(word);
    if (!/^[A-Za-z_.]/.test(word)) return undefined;
    if (take("<")) return generic(word);
    if (take("(")) {
      const argument = next();
      return take(")") ? logicalOf(word, argument) : undefined;
    }
    if (scalars.has(word)) return scalar(word as Scalar);
    return plain[word] ?? named(word);
  }

  function generic(word: string): TypeRef | undefined {
    if (word === "list" || word === "set") {
      const item = union();
      if (!item || !take(">")) return undefined;
      return word === "set" ? { kind: "list", item, unique: true } : list(item);
    }
    if (word !== "map") return undefined;
    const key = next();
    if (!mapKeys.has(key) || !take(",")) return undefined;
    const value = union();
    return value && take(">") ? { kind: "map", key: key as MapKey, value } : undefined;
  }

  const type = union();
  return at === tokens.length ? type : undefined;
}

const plain: Readonly<Record<string, TypeRef>> = Object.assign(Object.create(null), {
  uuid,
  uri: scalar("string", { name: "uri" }),
  ip: scalar("string", { name: "ip" }),
  json: jsonAny,
  object: jsonObject,
  unstated,
  timestamp: timestamp("rfc3339"),
  duration: duration("protobuf"),
  true: literal(true),
  false: literal(false),
});

function literalOf(word: string): TypeRef | undefined {
  try {
    return literal(JSON.parse(word) as string | number);
  } catch {
    return undefined;
  }
}

function logicalOf(word: string, argument: string): TypeRef | undefined {
  if (word === "timestamp" && /^(rfc3339|epoch-seconds|epoch-millis|protobuf)$/.test(argument))
    return timestamp(argument as Parameters<typeof timestamp>[0]);
  if (word === "duration" && /^(seconds-string|iso8601|seconds|millis|protobuf)$/.test(argument))
    return duration(argument as Parameters<typeof duration>[0]);
  if (scalars.has(word) && /^(uuid|uri|ip|json)$/.test(argument))
    return scalar(word as Scalar, { name: argument as "uuid" | "uri" | "ip" | "json" });
  return undefined;
}
