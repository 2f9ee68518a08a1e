import { type WireValue, wireText } from "../../verify/index.ts";

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const mark = "\u0000digits:";

/** Reads JSON and keeps every digit: an integer that no double holds is a `bigint`, where `JSON.parse` would round it. */
export function parseWire(text: string): WireValue {
  if (!/\d{16}/.test(text)) return JSON.parse(text) as WireValue;
  const marked = text.replace(token, (part) => {
    if (part.startsWith('"') || !/^-?\d{16,}$/.test(part)) return part;
    return BigInt(part) === BigInt(Number(part)) ? part : JSON.stringify(mark + part);
  });
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  ) as WireValue;
}

/**
 * The value as a TypeScript expression on one line: JSON, but for the one key that an object literal does not take as a key,
 * and the two characters that end a line.
 */
export function literal(value: WireValue): string {
  return expression(value).replace(/[\u2028\u2029]/g, (end) => (end === "\u2028" ? "\\u2028" : "\\u2029"));
}

function expression(value: WireValue): string {
  if (value === null || typeof value !== "object") return wireText(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key === "__proto__" ? '["__proto__"]' : JSON.stringify(key)}: ${expression(part)}`)
    .join(", ")} }`;
}
