// node test/conformance/compatibility.mjs <folder>
//
// Holds our verdicts against measured ones. The folder has `ir-cases.json`, pairs of one small message before and after a
// change, and `rule-table-rows.json`, what real encoders, validators and compilers did with each: `S` safe, `u` unknown
// field, `L` decodes to another value, `B` breaks, backward and forward per format, and three letters for TypeScript. Where
// we differ knowingly, known-disagreements.json says why; a verdict milder than measured also has to be `shown`, executed
// with what we generate, in shown.test.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "../support/bundled.mjs";

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Usage: npm run conformance:compatibility -- <folder of pairs and verdicts>");
  process.exit(2);
}

const { columns, isSafer, judgePair } = await bundled(new URL("compatibility/judge-pair.ts", import.meta.url));
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const known = read(new URL("compatibility/known-disagreements.json", import.meta.url));
const pairs = read(join(folder, "ir-cases.json"));
const rows = read(join(folder, "rule-table-rows.json"));

const count = { agreed: 0, known: 0, failed: 0 };
const told = new Set();
for (const row of rows) {
  const pair = pairs.find(({ kind }) => kind === row.kind);
  for (const column of Object.keys(columns)) {
    const id = `${row.kind}: ${column}`;
    const said = judgePair(pair, column);
    const measured = row[column];
    const expected = known[id];
    if (expected !== undefined) told.add(id);
    if (said === measured && expected === undefined) count.agreed++;
    else if (expected?.says === said && said !== measured && (expected.shown || !isSafer(said, measured)))
      count.known++;
    else {
      count.failed++;
      // Known or not: what is safer than measured has to be executed in a test of ours.
      const safer = isSafer(said, measured) ? ", which is safer than measured" : "";
      console.log(`${id}: measured ${measured}, we say ${said}${safer}`);
    }
  }
}
for (const id of Object.keys(known)) if (!told.has(id)) console.log(`${id} is listed as known, and is no such cell`);
for (const [id, { says, why }] of Object.entries(known)) console.log(`known: ${id}, we say ${says}. ${why}`);
console.log(
  `${rows.length} pairs, ${count.agreed} cells agree, ${count.known} are known to differ, ${count.failed} fail`,
);
if (count.failed > 0 || count.agreed === 0) process.exitCode = 1;
