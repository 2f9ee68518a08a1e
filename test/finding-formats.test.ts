import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import {
  type ComparisonReport,
  type FindingFormat,
  findingFormats,
  findingsSchema,
  type Printed,
  printFindingsAs,
} from "../pipeline/index.ts";
import { gitlabSchema, sarifSchema } from "./support/formats/schemas.ts";
import { folderWith, generateIn, smallProject } from "./support/project.ts";

const hostile = [
  "A | cell ]]> <script>&amp; \"quoted\" 'too' `code` @team #12 ::error file=x::y",
  "::set-output name=a::b 100% \u0000\u001b[31m \ud800 \u202e",
].join("\r\n");

/** Where the row of the total stands: line 19, column 3. */
const total = smallProject["docs/events.md"].indexOf("total | number");

const comparison: ComparisonReport = {
  baselines: ["git:main"],
  mode: "full",
  failOn: "breaking",
  targets: ["avro", "protobuf"],
  changes: 3,
  entries: [
    {
      fact: "field.type",
      at: "shop.Order.total",
      was: "float64",
      now: "string",
      message: `shop.Order.total: ${hostile}`,
      fingerprint: "00ff",
      baseline: "git:main",
      severity: "error",
      span: { path: "docs/events.md", start: total, end: total + 5 },
      old: { path: "docs/events.md", line: 4, column: 2 },
      audience: { carriers: ["shop.ordered"], topics: ["orders"], owners: ["@shop/orders"] },
      judgements: [
        verdict("avro", "backward", "breaking", "error"),
        verdict("avro", "forward", "lossy", "warning"),
        {
          ...verdict("protobuf", "backward", "breaking", "info"),
          waiver: { reason: hostile, owner: "orders", expires: "2030-01-31" },
        },
        { ...verdict("protobuf", "forward", "safe"), why: "Nothing happens." },
      ],
    },
  ],
};

function verdict(
  target: string,
  direction: "backward" | "forward",
  word: "safe" | "lossy" | "breaking",
  severity?: "error" | "warning" | "info",
) {
  const rule = `compat/${target}/field-type`;
  return { target, direction, verdict: word, rule, why: `Because ${hostile}`, ...(severity && { severity }) };
}

async function printed(format: FindingFormat, extra?: Partial<Printed>): Promise<string> {
  const folder = folderWith({
    ".git/HEAD": "",
    ...Object.fromEntries(Object.entries(smallProject).map(([path, text]) => [`sub dir/${path}`, text])),
    "sub dir/docs/events.md": smallProject["docs/events.md"].replace("| total | number", "| total | mony"),
  });
  const project = join(folder, "sub dir");
  const { findings, store } = await generateIn(project);
  const span = { path: "docs/events.md", start: 30, end: 60 };
  const odd = { code: "test/hostile", severity: "warning", message: hostile, hint: hostile, span } as const;
  return printFindingsAs(
    format,
    { findings: [...findings, odd, { ...odd, related: [{ message: hostile, span }] }], suppressed: 0, ...extra },
    { store, folder: project, workingFolder: project, root: folder, version: "1.2.3" },
  );
}

const fits = (schema: object, value: unknown): unknown => {
  const ajv = new Ajv2020({ strict: false });
  return ajv.validate(schema, value) ? [] : ajv.errors;
};

describe.each(["findings", "a comparison"])("%s", (what) => {
  const extra = what === "findings" ? {} : { comparison };

  test("as JSON fit the published schema", async () => {
    const value = JSON.parse(await printed("json", extra));
    expect(fits(findingsSchema, value)).toEqual([]);
    expect(value.comparison?.entries[0].span.from).toEqual(what === "findings" ? undefined : { line: 19, column: 3 });
  });

  test("as SARIF fit the part of its schema that is used", async () => {
    const log = JSON.parse(await printed("sarif", extra));
    expect(fits(sarifSchema, log)).toEqual([]);
    const [{ results, tool }] = log.runs;
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("sub%20dir/docs/events.md");
    const prints = results.map(
      (row: { partialFingerprints: Record<string, string> }) => row.partialFingerprints["concordat/v1"],
    );
    expect(new Set(prints).size).toBe(prints.length);
    const suppressed = results.filter((row: { suppressions?: unknown }) => row.suppressions);
    expect(suppressed.map((row: { ruleId: string }) => row.ruleId)).toEqual(
      what === "findings" ? [] : ["compat/protobuf/field-type"],
    );
  });

  test("as a report of GitLab fit its schema, each with a fingerprint of its own", async () => {
    const rows = JSON.parse(await printed("gitlab", extra));
    expect(fits(gitlabSchema, rows)).toEqual([]);
    expect(new Set(rows.map((row: { fingerprint: string }) => row.fingerprint)).size).toBe(rows.length);
  });

  test("as JUnit fit a schema, whatever stands in them", async () => {
    const xml = await printed("junit", extra);
    const schema = readFileSync(join(import.meta.dirname, "support/formats/junit.xsd"), "utf8");
    const { valid, errors } = await validateXML({ xml, schema });
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
    expect(xml.match(/<failure/g)?.length).toBe(what === "findings" ? 1 : 2);
  });

  test("as annotations of GitHub give no commands but their own", async () => {
    const lines = (await printed("github", extra)).trimEnd().split("\n");
    const commands = lines.filter((line) => line.startsWith("::"));
    for (const line of commands)
      expect(line).toMatch(
        /^::(?:error|warning|notice) (?:file=[^,:]+,)?(?:line=\d+,col=\d+,)?(?:endLine=\d+,)?(?:endColumn=\d+,)?title=[^,:]+::[^\r\n\u0000-\u001f]+$/,
      );
    expect(commands).toHaveLength(what === "findings" ? 4 : 5);
    expect(commands).toContainEqual(
      expect.stringMatching(/^::error file=sub dir\/docs\/events.md,line=19,col=11,endLine=19,endColumn=15,/),
    );
  });

  test("as a comment keep every table in shape and call nobody", async () => {
    const text = await printed("markdown", extra);
    const tree = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
    const tables = tree.children.filter((node) => node.type === "table");
    expect(tables).toHaveLength(what === "findings" ? 1 : 2);
    for (const { children } of tables) expect(new Set(children.map((row) => row.children.length)).size).toBe(1);
    expect(text.replace(/`[^`]*`/g, "")).not.toMatch(/[@#]\w|<script/);
  });
});

test("as a comment, a change is a row and a target a column", async () => {
  const plain = structuredClone(comparison) as { entries: { message: string }[] } & ComparisonReport;
  for (const entry of plain.entries) entry.message = "shop.Order.total is a string, and was a number.";
  const text = await printed("markdown", { findings: [], comparison: plain });
  expect(text).toContain(
    [
      "| Change | avro | protobuf |",
      "| --- | --- | --- |",
      "| shop.Order.total is a string, and was a number. | **backward B, forward L** | backward (B), forward – |",
    ].join("\n"),
  );
  expect(text).toContain("- Owners: `@shop/orders`");
});

test.each(findingFormats)("no findings as %s are a report as well", async (format) => {
  const text = await printed(format, { findings: [] });
  if (format === "text") return expect(text).toBe("");
  if (format === "github") return expect(text).toBe("");
  if (format === "junit") expect(text).toContain('<testcase name="No findings."');
  if (format === "markdown") expect(text).toContain("No findings.");
  if (["json", "sarif", "gitlab"].includes(format)) JSON.parse(text);
});
