import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModel, type Decl, type Diagnostic, type SourceFile, type TypeRef } from "../../model/index.ts";
import hocon from "./index.ts";

/**
 * Five hundred slips of the pen in a file of 1,600 lines: none may crash the reader or keep it busy, and none may take a
 * fact away in silence. A fact is that a version of an endpoint has a field; when one is gone that is not written on the
 * lines of the slip itself, there must be a warning or an error.
 */
const folder = join(import.meta.dirname, "../../schemas/clearml");
const text = readFileSync(join(folder, "events.conf"), "utf8");
const common = readFileSync(join(folder, "_events_common.conf"), "utf8");
const count = 500;
const budget = 5000;

test(`${count} mutations lose nothing in silence`, async () => {
  const random = generator(20_250_101);
  const before = await factsOf(text);
  expect(before.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  expect(before.facts.size).toBeGreaterThan(700);

  const silent: unknown[] = [];
  for (let index = 0; index < count; index++) {
    const { name, mutated, lines } = mutate(index, random);
    const begin = performance.now();
    const { facts, findings } = await factsOf(mutated);
    expect(performance.now() - begin, name).toBeLessThan(budget);
    const lost = [...before.facts].filter(([fact, on]) => !facts.has(fact) && !lines.some((line) => on.has(line)));
    const told = findings.some(({ severity }) => severity !== "info");
    if (lost.length > 0 && !told) silent.push({ name, lines, lost: lost.map(([fact]) => fact).slice(0, 5) });
  }
  expect(silent).toEqual([]);
});

interface Facts {
  /** Each fact with the lines that it is written on. */
  readonly facts: ReadonlyMap<string, ReadonlySet<number>>;
  readonly findings: readonly Diagnostic[];
}

async function factsOf(source: string): Promise<Facts> {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic): number => findings.push(finding);
  const include = (path: string): SourceFile | undefined =>
    path === "_events_common.conf" ? { path, text: common } : undefined;
  const compileProto = () => Promise.reject(new Error("There is nothing to compile."));
  const context = { system: "clearml", options: undefined, report, include, compileProto };
  const decls = await hocon.read({ path: "events.conf", text: source }, context);
  buildModel(decls, new Map(), report);
  const lineOf = lineCounter(source);
  const linesOf = ({ origins }: Pick<Decl, "origins">): readonly number[] =>
    origins.filter(({ span }) => span.path === "events.conf").map(({ span }) => lineOf(span.start));

  const types = new Map(decls.map((decl) => [`.${decl.name}`, decl]));
  const facts = new Map<string, ReadonlySet<number>>();
  const add = (fact: string, type: TypeRef | undefined, outer: readonly number[], depth = 0): void => {
    const named = type?.kind === "named" && type.span?.path === "events.conf" ? [lineOf(type.span.start)] : [];
    const lines = [...outer, ...named];
    facts.set(fact, new Set(lines));
    if (type?.kind === "list") add(`${fact}[]`, type.item, lines, depth);
    if (type?.kind !== "named" || depth > 8) return;
    const decl = types.get(type.name);
    if (!decl) return;
    const here = [...lines, ...linesOf(decl)];
    const fields = decl.kind === "message" || decl.kind === "union" ? (decl.fields ?? []) : [];
    for (const field of fields) add(`${fact}.${field.name}`, field.type, [...here, ...linesOf(field)], depth + 1);
    for (const variant of decl.kind === "union" ? decl.variants : [])
      add(`${fact}|${variant.kind === "named" ? variant.name : variant.kind}`, variant, here, depth + 1);
    if (decl.kind === "alias") add(`${fact}=`, decl.type, here, depth + 1);
  };
  for (const decl of decls) {
    if (decl.kind !== "operation") continue;
    for (const version of decl.versions) {
      const lines = [...linesOf(decl), ...linesOf(version)];
      const name = `${decl.name} ${version.version}`;
      facts.set(name, new Set(lines));
      add(`${name} request`, version.request, lines);
      add(`${name} response`, version.response, lines);
    }
  }
  return { facts, findings };
}

function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    for (let high = starts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

/** One slip, and the lines it is on. */
function mutate(index: number, random: (below: number) => number) {
  const lines = text.split("\n");
  const lineOf = lineCounter(text);
  const line = random(lines.length - 2);
  const own = lines[line] ?? "";
  const withLines = (name: string, replacement: readonly string[], taken: number) => ({
    name: `${index}: ${name} ${line + 1}`,
    mutated: [...lines.slice(0, line), ...replacement, ...lines.slice(line + taken)].join("\n"),
    lines: Array.from({ length: taken }, (_, i) => line + i),
  });
  const without = (name: string, pattern: RegExp) => {
    const places = [...text.matchAll(pattern)].map((match) => match.index);
    const at = places[random(places.length)] ?? 0;
    return {
      name: `${index}: ${name} ${lineOf(at) + 1}`,
      mutated: text.slice(0, at) + text.slice(at + 1),
      lines: [lineOf(at)],
    };
  };
  switch (index % 7) {
    case 0:
      return withLines("line dropped", [], 1);
    case 1:
      return withLines("line doubled", [own, own], 1);
    case 2:
      return withLines("line cut", [own.slice(0, random(own.length + 1))], 1);
    case 3:
      return withLines("lines swapped", [lines[line + 1] ?? "", own], 2);
    case 4:
      return without("bracket lost", /[{}[\]]/g);
    case 5:
      return without("quote lost", /"/g);
    default: {
      const at = random(text.length);
      const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << random(7)));
      const on = lineOf(at);
      return {
        name: `${index}: bit flipped ${on + 1}: ${JSON.stringify(text[at])} ${JSON.stringify(flipped)}`,
        mutated: text.slice(0, at) + flipped + text.slice(at + 1),
        // A line that loses its end becomes one with the next.
        lines: text[at] === "\n" ? [on, on + 1] : [on],
      };
    }
  }
}

/** The same numbers each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
