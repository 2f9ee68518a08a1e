/**
 * The part of the runtime that looks at bytes before they are decoded. Decoders pass over much that is broken (a tag of
 * zero ends a message early, text that is no UTF-8 is replaced), and then the rest would be read as something else. Two things
 * that Protobuf allows they read otherwise than it says; bytes with one of them are written anew first.
 */
export const wireSource = `
const varint = { type: 0 };
const fixed64 = { type: 1 };
const bytes = { type: 2 };
const text = { type: 2, utf8: true };
const fixed32 = { type: 5 };
const varintField = (no) => ({ no, wire: varint });

/** Messages may lie this deep in one another, the outermost one counted; no decoder takes more. */
const deepest = 100;

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const shapes = /* @__PURE__ */ new WeakMap();

/** What stands behind a number, for the fields of a message. */
function shapeOf(message) {
  let shape = shapes.get(message);
  if (!shape) shapes.set(message, (shape = new Map(message.fields.map((field) => [field.no, wireOfField(field)]))));
  return shape;
}

function wireOfField(field) {
  const single = field.wire ?? wireOfValue(field);
  const { list, oneof, group } = field;
  if (!field.map) return { wire: single, list, oneof, type: single.fields ? (group ? 3 : 2) : single.type };
  const key = fixed(scalarKinds[field.map].wire, field.map, field.fixedKey);
  // What a pair must have: a message that is not on the wire is an empty one.
  const wants = single.fields ? 2 : undefined;
  return { wire: { fields: [{ no: 1, wire: key }, { no: 2, wire: single }], wants }, list: true, type: 2 };
}

function wireOfValue({ as, wrapped, fixed: isFixed }) {
  const table = typeof as === "function" ? as() : undefined;
  if (table) return table.values ? varint : table;
  const wire = freeForms[as] ?? fixed(scalarKinds[as].wire, as, isFixed);
  return wrapped ? { fields: [{ no: 1, wire }] } : wire;
}

const fixed = (wire, as, isFixed) => (!isFixed ? wire : /64/.test(as) ? fixed64 : fixed32);

/** Bytes that are a message, in a form that decoders read as Protobuf says. */
function checked(data, message) {
  const notes = { isOdd: false };
  check(data, 0, data.length, message, 1, notes);
  return notes.isOdd ? tidied(data, message) : data;
}

/** Walks over the fields of a message until its end, or until the end of the group with a number. */
function check(data, start, end, message, depth, notes, group) {
  const shape = message && shapeOf(message);
  let once;
  let at = start;
  if (depth > deepest) throw malformed(at, "messages lie more than " + deepest + " deep in one another");
  while (at < end) {
    const tagAt = at;
    let tag;
    [tag, at] = readVarint(data, at, end);
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)];
    if (tag > 0xffffffffn || number === 0) throw malformed(tagAt, "a field has no number that is one");
    const field = shape?.get(number);
    if (field?.wire.fields && !field.list) {
      once ??= new Set();
      if (once.has(number)) notes.isOdd = true;
      once.add(number);
    }
    switch (type) {
      case 0:
        [, at] = readVarint(data, at, end);
        break;
      case 1:
        at += 8;
        break;
      case 5:
        at += 4;
        break;
      case 2: {
        let length;
        [length, at] = readVarint(data, at, end);
        if (length > BigInt(end - at)) throw malformed(tagAt, "field " + number + " ends behind the end");
        const from = at;
        at += Number(length);
        if (field) checkContent(data, from, at, field, number, depth, notes);
        break;
      }
      case 3:
        at = check(data, at, end, field?.wire.fields && field.wire, depth + 1, notes, number);
        break;
      case 4:
        if (number === group) return at;
        throw malformed(tagAt, "a group ends that has not begun");
      default:
        throw malformed(tagAt, "field " + number + " has the wire type " + type);
    }
    if (at > end) throw malformed(tagAt, "field " + number + " ends behind the end");
  }
  if (group !== undefined) throw malformed(at, "the group " + group + " does not end");
  if (message?.wants !== undefined && !once?.has(message.wants)) notes.isOdd = true;
  return at;
}

function checkContent(data, from, end, { wire, list }, number, depth, notes) {
  if (wire.fields) check(data, from, end, wire, depth + 1, notes);
  else if (wire.utf8) {
    try {
      utf8.decode(data.subarray(from, end));
    } catch {
      throw malformed(from, "field " + number + " is text, but no UTF-8");
    }
  } else if (list && wire.type === 0) for (let at = from; at < end; ) [, at] = readVarint(data, at, end);
  else if (list && wire.type !== 2 && (end - from) % (wire.type === 1 ? 8 : 4) !== 0)
    throw malformed(from, "the numbers of field " + number + " end in the middle of one");
}

function readVarint(data, start, end) {
  let value = 0n;
  for (let at = start, shift = 0n; at < end && shift < 70n; at++, shift += 7n) {
    value |= BigInt(data[at] & 127) << shift;
    if (data[at] < 128) return [value, at + 1];
  }
  throw malformed(start, "a number does not end");
}

/**
 * The same message, in which none that may stand once stands twice, and no pair of a map lacks the message it leads to.
 * Parts of one message that stand one behind the other are the message that they come to.
 */
function tidied(data, message) {
  const shape = shapeOf(message);
  const parts = [];
  const open = new Map();
  const chosen = new Map();
  for (let at = 0; at < data.length; ) {
    const { number, type, from, to, end } = readField(data, at, data.length);
    const field = shape.get(number);
    const isKnown = field !== undefined && field.type === type;
    if (isKnown && field.oneof !== undefined) {
      const before = chosen.get(field.oneof);
      if (before !== number) open.delete(before);
      chosen.set(field.oneof, number);
    }
    if (!isKnown || !field.wire.fields) parts.push(data.subarray(at, end));
    else if (field.list) parts.push(...framed(number, type, tidied(data.subarray(from, to), field.wire)));
    else if (open.has(number)) open.get(number).push(data.subarray(from, to));
    else open.set(number, [data.subarray(from, to)]);
    at = end;
  }
  if (message.wants !== undefined && !open.has(message.wants)) open.set(message.wants, []);
  for (const [number, found] of open) {
    const { type, wire } = shape.get(number);
    parts.push(...framed(number, type, tidied(joined(found), wire)));
  }
  return joined(parts);
}

/** The field that begins at a byte, of bytes that have been checked. */
function readField(data, start, end) {
  const [tag, from] = readVarint(data, start, end);
  const [number, type] = [Number(tag >> 3n), Number(tag & 7n)];
  let to = from;
  switch (type) {
    case 0:
      [, to] = readVarint(data, from, end);
      break;
    case 1:
      to += 8;
      break;
    case 5:
      to += 4;
      break;
    case 2: {
      const [length, content] = readVarint(data, from, end);
      to = content + Number(length);
      return { number, type, from: content, to, end: to };
    }
    case 3:
      for (;;) {
        const inner = readField(data, to, end);
        if (inner.type === 4) return { number, type, from, to, end: inner.end };
        to = inner.end;
      }
  }
  return { number, type, from, to, end: to };
}

const framed = (number, type, content) =>
  type === 3
    ? [writtenVarint(number * 8 + 3), content, writtenVarint(number * 8 + 4)]
    : [writtenVarint(number * 8 + 2), writtenVarint(content.length), content];

function writtenVarint(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return Uint8Array.from([...out, value]);
}

function joined(parts) {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const malformed = (at, what) => new CodecError("", "At byte " + at + ", " + what + ".");
`;
