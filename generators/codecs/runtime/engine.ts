/** The part of the runtime that walks over values: a table of a message says what each field is in JSON and in binary. */
export const engineSource = `
/** Thrown for a value that is none of its type, and for bytes that are no message of it. */
export class CodecError extends Error {
  constructor(path, fact) {
    super(fact);
    this.name = "CodecError";
    this.path = path;
  }
}

/** A JSON value as bytes. */
export const encode = (table, value) => table.binary.encode(pack(table, value, "", 1)).finish();

/** The JSON value that bytes hold. */
export function decode(table, data) {
  if (!(data instanceof Uint8Array)) throw new CodecError("", "The bytes are no Uint8Array.");
  return unpack(table, table.binary.decode(checked(data, table)), "");
}

/** \`encode\` for the event with a name. */
export const encodeNamed = (tables, name, value) => encode(tableOf(tables, name), value);

/** \`decode\` for the event with a name. */
export const decodeNamed = (tables, name, data) => decode(tableOf(tables, name), data);

function tableOf(tables, name) {
  if (!Object.hasOwn(tables, name)) throw new CodecError("", "No event is called " + String(name) + ".");
  return tables[name];
}

const step = (path, key) => path + "/" + String(key).replace(/~/g, "~0").replace(/\\//g, "~1");

const fail = (path, fact) => {
  throw new CodecError(path, (path === "" ? "The value" : path) + " " + fact + ".");
};

function kept(result, path, words) {
  return result === undefined ? fail(path, "is not " + words) : result;
}

/** An assignment would take this key for the prototype. */
function put(object, key, value) {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** A zero that stands for itself by its absence; a negative zero does not. */
const isZero = (value) =>
  Object.is(value, 0) || value === "" || value === false || value === 0n || (value instanceof Uint8Array && value.length === 0);

/** Whether a zero is left out: where presence means nothing, and it is a scalar or an enum. */
const isImplicit = ({ presence, oneof, as, wrapped }) =>
  presence === undefined && oneof === undefined && !wrapped && (typeof as === "string" ? !scalarKinds[as]?.wire.fields : as().values);

function pack(table, value, path, depth) {
  if (!isObject(value)) fail(path, "is not an object");
  if (depth > deepest) fail(path, "lies more than " + deepest + " messages deep");
  // Without a prototype: a field may be called as what every object inherits.
  const message = Object.create(null);
  for (const field of table.fields) {
    const at = step(path, field.key);
    let part = Object.hasOwn(value, field.key) ? value[field.key] : undefined;
    if (part === null && field.nullable && field.as !== "value" && field.as !== "json-text") part = undefined;
    else if (part === undefined && field.presence === "required") fail(at, "is missing");
    if (field.list) message[field.name] = packList(field, part ?? (part === null ? fail(at, "is not a list") : []), at, depth);
    else if (field.map) message[field.name] = packMap(field, part === undefined ? {} : part, at, depth);
    else if (part !== undefined) packField(message, field, packValue(field, part, at, depth), at);
  }
  for (const name of table.oneofs ?? []) if (message[name] === undefined) fail(path, "has none of " + name);
  return message;
}

function packField(message, field, packed, at) {
  const { oneof, name } = field;
  if (oneof === undefined) {
    if (!isImplicit(field) || !isZero(packed)) message[name] = packed;
  } else if (message[oneof] === undefined) message[oneof] = { $case: name, value: packed };
  else fail(at, "is set beside " + message[oneof].$case + "; at most one of " + oneof + " can be");
}

function packList(field, value, path, depth) {
  if (!Array.isArray(value)) fail(path, "is not a list");
  return Array.from(value, (item, index) => packValue(field, item, step(path, index), depth));
}

function packMap(field, value, path, depth) {
  if (!isObject(value)) fail(path, "is not an object");
  const packed = new Map();
  for (const [key, part] of Object.entries(value)) {
    const at = step(path, key);
    packed.set(kept(mapKeys[field.map](key), at, "a key of this map"), packValue(field, part, at, depth + 1));
  }
  return packed;
}

const numberKey = (kind) => (key) => (/^(?:0|-?[1-9][0-9]*)$/.test(key) ? scalarKinds[kind].pack(Number(key)) : undefined);

const mapKeys = {
  string: (key) => scalarKinds.string.pack(key),
  bool: (key) => (key === "true" ? true : key === "false" ? false : undefined),
  int32: numberKey("int32"),
  uint32: numberKey("uint32"),
  int64: (key) => scalarKinds.int64.pack(key),
  uint64: (key) => scalarKinds.uint64.pack(key),
};

function packValue({ as, wrapped, types }, value, path, depth) {
  if (typeof as === "function") {
    const table = as();
    return table.values ? packEnum(table, value, path) : pack(table, value, path, depth + 1);
  }
  if (as === "value") return packJson(value, path, depth + 1);
  if (as === "struct") return packStruct(value, path, depth + 1);
  if (as === "list-value") return packListValue(value, path, depth + 1);
  if (as === "any") return packAny(value, types(), path);
  const kind = scalarKinds[as];
  const packed = kept(kind.pack(value), path, kind.words);
  return wrapped ? { value: isZero(packed) ? undefined : packed } : packed;
}

/** By name or by number, as the system writes it; an open enum takes a number that it does not list as well, as one comes back. */
function packEnum({ name, values, open, byNumber }, value, path) {
  const known = values.find(([number, ...names]) => (byNumber ? number === value : names.includes(value)));
  if (known) return known[0];
  const number = open && !values.some(([other]) => other === value) ? scalarKinds.int32.pack(value) : undefined;
  return number ?? fail(path, "is not a value of " + name);
}

function unpackEnum({ values, open, byNumber }, number) {
  const known = values.find(([other]) => other === number);
  return known && !byNumber ? known[1] : known || open ? number : undefined;
}

function unpack(table, message, path) {
  const value = {};
  for (const field of table.fields) {
    const at = step(path, field.key);
    const part = unpackField(field, message, at);
    if (part !== undefined) put(value, field.key, part);
    else if (field.presence === "required") put(value, field.key, field.nullable ? null : fail(at, "is missing"));
  }
  for (const name of table.oneofs ?? []) if (message[name] === undefined) fail(path, "has none of " + name);
  return value;
}

function unpackField(field, message, at) {
  const { name, oneof, list, map, presence } = field;
  const raw = oneof === undefined ? message[name] : message[oneof]?.$case === name ? message[oneof].value : undefined;
  if (raw === undefined) return undefined;
  if (list) {
    if (raw.length === 0 && presence !== "required") return undefined;
    return raw.map((item, index) => unpackValue(field, item, step(at, index))).filter((item) => item !== undefined);
  }
  if (map) {
    if (raw.size === 0 && presence !== "required") return undefined;
    const value = {};
    for (const [key, item] of raw) {
      const part = unpackValue(field, item, step(at, key));
      if (part !== undefined) put(value, String(key), part);
    }
    return value;
  }
  return isImplicit(field) && isZero(raw) ? undefined : unpackValue(field, raw, at);
}

function unpackValue({ as, wrapped, types }, raw, path) {
  if (typeof as === "function") {
    const table = as();
    return table.values ? unpackEnum(table, raw) : unpack(table, raw, path);
  }
  if (as === "value") return unpackJson(raw, path);
  if (as === "struct") return unpackStruct(raw, path);
  if (as === "list-value") return raw.values.map((item, index) => unpackJson(item, step(path, index)));
  if (as === "any") return unpackAny(raw, types(), path);
  const kind = scalarKinds[as];
  const value = wrapped ? (raw.value ?? kind.zero ?? new Uint8Array(0)) : raw;
  return kept(kind.unpack(value), path, "something that JSON can say as " + kind.words);
}
`;
