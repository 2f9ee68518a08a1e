// node test/conformance/alter.mjs <folder>
//
// Judges changes of tables that ClickHouse has executed, and compares with what came of them. A file is JSON: `cases`, each
// with `cols`, `engine` and `alter`, or a `name` of the form `Type->Type`, and with what was measured. Saying that less can go
// wrong than did is a failure; being stricter is told.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "../support/bundled.mjs";

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Usage: npm run conformance:alter -- <folder of case files>");
  process.exit(2);
}
const { judgeAlter } = await bundled(new URL("./alter/judge.ts", import.meta.url));

/** Where the ALTER ended well and what was read before is not what is read after it: the files do not say what was inserted. */
const changed = [
  /overflow|negative$|big$|^float64->int64$|^Float64->Float32$|^Int32->Bool$/,
  /used value|rename value|nulls\+default$|^Tuple (?:drop|rename) element$/,
  /^drop column$|^ttl add$|unmaterialised/,
];
const rank = ["nothing", "metadata", "rewrite", "preflight", "impossible"];
const total = { agreed: 0, stricter: 0, failed: 0 };

for (const name of readdirSync(folder)
  .filter((file) => /alter.*\.json$/.test(file))
  .sort())
  for (const item of JSON.parse(readFileSync(join(folder, name), "utf8")).cases) judge(item);
console.log(`${total.agreed} judged as they ran, ${total.stricter} more strictly, ${total.failed} failed`);
if (total.failed > 0 || total.agreed === 0) process.exitCode = 1;

function judge(item) {
  const { before, after, renamed } = pairOf(item);
  const ran = outcomeOf(item);
  let own;
  try {
    own = judgeAlter(before, after, renamed);
  } catch (error) {
    return tell("failed", item, ran, String(error));
  }
  const isSpared = own.withheld.length > 0;
  const least = { metadata: 1, rewrite: 2, changed: 3, stopped: 3, refused: 4 }[ran];
  // An ALTER that was refused may be mended: by what stands in for NULL, for example, after a look that there is none.
  const isWritten = own.statements.some((one) => one.includes("MATERIALIZE COLUMN"));
  const isMended =
    ran === "refused" &&
    own.class === "preflight" &&
    own.statements.some((one) => one.includes("defaultValueOfTypeName"));
  if (rank.indexOf(own.class) < least && !isSpared && !isMended && !(ran === "changed" && isWritten))
    return tell("failed", item, ran, own.class);
  const isStrict = rank.indexOf(own.class) > least || (isSpared && (ran === "metadata" || ran === "rewrite"));
  return tell(isStrict ? "stricter" : "agreed", item, ran, own.class);
}

function tell(verdict, { name }, ran, judged) {
  total[verdict]++;
  if (verdict !== "agreed") console.log(`${verdict}: ${name} ran as ${ran}, and is judged ${judged}`);
}

/** `refused` at once, `stopped` while rows were written, `changed` values, or ended well with or without writing rows. */
function outcomeOf({ name, steps, ok, mutations, alter, mut, after }) {
  const isGood = steps ? ok : alter.startsWith("OK");
  const count = Number((steps ? mutations : mut.slice(3)).split("\t")[0]);
  if (!isGood) return steps && count === (name.includes("update first") ? 1 : 0) ? "refused" : "stopped";
  if (String(after).includes("Query failed") || changed.some((pattern) => pattern.test(name))) return "changed";
  return count > 0 ? "rewrite" : "metadata";
}

function pairOf({ name, cols, engine, alter }) {
  if (cols === undefined) {
    const [from, to] = typesOf(name);
    const table = (type) => `CREATE TABLE t (id UInt64, v ${type}) ENGINE = MergeTree ORDER BY id`;
    return { before: table(from), after: table(to), renamed: {} };
  }
  const table = {
    columns: split(cols),
    engine: engine.replace(/^MergeTree/, "MergeTree()").replace("()(", "("),
    renamed: {},
  };
  const steps = [alter].flat().flatMap(split);
  const last = steps.at(-1) ?? "";
  // A column that is added and then changed has been there before it was changed.
  const first = /^modify column/.test(last) && /^add column/.test(steps[0]) ? steps.splice(0, steps.length - 1) : [];
  for (const step of first) apply(step, table);
  const before = print(table);
  for (const step of steps) apply(step, table);
  return { before, after: print(table), renamed: table.renamed };
}

function print({ columns, engine }) {
  return `CREATE TABLE t (${columns.join(", ")}) ENGINE = ${engine}`;
}

/** Parts between commas that stand in no bracket and no string. */
function split(text) {
  return text.match(/(?:'[^']*'|\((?:'[^']*'|\([^()]*\)|[^()])*\)|[^,])+/g).map((part) => part.trim());
}

/** What a table is after an ALTER that succeeds. */
function apply(step, table) {
  const [, what, rest] =
    /^(add column|add constraint|drop column|rename column|modify column|modify order by|modify partition by|modify ttl|modify engine|\w+)\s+(.*)$/is.exec(
      step,
    );
  const [name, ...more] = rest.split(/\s+/);
  const at = table.columns.findIndex((column) => column.split(/\s+/)[0] === name);
  const words = more.join(" ");
  switch (what.toLowerCase()) {
    case "add column":
      return void table.columns.push(rest);
    case "add constraint":
      return void table.columns.push(`CONSTRAINT ${rest}`);
    case "drop column":
      table.engine = table.engine
        .replace(new RegExp(`\\(${name}\\)`), "")
        .replace(new RegExp(`order by ${name}$`), "order by tuple()");
      return void table.columns.splice(at, 1);
    case "rename column": {
      const to = words.replace(/^to\s+/i, "");
      const rename = (text) => text.replace(new RegExp(`\\b${name}\\b`, "g"), to);
      // A column that took the place of a dropped one is that column, as far as a contract can tell.
      if (!Object.keys(table.renamed).includes(to) && !/2$/.test(name)) table.renamed[name] = to;
      table.columns = table.columns.map(rename);
      table.engine = rename(table.engine);
      return;
    }
    case "modify column": {
      const [, type] = /^\S+\s+(.*?)(?:\s+default\s.*)?$/i.exec(table.columns[at]);
      if (/^default\s/i.test(words) || /^codec/i.test(words)) table.columns[at] = `${name} ${type} ${words}`;
      else if (/^remove default/i.test(words)) table.columns[at] = `${name} ${type}`;
      else table.columns[at] = `${name} ${words}`;
      return;
    }
    case "modify order by":
      // The index stays what it was, where the order goes on from it.
      table.engine = table.engine.replace(
        /order by .*/,
        `${rest.startsWith("(v") ? "" : "primary key id "}order by ${rest}`,
      );
      return;
    case "modify partition by":
      table.engine = table.engine.replace(/order by/, `partition by ${rest} order by`);
      return;
    case "modify ttl":
      table.engine = `${table.engine} ttl ${rest}`;
      return;
    case "modify engine":
      table.engine = table.engine.replace(/^MergeTree\(\)/, rest);
      return;
    case "materialize":
      return;
    case "comment":
      table.columns = table.columns.map((column) => (column.startsWith("v ") ? `${column} comment 'x'` : column));
      return;
  }
}

/** `Enum8->Int32`, `Array(Nullable)->Array(T)`: types as they are named, with what such a type needs. */
function typesOf(name) {
  if (name === "Enum insert in middle") return ["Enum8('a' = 1, 'c' = 3)", "Enum8('a' = 1, 'b' = 2, 'c' = 3)"];
  const [from, to] = name.split("->");
  const type = (text) =>
    text
      .replace(/^(\S+?(?:\(.*\))?) (?:DEFAULT 0)$/, "$1 DEFAULT 0")
      .replace(/ (?:known|unknown number|ok|bad|overflow|iso)$/, "")
      .replace(/^Enum8$/, "Enum8('a' = 1, 'b' = 2)")
      .replace("Array(Nullable)", "Array(Nullable(Int32))")
      .replace("Array(T)", "Array(Int32)");
  return [type(from), type(to)];
}
