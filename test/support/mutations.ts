import {
  buildModel,
  type Decl,
  type Declared,
  type Diagnostic,
  type Field,
  formatTypeRef,
  type Message,
  type Reader,
  scopeOf,
} from "../../model/index.ts";

/** A slip of the pen: the text that comes of it, and the lines of the original that it touches. */
export interface Mutation {
  readonly what: string;
  readonly text: string;
  readonly lines: readonly number[];
}

/** Slips in a text, the same ones in every run: lines dropped, doubled, cut and swapped, marks lost, bits flipped. */
export function* mutations(text: string, count: number, seed: number): Generator<Mutation> {
  const random = randomFrom(seed);
  const lines = text.split("\n");
  const lineOf = lineCounter(text);
  const marks = [...text.matchAll(/[()[\]{}<>|"“”`:,#]/g)].map(({ index }) => index);
  for (let index = 0; index < count; index++) {
    const line = random(lines.length);
    const own = lines[line] ?? "";
    const at = random(text.length);
    const mark = marks[random(marks.length)] ?? 0;
    const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << random(7)));
    const made = [
      { what: "drop", text: lines.toSpliced(line, 1).join("\n"), lines: [line] },
      { what: "double", text: lines.toSpliced(line, 0, own).join("\n"), lines: [line] },
      { what: "cut", text: lines.with(line, own.slice(0, random(own.length + 1))).join("\n"), lines: [line] },
      { what: "swap", text: lines.toSpliced(line, 2, lines[line + 1] ?? "", own).join("\n"), lines: [line, line + 1] },
      { what: `lose ${text[mark]}`, text: text.slice(0, mark) + text.slice(mark + 1), lines: [lineOf(mark)] },
      {
        what: `flip ${JSON.stringify(text[at])} to ${JSON.stringify(flipped)}`,
        text: text.slice(0, at) + flipped + text.slice(at + 1),
        // A line that loses its end becomes one with the next.
        lines: text[at] === "\n" ? [lineOf(at), lineOf(at) + 1] : [lineOf(at)],
      },
    ][index % 6];
    if (made) yield { ...made, what: `${index}: ${made.what} at line ${(made.lines[0] ?? 0) + 1}` };
  }
}

/**
 * What mutations of a page take away in silence: facts that are gone, not written on the lines of the slip, and nothing
 * is said that was not said before.
 */
export function lostInSilence(
  reader: Reader<never>,
  path: string,
  text: string,
  count: number,
  options: unknown = undefined,
): readonly string[] {
  const before = readFacts(reader, path, text, options);
  const known = new Set(before.findings.map(sentence));
  return [...mutations(text, count, 20_250_101)].flatMap((mutation) => {
    const after = readFacts(reader, path, mutation.text, options);
    if (after.findings.some((finding) => !known.has(sentence(finding)))) return [];
    const lost = [...before.facts].filter(
      // A line that loses its mark becomes one with the line above it.
      ([fact, lines]) =>
        !after.facts.has(fact) && !mutation.lines.some((line) => lines.has(line) || lines.has(line - 1)),
    );
    return lost.map(([fact]) => `${mutation.what}: ${fact}`);
  });
}

const sentence = ({ code, message }: Diagnostic): string => `${code} ${message}`;

interface Facts {
  /** Each fact with the lines that it rests on. */
  readonly facts: ReadonlyMap<string, ReadonlySet<number>>;
  readonly findings: readonly Diagnostic[];
}

function readFacts(reader: Reader<never>, path: string, text: string, options: unknown): Facts {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic): void => void findings.push(finding);
  const compileProto = () => Promise.reject(new Error("There is nothing to compile."));
  const context = { system: "telemetry", options: options as never, report, include: () => undefined, compileProto };
  const decls = reader.read({ path, text }, context) as readonly Decl[];
  buildModel(decls, new Map(), report);

  const lineOf = lineCounter(text);
  const linesOf = (...items: readonly (Declared | undefined)[]): readonly number[] =>
    items.flatMap((item) => (item?.origins ?? []).map(({ span }) => lineOf(span.start)));
  const facts = new Map<string, ReadonlySet<number>>();
  const add = (fact: string, ...items: readonly (Declared | undefined)[]): void =>
    void facts.set(fact, new Set([...linesOf(...items), ...namedBy(text, linesOf(items[0]))]));
  const components = new Map(decls.flatMap((decl) => (decl.kind === "component" ? [[decl.name, decl]] : [])));
  const named = new Map(decls.map((decl) => [`.${decl.name}`, decl]));
  for (const decl of decls) {
    add(`${decl.kind} ${decl.name}`, decl);
    switch (decl.kind) {
      case "message": {
        const constant = constantOf(decl);
        add(`${decl.kind} ${decl.name}`, decl, constant);
        for (const field of decl.fields) add(`${decl.name}.${fieldText(field)}`, field, decl, constant);
        break;
      }
      case "enum": {
        const of = named.get(`.${scopeOf(decl.name)}`);
        const constant = of?.kind === "message" ? constantOf(of) : undefined;
        add(`${decl.kind} ${decl.name}`, decl, constant);
        for (const value of decl.values) add(`${decl.name}.${value.name} = ${value.number}`, value, decl, constant);
        break;
      }
      case "event":
        add(`${decl.name} in ${decl.topic}`, decl, ...decls.filter((other) => other.name === decl.topic));
        add(`${decl.name} by ${decl.envelope?.type}`, decl, named.get(`.${decl.envelope?.type}`));
        add(
          `${decl.name} is ${formatTypeRef(decl.payload)}`,
          decl,
          decl.payload.kind === "named" ? named.get(decl.payload.name) : undefined,
        );
        break;
      case "topic":
        for (const name of decl.producers ?? []) add(`${decl.name} from ${name}`, decl, components.get(name));
        break;
      case "component":
        add(`${decl.name} ${decl.role} ${decl.language} ${decl.transport} ${decl.owners}`, decl);
        for (const field of decl.env) add(`${decl.name}.${fieldText(field)} ${field.owners}`, field, decl);
        break;
      default:
        break;
    }
  }
  return { facts, findings };
}

/** The name of a body is made of its event's name, which stands in a row of its own. */
const constantOf = ({ fields }: Message): Field | undefined => fields.find(({ type }) => type.kind === "literal");

const fieldText = ({ name, type, presence, nullable }: Field): string =>
  `${name}: ${formatTypeRef(type)} ${presence} ${nullable ?? false}`;

/**
 * Names come from what stands above as well: the headings that a line is under, the bullets that it is below. A bullet
 * ends where another begins: without that line, what is below the other is below this one.
 */
export function namedBy(text: string, lines: readonly number[]): readonly number[] {
  const all = text.split("\n");
  return lines.flatMap((line) => {
    const found: number[] = [];
    let indent = indentOf(all[line]);
    let alone = 0;
    const isBullet = /^\s*(?:[-*+]|\d+[.)])\s/.test(all[line] ?? "");
    const next = all.findIndex((own, at) => at > line && own !== "" && indentOf(own) <= indent);
    if (isBullet && next > 0) found.push(next);
    for (let at = line; at >= 0; at--) {
      const own = all[at] ?? "";
      if (/^#{1,6}\s/.test(own)) return [...found, at];
      if (at < line && own !== "" && all[at - 1] === "" && all[at + 1] === "") {
        found.push(at);
        // Prose may stand between a heading and its table.
        if (++alone === 2) return found;
      }
      if (own === "" || indentOf(own) >= indent) continue;
      indent = indentOf(own);
      found.push(at);
    }
    return found;
  });
}

const indentOf = (line = ""): number => line.length - line.trimStart().length;

/** Finds the line of an offset, counted from 0. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
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

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
