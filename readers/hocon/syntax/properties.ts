import type { FieldNode, ObjectNode, ScalarNode } from "./ast.ts";
import type { HoconLimits } from "./options.ts";
import type { Parsed } from "./parser.ts";

/** A line of the file, continuation lines joined, with the offset of each of its characters. */
interface Line {
  readonly text: string;
  readonly offsets: readonly number[];
  readonly end: number;
}

interface Branch {
  start: number;
  end: number;
  leaf: ScalarNode | undefined;
  readonly children: Map<string, Branch>;
}

/**
 * Reads a Java properties file as an object: dots in a key are a path, every value is a text. Where one key is a text and
 * the beginning of another key, the object wins, wherever the two stand. Keys deeper than the limit stay whole.
 */
export function parseProperties(text: string, limits: HoconLimits): Parsed {
  const root: Branch = { start: 0, end: text.length, leaf: undefined, children: new Map() };
  for (const line of logicalLines(text)) {
    const match = /^((?:\\[\s\S]|[^\\=:\s])*)\s*(?:[=:]\s*)?/.exec(line.text);
    if (!match) continue;
    const key = unescapeText(match[1] ?? "");
    const at = (index: number): number => line.offsets[index] ?? line.end;
    const place = { start: at(0), end: at((match[1] ?? "").length) };
    const path = key.split(".");
    let branch = root;
    for (const part of path.length > limits.depth ? [key] : path) {
      const child = branch.children.get(part) ?? { ...place, leaf: undefined, children: new Map() };
      branch.children.set(part, child);
      branch = child;
    }
    const value = unescapeText(line.text.slice(match[0].length));
    const [start, end] = [at(match[0].length), line.end];
    branch.leaf = { kind: "scalar", type: "string", text: value, blank: false, start, end };
  }
  return { root: toObject(root), comments: [], damaged: false };
}

function toObject(branch: Branch): ObjectNode {
  const items = [...branch.children].map(([key, child]): FieldNode => {
    const value = child.children.size > 0 ? toObject(child) : (child.leaf ?? toObject(child));
    return { kind: "field", key, keyStart: child.start, keyEnd: child.end, append: false, value, comments: [] };
  });
  return { kind: "object", start: branch.start, end: branch.end, items };
}

function* logicalLines(text: string): Generator<Line> {
  let content = "";
  let offsets: number[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.slice(start).search(/\r\n|[\r\n]/);
    const end = newline < 0 ? text.length : start + newline;
    const next = newline < 0 ? text.length + 1 : end + (text.startsWith("\r\n", end) ? 2 : 1);
    let from = start;
    while (from < end && /[ \t\f]/.test(text[from] ?? "")) from++;
    const fresh = content === "";
    const comment = fresh && /[#!]/.test(text[from] ?? "") && from < end;
    const continues = !comment && (/\\*$/.exec(text.slice(from, end))?.[0].length ?? 0) % 2 === 1;
    const to = continues ? end - 1 : end;
    if (!comment)
      for (let at = from; at < to; at++) {
        content += text[at];
        offsets.push(at);
      }
    if (!continues || next > text.length) {
      if (content !== "") yield { text: content, offsets, end: to };
      content = "";
      offsets = [];
    }
    start = next;
  }
}

const unescapeText = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, unicode: string | undefined, plain: string | undefined) => {
    if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
    return named.get(plain ?? "") ?? plain ?? "";
  });

const named: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);
