import type { Node, Schema } from "./node.ts";
import { isSchema } from "./node.ts";

/** The language a node is printed in. In JavaScript a key `__proto__` must be computed, or it would set the prototype. */
type Language = "json" | "js";

const lineWidth = 120;

/** Keywords whose members each keep a line of their own, so that adding one changes one line. */
const alwaysOpen = new Set(["properties", "patternProperties", "$defs"]);

/** A document as JSON text. */
export const printJson = (node: Node): string => `${print(node, 0, 0, true)}\n`;

/** A document as a JavaScript expression without its comment: on one line, but for its definitions, which have one each. */
export function printJs(document: Schema): string {
  const bare = new Map([...document].filter(([name]) => name !== "$comment"));
  if (!bare.has("$defs")) return inline(bare, "js");
  const line = (indent: string) => (member: readonly [string, Node]) =>
    `${indent}${key(member[0], "js")}: ${inline(member[1], "js")},\n`;
  const definitions = bare.get("$defs");
  const members = isSchema(definitions) ? [...definitions].map(line("      ")).join("") : "";
  bare.delete("$defs");
  return `{\n${[...bare].map(line("    ")).join("")}    "$defs": {\n${members}    },\n  }`;
}

/** On one line where that is short and plain, else one member per line. `before` is what already stands on the line. */
function print(node: Node, depth: number, before: number, open: boolean): string {
  if (!isContainer(node)) return scalar(node);
  if (!open && isPlain(node)) {
    const line = inline(node, "json");
    if (depth * 2 + before + line.length < lineWidth) return line;
  }
  const pad = "  ".repeat(depth + 1);
  const end = `\n${"  ".repeat(depth)}`;
  if (!isSchema(node)) {
    if (node.length === 0) return "[]";
    return `[\n${node.map((item) => pad + print(item, depth + 1, 0, false)).join(",\n")}${end}]`;
  }
  if (node.size === 0) return "{}";
  const members = [...node].map(([name, value]) => {
    const head = `${key(name, "json")}: `;
    return pad + head + print(value, depth + 1, head.length, alwaysOpen.has(name));
  });
  return `{\n${members.join(",\n")}${end}}`;
}

function inline(node: Node, language: Language): string {
  if (!isContainer(node)) return scalar(node);
  if (!isSchema(node)) return `[${node.map((item) => inline(item, language)).join(", ")}]`;
  if (node.size === 0) return "{}";
  return `{ ${[...node].map(([name, value]) => `${key(name, language)}: ${inline(value, language)}`).join(", ")} }`;
}

const isContainer = (node: Node): node is Schema | readonly Node[] => typeof node === "object" && node !== null;

/** True when nothing in it asks for lines of its own. */
function isPlain(node: Node): boolean {
  if (!isContainer(node)) return true;
  return (
    !(isSchema(node) && [...node.keys()].some((name) => alwaysOpen.has(name))) && [...node.values()].every(isPlain)
  );
}

const key = (name: string, language: Language): string =>
  language === "js" && name === "__proto__" ? '["__proto__"]' : JSON.stringify(name);

/** Integers past 2^53 with all their digits: engines that read them exactly must see the very bound. */
const scalar = (value: null | boolean | number | string): string =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? BigInt(value).toString()
    : JSON.stringify(value);
