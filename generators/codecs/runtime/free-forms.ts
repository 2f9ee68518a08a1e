/** The part of the runtime for values whose form nobody declares: any JSON, and a message of any type. */
export const freeFormsSource = `
const structWire = { fields: [{ no: 1, map: "string", as: "value" }] };
const listWire = { fields: [{ no: 1, list: true, as: "value" }] };
const valueWire = {
  fields: [
    varintField(1),
    { no: 2, wire: fixed64 },
    { no: 3, wire: text },
    varintField(4),
    { no: 5, wire: structWire },
    { no: 6, wire: listWire },
  ].map((field) => ({ ...field, oneof: "kind" })),
};

/** What they are on the wire. */
const freeForms = {
  value: valueWire,
  struct: structWire,
  "list-value": listWire,
  any: { fields: [{ no: 1, wire: text }, { no: 2, wire: bytes }] },
};

function packJson(value, path, depth) {
  if (depth > deepest) fail(path, "lies more than " + deepest + " messages deep");
  if (value === null) return { kind: { $case: "null_value", value: 0 } };
  switch (typeof value) {
    case "number":
      return { kind: { $case: "number_value", value: kept(scalarKinds.double.pack(value), path, "a number") } };
    case "string":
      return { kind: { $case: "string_value", value: kept(scalarKinds.string.pack(value), path, scalarKinds.string.words) } };
    case "boolean":
      return { kind: { $case: "bool_value", value } };
    case "object":
      return Array.isArray(value)
        ? { kind: { $case: "list_value", value: packListValue(value, path, depth + 1) } }
        : { kind: { $case: "struct_value", value: packStruct(value, path, depth + 1) } };
    default:
      return fail(path, "is nothing that JSON can say");
  }
}

function packListValue(value, path, depth) {
  if (!Array.isArray(value)) fail(path, "is not a list");
  return { values: Array.from(value, (item, index) => packJson(item, step(path, index), depth + 1)) };
}

function packStruct(value, path, depth) {
  if (!isObject(value)) fail(path, "is not an object");
  const fields = new Map();
  for (const [key, part] of Object.entries(value)) {
    const at = step(path, key);
    // Between the two lies the message of a pair.
    if (part !== undefined) fields.set(kept(mapKeys.string(key), at, "a key of UTF-8"), packJson(part, at, depth + 2));
  }
  return { fields };
}

function unpackJson({ kind }, path) {
  switch (kind?.$case) {
    case "null_value":
      return null;
    case "number_value":
      return kept(scalarKinds.double.unpack(kind.value), path, "a number that JSON can say");
    case "struct_value":
      return unpackStruct(kind.value, path);
    case "list_value":
      return kind.value.values.map((item, index) => unpackJson(item, step(path, index)));
    case undefined:
      return fail(path, "has no value");
    default:
      return kind.value;
  }
}

function unpackStruct({ fields }, path) {
  const value = {};
  for (const [key, part] of fields) put(value, key, unpackJson(part, step(path, key)));
  return value;
}

/** A message of a type that it names itself; \`types\` are those that are known here. */
function packAny(value, types, path) {
  if (!isObject(value)) fail(path, "is not an object");
  if (Object.keys(value).length === 0) return {};
  const url = value["@type"];
  const table = typeof url === "string" ? anyType(url, types) : undefined;
  if (!table) fail(step(path, "@type"), "names no message that is known here");
  return { type_url: url, value: table.binary.encode(pack(table, value, path, 1)).finish() };
}

function unpackAny({ type_url: url, value = new Uint8Array(0) }, types, path) {
  if (!url && value.length === 0) return {};
  const table = anyType(url ?? "", types);
  if (!table) fail(step(path, "@type"), "names no message that is known here");
  return { "@type": url, ...unpack(table, table.binary.decode(checked(value, table)), path) };
}

function anyType(url, types) {
  const name = url.slice(url.lastIndexOf("/") + 1);
  return url.includes("/") && Object.hasOwn(types, name) ? types[name] : undefined;
}
`;
