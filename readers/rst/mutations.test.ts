import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Decl, formatTypeRef, lastSegment, scopeOf } from "../../model/index.ts";
import { readText } from "./testing.ts";

const original = readFileSync(join(import.meta.dirname, "cases/messages/reference.rst"), "utf8");

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Mutation {
  readonly what: string;
  readonly text: string;
  /** The lines of the original that it changes. */
  readonly lines: readonly number[];
}

const lineAt = (text: string, offset = 0): number => text.slice(0, offset).split("\n").length - 1;

function mutate(text: string, random: (below: number) => number): Mutation {
  const lines = text.split("\n");
  const line = random(lines.length - 1);
  const other = random(lines.length - 1);
  const offset = random(text.length);
  const without = (at: number): string => text.slice(0, at) + text.slice(at + 1);
  switch (random(6)) {
    case 0:
      return { what: "drop", text: lines.toSpliced(line, 1).join("\n"), lines: [line] };
    case 1:
      return { what: "double", text: lines.toSpliced(line, 0, lines[line] ?? "").join("\n"), lines: [line] };
    case 2: {
      const swapped = lines.with(line, lines[other] ?? "").with(other, lines[line] ?? "");
      return { what: "swap", text: swapped.join("\n"), lines: [line, other] };
    }
    case 3: {
      const cut = lines.with(line, (lines[line] ?? "").slice(0, random((lines[line] ?? "").length)));
      return { what: "cut", text: cut.join("\n"), lines: [line] };
    }
    case 4: {
      const marks = [...text.matchAll(/[()[\]{}<>"`:]/g)].map(({ index }) => index);
      const mark = marks[random(marks.length)] ?? 0;
      return { what: "mark", text: without(mark), lines: [lineAt(text, mark)] };
    }
    default: {
      const flipped = String.fromCharCode(text.charCodeAt(offset) ^ (1 << random(7)));
      return {
        what: "flip",
        text: text.slice(0, offset) + flipped + text.slice(offset + 1),
        lines: [lineAt(text, offset)],
      };
    }
  }
}

/** Everything that is said, each with the name it is about. */
function factsOf(decls: readonly Decl[]): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const decl of decls) {
    facts.set(`${decl.kind} ${decl.name}`, decl.name);
    if (decl.doc) facts.set(`# ${decl.doc}`, decl.name);
    if (decl.kind === "enum")
      for (const { name, doc } of decl.values) {
        facts.set(`${decl.name}.${name}`, `${decl.name}.${name}`);
        if (doc) facts.set(`# ${doc}`, `${decl.name}.${name}`);
      }
    if (decl.kind !== "message") continue;
    for (const { name, type, presence, doc } of decl.fields) {
      const at = `${decl.name}.${name}`;
      facts.set(`${at}: ${formatTypeRef(type)}`, at);
      facts.set(`${at} ${presence}`, at);
      if (doc) facts.set(`# ${doc}`, at);
    }
    for (const { name, fields, doc } of decl.oneofs ?? [])
      for (const field of fields) {
        facts.set(`${decl.name}.${field} in ${name}`, `${decl.name}.${field}`);
        if (doc) facts.set(`# ${doc}`, `${decl.name}.${field}`);
      }
  }
  return facts;
}

/** The lines that speak of a name: from its label to the next; of a type without a section, those of a field that has it. */
function linesAbout(): ReadonlyMap<string, readonly [number, number]> {
  const lines = original.split("\n");
  const labels = lines.flatMap((text, line) => {
    const name = /^\.\. _api_(?:msg|enum_value|enum|field)_(.+):$/.exec(text)?.[1];
    return name === undefined ? [] : [{ name, line }];
  });
  const about = new Map<string, readonly [number, number]>();
  for (const [index, { name, line }] of labels.entries()) {
    const range = [line, (labels[index + 1]?.line ?? lines.length) - 1] as const;
    about.set(name, range);
    for (const text of lines.slice(...range)) {
      const external = /<api_msg_(harbour\.registry\.\w+)>/.exec(text)?.[1];
      if (external !== undefined) about.set(external, range);
    }
  }
  return about;
}

test("500 mutations neither crash nor hang, and nothing is lost in silence", () => {
  const random = randomFrom(20_240_613);
  const facts = factsOf(readText(original).decls);
  const about = linesAbout();
  const silent: string[] = [];
  for (let round = 0; round < 500; round++) {
    const { what, text, lines } = mutate(original, random);
    const { decls, findings } = readText(text);
    const left = factsOf(decls);
    const said = [...left.keys()].join("\n");
    // A comment is not lost while somebody has it.
    const lost = [...facts].filter(([fact]) =>
      fact.startsWith("# ") ? !said.includes(fact.slice(2)) : !left.has(fact),
    );
    for (const [fact, name] of lost) {
      const [from, to] = about.get(name) ?? [0, -1];
      // A changed word makes another comment, and a type line in place of another makes another field: nothing is odd then.
      const explained = fact.startsWith("# ") || what === "swap" || findings.length > 0;
      const changedHere = explained && lines.some((line) => line >= from && line <= to);
      // What is told of a message as a whole, that it has no sample for example, is told of its fields.
      const told = findings.some(
        ({ message, span }) =>
          message.includes(`${scopeOf(name)} `) ||
          (message.includes(scopeOf(name)) && message.includes(lastSegment(name))) ||
          lines.includes(lineAt(text, span?.start)),
      );
      if (!changedHere && !told) silent.push(`${round} ${what} ${lines}: ${fact}`);
    }
  }
  expect(silent).toEqual([]);
});
