/** The part of the runtime that generated guards are made of. */
export const guardsSource = `
/**
 * A guard that has the last word. Guards read properties without asking whose they are, and so take plain objects only: what
 * is refused for what it inherits, or because it resists being read, is asked for again as a copy of what it has of its own.
 */
export const decides = (guard) => (value) => {
  try {
    if (guard(value)) return true;
  } catch {}
  try {
    return guard(plainCopy(value));
  } catch {
    return false;
  }
};

/** What a value has of its own, all the way down. What stands in two places is copied once, so that circles close. */
export function plainCopy(value) {
  const copies = new Map();
  const copyOf = (part) => {
    if (typeof part !== "object" || part === null) return part;
    if (!copies.has(part)) copies.set(part, Array.isArray(part) ? new Array(part.length) : {});
    return copies.get(part);
  };
  const whole = copyOf(value);
  for (const [part, copy] of copies)
    for (const key of Object.getOwnPropertyNames(part)) {
      // An array can have properties beside its items: JSON has not.
      if (Array.isArray(copy) && !/^[0-9]+$/.test(key)) continue;
      const enumerable = Object.prototype.propertyIsEnumerable.call(part, key);
      Object.defineProperty(copy, key, { value: copyOf(part[key]), enumerable, configurable: true, writable: true });
    }
  return whole;
}

/** True for a plain object, as JSON.parse makes them. */
export function isObject(v) {
  if (typeof v !== "object" || v === null || Array.isArray(v)) return false;
  const prototype = Object.getPrototypeOf(v);
  return prototype === Object.prototype || prototype === null;
}

/** A property whose name every object inherits, if it is the object's own. */
export const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** True for an array all of whose items pass. */
export function every(v, test) {
  if (!Array.isArray(v)) return false;
  for (let i = 0; i < v.length; i++) if (!test(v[i])) return false;
  return true;
}

/** True for a plain object all of whose values pass. */
export function everyValue(v, test) {
  if (!isObject(v)) return false;
  for (const key of Object.keys(v)) if (!test(v[key])) return false;
  return true;
}

/** True for an object all of whose keys pass. */
export const everyKey = (v, test) => Object.keys(v).every((key) => test(key));

/** What a guard says of an object, found out once; whatever is no object is judged as fast as remembered. */
export function remembered(verdicts, guard, v, judge) {
  if (typeof v !== "object" || v === null) return judge();
  const known = verdicts.get(guard) ?? new Map();
  if (known.size === 0) verdicts.set(guard, known);
  const verdict = known.get(v) ?? judge();
  known.set(v, verdict);
  return verdict;
}

/** True for an array without repetitions. */
export const isUnique = (v) => v.length < 2 || new Set(v.map(canonical)).size === v.length;

/** A text that values have in common when they are the same JSON. */
export function canonical(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return "[" + value.map(canonical).join() + "]";
  const keys = Object.keys(value).sort();
  return "{" + keys.map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join() + "}";
}

export const isInt32 = (v) => Number.isInteger(v) && v >= -2147483648 && v <= 2147483647;
export const isUint32 = (v) => Number.isInteger(v) && v >= 0 && v <= 4294967295;
export const isInt64 = (v) => Number.isInteger(v) && v >= -(2 ** 63) && v <= 2 ** 63 - 1024;
export const isUint64 = (v) => Number.isInteger(v) && v >= 0 && v <= 2 ** 64 - 2048;

/** The length of a text in code points, as schemas count. */
export function codePoints(text) {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const isPair = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      length--;
      i++;
    }
  }
  return length;
}
`;
