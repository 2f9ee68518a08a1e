import { type AvroType, isUnion } from "./schema.ts";

/**
 * The Parsing Canonical Form of a schema, as the Avro specification defines it: full names, only the attributes that decide how
 * data is read, in their fixed order, without blanks. Two schemas with one canonical form read each other's data alike.
 */
export function canonicalForm(schema: AvroType, namespace = ""): string {
  if (typeof schema === "string") return JSON.stringify(primitives.has(schema) ? schema : qualified(schema, namespace));
  if (isUnion(schema)) return `[${schema.map((branch) => canonicalForm(branch, namespace)).join(",")}]`;
  switch (schema.type) {
    case "record": {
      const name = qualified(schema.name, schema.namespace);
      const scope = name.slice(0, Math.max(0, name.lastIndexOf(".")));
      const fields = schema.fields.map(
        (field) => `{"name":${JSON.stringify(field.name)},"type":${canonicalForm(field.type, scope)}}`,
      );
      return `{"name":${JSON.stringify(name)},"type":"record","fields":[${fields.join(",")}]}`;
    }
    case "enum": {
      const name = qualified(schema.name, schema.namespace);
      return `{"name":${JSON.stringify(name)},"type":"enum","symbols":${JSON.stringify(schema.symbols)}}`;
    }
    case "array":
      return `{"type":"array","items":${canonicalForm(schema.items, namespace)}}`;
    case "map":
      return `{"type":"map","values":${canonicalForm(schema.values, namespace)}}`;
    default:
      return JSON.stringify(schema.type);
  }
}

/** The CRC-64-AVRO fingerprint of a schema's canonical form, in 16 hexadecimal digits, the highest first. */
export function fingerprint(canonical: string): string {
  let value = empty;
  for (const byte of new TextEncoder().encode(canonical))
    value = (value >> 8n) ^ (table[Number((value ^ BigInt(byte)) & 0xffn)] ?? 0n);
  return value.toString(16).padStart(16, "0");
}

/** The fingerprint of nothing, which is also the polynomial. */
const empty = 0xc15d213aa4d7a795n;

const table: readonly bigint[] = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ (value & 1n ? empty : 0n);
  return value;
});

const primitives: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
]);

const qualified = (name: string, namespace: string): string =>
  name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
