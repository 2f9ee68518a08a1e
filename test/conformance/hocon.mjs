// node test/conformance/hocon.mjs <folder>
//
// Reads HOCON cases that came with the answers of another implementation, and compares. A case file is JSON: `cases`, each
// a `text` or the name (`main`) of one of the `files` in the same document, with `expect: "ok" | "error"`, the `resolved`
// value and the `origins` of its leaves (line and comments); and `equivGroups` of files that mean the same.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { bundled } from "../support/bundled.mjs";

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Usage: npm run conformance:hocon -- <folder of case files>");
  process.exit(2);
}

const { readHocon, toJson } = await bundled(new URL("../../readers/hocon/syntax/index.ts", import.meta.url));
const knownFailures = new Map(
  Object.entries(JSON.parse(readFileSync(new URL("hocon-known-failures.json", import.meta.url), "utf8"))),
);

const total = { passed: 0, failed: 0, known: 0 };
for (const name of readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .sort()) {
  const count = { passed: 0, failed: 0, known: 0 };
  for (const { id, faults } of run(JSON.parse(readFileSync(join(folder, name), "utf8")))) {
    const why = knownFailures.get(id);
    if (faults.length === 0 && why === undefined) count.passed++;
    else if (faults.length > 0 && why !== undefined) count.known++;
    else {
      count.failed++;
      const told = faults.length > 0 ? faults : ["passes, and stands in the list of known failures: take it off"];
      console.log(`${name} ${id}\n${told.map((fault) => `  ${fault}`).join("\n")}`);
    }
  }
  for (const key of Object.keys(total)) total[key] += count[key];
  console.log(`${name}: ${sentence(count)}`);
}
for (const [id, why] of knownFailures) console.log(`known failure ${id}: ${why}`);
console.log(sentence(total));
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;

function sentence({ passed, failed, known }) {
  return `${passed} passed, ${failed} failed${known > 0 ? `, ${known} known to fail` : ""}`;
}

function* run({ cases = [], files = {}, equivGroups = {} }) {
  for (const item of cases) {
    const path = item.main ?? "main.conf";
    const text = item.text ?? files[path];
    yield { id: item.id, faults: faultsOf(path, text, files, item) };
  }
  for (const [group, { members, expected }] of Object.entries(equivGroups))
    for (const member of members)
      yield {
        id: `${group}/${member}`,
        faults: faultsOf(member, files[member], files, { expect: "ok", resolved: expected }),
      };
}

function faultsOf(path, text, files, { expect, resolved, origins = [] }) {
  const errors = [];
  const { root } = readHocon(
    { path, text },
    {
      strict: true,
      report: (finding) => finding.severity === "error" && errors.push(`${finding.code}: ${finding.message}`),
      include: (name, from, _by, how) => {
        // The cases were answered in an empty working directory, which is where file() looks.
        const target = how === "plain" ? posix.join(posix.dirname(from), name) : undefined;
        return target !== undefined && Object.hasOwn(files, target) ? { path: target, text: files[target] } : undefined;
      },
    },
  );
  if (expect === "error") return errors.length > 0 ? [] : [`is read as ${JSON.stringify(toJson(root))}, not refused`];
  if (errors.length > 0) return errors;
  const value = toJson(root);
  if (!isDeepStrictEqual(value, resolved))
    return [`means ${JSON.stringify(value)}`, `instead of ${JSON.stringify(resolved)}`];
  return origins.flatMap((origin) => originFaults(root, text, origin));
}

function originFaults(root, text, { path, line, lineSoft, comments }) {
  const value = path.reduce(
    (outer, key) => (outer.kind === "array" ? outer.items[key] : outer.fields.get(key).value),
    root,
  );
  const at = text.slice(0, value.span.start).split("\n").length;
  const said = value.comments.map((comment) => comment.text);
  return [
    ...(lineSoft || at === line ? [] : [`${path.join(".")} stands in line ${at} instead of ${line}`]),
    ...(!comments || isDeepStrictEqual(said, comments)
      ? []
      : [`${path.join(".")} has the comments ${JSON.stringify(said)} instead of ${JSON.stringify(comments)}`]),
  ];
}
