import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { read } from "../../../dist/index.js";
import { bundled } from "../../support/bundled.mjs";
import { factsOf } from "./facts.mjs";

const { folder, name, from, count } = workerData;
const { lineCounter, mutations, namedBy } = await bundled(new URL("../../support/mutations.ts", import.meta.url));

const path = join(folder, name);
const text = workerData.text;
writeFileSync(path, text);
const before = await read({ folder });
const known = new Set(before.findings.map(sentence));
const facts = linesOfFacts(before.project.model);

let index = -1;
for (const mutation of mutations(text, count, 20_250_101)) {
  if (++index < from) continue;
  parentPort.postMessage({ begin: { index, what: mutation.what } });
  const begin = performance.now();
  let outcome;
  try {
    writeFileSync(path, mutation.text);
    outcome = { silent: lostInSilence(await read({ folder }), mutation.lines) };
  } catch (error) {
    outcome = { silent: [], crash: error.stack };
  }
  parentPort.postMessage({ ...outcome, milliseconds: performance.now() - begin });
}
parentPort.postMessage({ done: true });

function sentence({ code, message }) {
  return `${code} ${message}`;
}

/** The facts that are gone although nothing new is said and their lines were not touched. */
function lostInSilence({ project, findings }, touched) {
  const told = findings.some((finding) => finding.severity !== "info" && !known.has(sentence(finding)));
  if (told) return [];
  if (!project) return ["everything"];
  const after = factsOf(project.model);
  const near = (lines) => touched.some((line) => lines.has(line) || lines.has(line - 1));
  return [...facts]
    .filter(([fact, { value, lines }]) => after.get(fact)?.value !== value && !near(lines))
    .map(([fact, { value }]) => `${fact} = ${value}`);
}

/** Every fact with the lines of the text that it rests on: its own, those of the names in it, and of the headings above. */
function linesOfFacts(model) {
  const all = factsOf(model);
  const linesOf = linesOfOrigins([...all.values()].flatMap(({ origins }) => origins));
  const ofNames = new Map();
  const add = (of, lines) => ofNames.set(of, [...(ofNames.get(of) ?? []), ...lines]);
  for (const decl of model.decls) add(decl.name, linesOf(decl.origins));
  for (const [name, origins] of placesThatName(model, all)) add(name, linesOf(origins));

  const result = new Map();
  for (const [fact, { value, origins, names = [], order }] of all) {
    // An order changes with every line that is added.
    if (order) continue;
    const subject = fact.slice(fact.indexOf(" ") + 1).replace(/[[].*/s, "");
    const lines = [subject, ...names].flatMap((word) => scopesOf(word).flatMap((scope) => ofNames.get(scope) ?? []));
    result.set(fact, { value, lines: new Set([...linesOf(origins), ...lines]) });
  }
  return result;
}

/** What is told of a thing stands from its place to the place of the next thing. */
function linesOfOrigins(everything) {
  const lineOf = lineCounter(text);
  const starts = (origins) => origins.filter(({ span }) => span.path === name).map(({ span }) => lineOf(span.start));
  const known = [...new Set(starts(everything))].sort((a, b) => a - b);
  const extents = known.map((line, index) => [line, (known[index + 1] ?? line + 1) - line]);
  const lengths = new Map(extents);
  return (origins) => {
    const own = starts(origins);
    const extended = own.flatMap((line) => Array.from({ length: lengths.get(line) ?? 1 }, (_, index) => line + index));
    return [...extended, ...namedBy(text, own)];
  };
}

/** A type that one place alone refers to, or an event carries, is often named after it; an event may be what a union lists. */
function placesThatName(model, all) {
  const declared = new Set(model.decls.map((decl) => decl.name));
  const uses = new Map();
  for (const [fact, { names = [], origins }] of all)
    for (const used of names)
      if (declared.has(used)) uses.set(used, [...(uses.get(used) ?? []), { origins, kind: fact.split(" ", 1)[0] }]);
  const namedAfter = [...uses].flatMap(([used, places]) =>
    places.filter(({ kind }) => kind === "event" || places.length === 1).map(({ origins }) => [used, origins]),
  );
  const listed = model.decls.flatMap((decl) =>
    decl.kind === "event"
      ? (uses.get(decl.payload.name) ?? []).flatMap(({ kind, origins }) =>
          kind === "union" ? [[decl.name, origins]] : [],
        )
      : [],
  );
  return [...namedAfter, ...listed];
}

function scopesOf(word) {
  const parts = word.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}
