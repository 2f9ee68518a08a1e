/** The part of the runtime that generated guards are made of. */
export const guardsSource = `
/**
 * True for a plain object, as JSON.parse makes them. What inherits anything else is left to the schema engine: a guard reads
 * properties without asking whose they are.
 */
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

/** True for an array without repetitions; lists of objects are left to the schema engine. */
export const isUnique = (v) =>
  v.length < 2 || (every(v, (item) => typeof item !== "object") && new Set(v).size === v.length);

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
