/**
 * The part of the runtime that looks at bytes before they are decoded. Decoders pass over much that is broken (a tag of
 * zero ends a message early, text that is no UTF-8 is replaced), and then the rest would be read as something else.
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
  if (!field.map) return { wire: single, list: field.list };
  const key = fixed(scalarKinds[field.map].wire, field.map, field.fixedKey);
  return { wire: { fields: [{ no: 1, wire: key }, { no: 2, wire: single }] } };
}

function wireOfValue({ as, wrapped, fixed: isFixed }) {
  const table = typeof as === "function" ? as() : undefined;
  if (table) return table.values ? varint : table;
  const wire = freeForms[as] ?? fixed(scalarKinds[as].wire, as, isFixed);
  return wrapped ? { fields: [{ no: 1, wire }] } : wire;
}

const fixed = (wire, as, isFixed) => (!isFixed ? wire : /64/.test(as) ? fixed64 : fixed32);

/** Walks over the fields of a message until its end, or until the end of the group with a number. */
function check(data, start, end, message, depth, group) {
  const shape = message && shapeOf(message);
  let at = start;
  if (depth > deepest) throw malformed(at, "messages lie more than " + deepest + " deep in one another");
  while (at < end) {
    const tagAt = at;
    let tag;
    [tag, at] = readVarint(data, at, end);
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)];
    if (tag > 0xffffffffn || number === 0) throw malformed(tagAt, "a field has no number that is one");
    const field = shape?.get(number);
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
        if (field) checkContent(data, from, at, field, number, depth);
        break;
      }
      case 3:
        at = check(data, at, end, field?.wire.fields && field.wire, depth + 1, number);
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
  return at;
}

function checkContent(data, from, end, { wire, list }, number, depth) {
  if (wire.fields) check(data, from, end, wire, depth + 1);
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

const malformed = (at, what) => new CodecError("", "At byte " + at + ", " + what + ".");
`;
