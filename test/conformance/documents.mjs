// node test/conformance/documents.mjs <folder> [--mutations <number>]
//
// Reads documents as they were found, unchanged, in place of the sources of schemas/, and compares: the same facts, the
// findings that they must cause (documents-findings.json, written by hand), and slips of the pen in each of them.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { read } from "../../dist/index.js";
import { differences, factsOf, systemOf } from "./documents/facts.mjs";
import { compareFindings, documentOf, placed } from "./documents/findings.mjs";
import { documents, findDocuments, projectOf, root } from "./documents/projects.mjs";
import { slipsOf } from "./documents/slips.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { mutations: { type: "string", default: "500" } },
});
const [folder] = positionals;
const slips = Number(values.mutations);
if (folder === undefined || !Number.isInteger(slips) || slips < 0) {
  console.error("Usage: npm run conformance:documents -- <folder of documents> [--mutations <number>]");
  process.exit(2);
}

const files = findDocuments(folder);
const expected = JSON.parse(readFileSync(new URL("documents-findings.json", import.meta.url), "utf8"));
const temporary = [];
let failed = false;
try {
  for (const key of Object.keys(documents))
    if (!files.has(key)) verdict(key, "none is in the folder.", [`Its name begins with ${key}.`]);
  const found = await read({ folder: project() });
  await compareModels(found);
  await compareAllFindings(found);
  await trySlips();
} finally {
  for (const path of temporary) rmSync(path, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** A line of the report; below it stands what is wrong. */
function verdict(subject, text, wrong = [], note = []) {
  failed ||= wrong.length > 0;
  console.log(`${subject}: ${text}`);
  for (const line of [...wrong.slice(0, 20), ...note]) console.log(`  ${line}`);
  if (wrong.length > 20) console.log(`  and ${wrong.length - 20} more`);
}

function project(options) {
  const path = projectOf(folder, files, options);
  temporary.push(path);
  return path;
}

/** The contracts of schemas/ are what the documents say, system by system. */
async function compareModels(found) {
  const own = await read({ folder: root });
  const compare = (subject, [wanted, got], more = []) => {
    const wrong = [...differences(wanted, got), ...more];
    verdict(subject, `${wanted.size} facts compared, ${sentence(wrong.length, "difference")}.`, wrong);
  };
  const both = (other, keep) => [factsOf(own.project.model, keep), factsOf(other.project.model, keep)];
  for (const system of ["h2o", "clearml", "telemetry"]) {
    const keys = [...files.keys()].filter((key) => documents[key].system === system);
    if (keys.length > 0)
      compare(
        `${system} (${keys.join(", ")})`,
        both(found, (decl) => systemOf(decl) === system),
      );
  }
  if (!files.has("002")) return;

  const package_ = (decl) => decl.name.startsWith("flyteidl.event.");
  const foreign = found.project.model.decls.filter(
    (decl) => systemOf(decl) === "flyte" && !package_(decl) && !["system", "event", "external"].includes(decl.kind),
  );
  const names = found.project.model.decls.filter(package_).length;
  compare("flyte (002 alone)", both(found, package_).map(withoutNumbers), [
    ...foreign.map(({ kind, name }) => `${kind} ${name} is of another package, and no external`),
    ...(names === 9 ? [] : [`${names} declarations of flyteidl.event instead of 9`]),
  ]);
  const merged = await read({ folder: project({ beside: true, systems: ["flyte"] }) });
  compare(
    "flyte (002 and schemas/flyte)",
    both(merged, (decl) => systemOf(decl) === "flyte"),
    merged.findings.filter(({ code }) => code.startsWith("merge/")).map(({ code, message }) => `${code}: ${message}`),
  );
}

/** A reference has no numbers and no names of one-ofs, and a one-of with one member looks like any field there. */
function withoutNumbers(facts) {
  const kept = new Map();
  for (const [path, fact] of facts) {
    if (path.endsWith(".number")) continue;
    const oneof = /^(.*)\.oneofs(?:\[[^\]]*\])?(.*)$/.exec(path);
    if (!oneof) kept.set(path, fact);
    else if (oneof[2] === ".fields in order") kept.set(`${oneof[1]} has one of ${fact.value}`, fact);
  }
  return kept;
}

/** Every finding that a document must cause, and none of weight beside them; some are only there without a correction. */
async function compareAllFindings(found) {
  const runs = [
    { without: undefined, result: found },
    { without: "overlays", result: await read({ folder: project({ without: "overlays" }) }) },
    { without: "include", result: await read({ folder: project({ without: "include" }) }) },
  ];
  for (const { without, result } of runs) {
    const all = placed(result, files);
    for (const key of files.keys()) {
      const wanted = expected.filter((entry) => documentOf(entry) === key && entry.without === without);
      if (without && wanted.length === 0) continue;
      const { missing, unexpected } = compareFindings(
        wanted,
        all.filter((finding) => documentOf(finding) === key),
      );
      // Without its corrections a document causes more than is listed.
      const wrong = [
        ...missing.map((line) => `missing: ${line}`),
        ...(without ? [] : unexpected.map((line) => `unexpected: ${line}`)),
      ];
      const of = `${wanted.length - missing.length} of ${sentence(wanted.length, "finding")} found`;
      verdict(
        without ? `${key} without ${without}` : key,
        without ? `${of}.` : `${of}, ${sentence(unexpected.length, "unexpected warning")}.`,
        wrong,
      );
    }
  }
}

/** Slips of the pen in each document. */
async function trySlips() {
  if (slips === 0) return;
  const tasks = [...files].map(([key, name]) => ({
    key,
    name,
    text: readFileSync(join(folder, name), "utf8"),
    folder: project({ systems: [documents[key].system] }),
  }));
  await slipsOf(tasks, slips, ({ key }, { read, crashed, hung, silent, slowest }) =>
    verdict(
      key,
      `${slips} slips, ${read} read: ${crashed.length} crashed, ${hung.length} hung, ${silent.length} lost a fact ` +
        `in silence; ${Math.round(slowest)} ms at most.`,
      [...crashed.map((line) => `crashed: ${line}`), ...hung.map((line) => `hung: ${line}`), ...silent],
    ),
  );
}

function sentence(count, thing) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
