// node bench/hocon.mjs [file]
//
// What reading HOCON costs, as a ratio: the time to read a text of some 50 KB into values with positions, comments and
// resolved substitutions, and the time JSON.parse takes for the JSON of the same value.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { median } from "./measure.mjs";

const root = join(import.meta.dirname, "..");
const defaultFile = join(root, "schemas/clearml/events.conf");

/** Milliseconds of both, medians of alternating rounds. */
export async function measureHocon(file = defaultFile, rounds = 40) {
  const { readHocon, toJson } = await readerFromSources();
  const folder = dirname(file);
  const source = { path: basename(file), text: readFileSync(file, "utf8") };
  const findings = [];
  const options = {
    report: (finding) => findings.push(finding),
    include: (path) => ({ path, text: readFileSync(join(folder, path), "utf8") }),
  };
  const json = JSON.stringify(toJson(readHocon(source, options).root));
  if (findings.some(({ severity }) => severity === "error")) throw new Error(`${file} is not in order.`);
  const times = { hocon: [], json: [] };
  for (let round = -10; round < rounds; round++) {
    const [hocon, parse] = [timeOf(() => readHocon(source, options)), timeOf(() => JSON.parse(json))];
    if (round < 0) continue; // Both are compiled by then.
    times.hocon.push(hocon);
    times.json.push(parse);
  }
  return {
    file: basename(file),
    characters: source.text.length,
    jsonCharacters: json.length,
    hocon: median(times.hocon),
    json: median(times.json),
  };
}

/** The row that `npm run bench` shows. */
export function hoconRow({ file, characters, jsonCharacters, hocon, json }) {
  const kilobytes = (count) => `${Math.round(count / 1024)} KB`;
  return [
    `HOCON: ${file} (${kilobytes(characters)}) against JSON.parse of its value (${kilobytes(jsonCharacters)}):`,
    `${hocon.toFixed(2)} ms to ${json.toFixed(2)} ms, 1/${(hocon / json).toFixed(1)} of its speed`,
  ].join(" ");
}

function timeOf(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** The syntax alone has no door in the shipped bundle. */
async function readerFromSources() {
  const entry = join(root, "readers/hocon/syntax/index.ts");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(hoconRow(await measureHocon(process.argv[2])));
