import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { deliver, execute, statements } from "../generators/clickhouse/ingest/testing.ts";
import { generate } from "../pipeline/index.ts";
import { folderWith, textOf } from "./support/project.ts";

/** Whatever the guides show is tried: options are loaded and generated with, queries executed, and their answers compared. */
const root = join(import.meta.dirname, "..");
const pages = ["ingest.md", "sizing.md"].map((name) => ({
  name,
  text: readFileSync(join(root, "docs", name), "utf8"),
}));
const blocks = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, block = ""]) => block);

describe("options", () => {
  const options = pages.flatMap(({ name, text }) =>
    blocks(text, "yaml").map((block, at) => ({ name: `${name}, ${at + 1}`, block })),
  );
  test.each(options)("of $name", async ({ block }) => {
    const config = parse(readFileSync(join(root, "concordat.yaml"), "utf8"));
    const { systems, package: _, accept, suppress, ...own } = config;
    const { telemetry } = systems;
    const shown = { ...own, systems: { telemetry }, generators: parse(block).generators };
    const folder = folderWith({ "concordat.yaml": stringify(shown) });
    mkdirSync(join(folder, "schemas"));
    cpSync(join(root, "schemas/telemetry"), join(folder, "schemas/telemetry"), { recursive: true });
    cpSync(join(root, "contracts"), join(folder, "contracts"), { recursive: true });
    const result = await generate({ folder, mode: "dry-run", only: ["clickhouse"] });
    expect(result.exitCode, textOf(folder, result)).toBe(0);
    const findings = result.findings.filter(({ code }) => code.startsWith("clickhouse/"));
    expect(findings.map(({ message }) => message).filter((message) => /options|no ingest/.test(message))).toEqual([]);
    const texts = Object.values(parse(block).generators.clickhouse.kafka ?? {}).flat();
    const files = (result.files ?? []).map(({ content }) => content).join("\n");
    for (const text of texts) if (typeof text === "string") expect(files).toContain(text);
  });
});

describe("queries", () => {
  let session: Session;
  beforeAll(async () => {
    session = new Session();
    const { files = [] } = await generate({ folder: root, mode: "dry-run", only: ["clickhouse"] });
    const own = files.filter(({ path }) => path.startsWith("telemetry/clickhouse/"));
    execute(session, own);
    // Copies stay until the page has shown them.
    session.query("SYSTEM STOP MERGES events.telemetry_assets_access_read");
    for (const [topic, raws] of Object.entries(sent()))
      for (const [offset, raw] of raws.entries())
        deliver(session, `events.telemetry_${topic}_json_queue`, topic, [{ raw, offset }]);
  }, 120_000);
  afterAll(() => session.close());

  const queries = pages.flatMap(({ name, text }) => {
    const expected = new Map(
      [...text.matchAll(/^<!-- answer -->\n```sql\n([\s\S]*?)^```\n\n((?:\|.*\n)+)/gm)].map(
        ([, block = "", answer = ""]) => [block, answer],
      ),
    );
    expect(expected.size).toBe(text.split("<!-- answer -->").length - 1);
    return blocks(text, "sql").map((block) => ({ name, block, answer: expected.get(block) }));
  });
  test("are there", () => {
    expect(queries.length).toBeGreaterThanOrEqual(15);
    expect(queries.filter(({ answer }) => answer).length).toBeGreaterThanOrEqual(7);
  });
  // One after the other, as somebody would who reads the page: what is replayed is there afterwards.
  test.each(queries)("$name: $block", ({ block, answer }) => {
    for (const statement of statements(block)) {
      const text = session.query(statement.replace(/;\s*$/, ""), "Markdown").replaceAll("\\N", "NULL");
      if (answer) expect(text).toBe(answer);
    }
  });

  test("have replayed what was mended", () => {
    const count = (what: string): string => session.query(`SELECT count() FROM events.${what}`, "TSV").trim();
    expect(count("telemetry_xumi_weights_load_start FINAL WHERE version = '1.0'")).toBe("2");
    expect(count("telemetry_xumi_load_json_dead FINAL WHERE class = 'unknown-version'")).toBe("0");
    expect(count("telemetry_xumi_load_json_dead FINAL")).toBe("4");
  });
});

/** What the page's examples have been sent. */
function sent(): Readonly<Record<string, readonly string[]>> {
  const samples = JSON.parse(readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8")) as Readonly<
    Record<string, { readonly valid: object }>
  >;
  const sample = (event: string, n: number, more: object): string =>
    JSON.stringify({ ...samples[event]?.valid, event_id: id(n), ...more });
  const user_id = id(0xa0);
  const read = (n: number, timestamp: string, object_size: number): string =>
    sample("assets.access.read", n, { user_id, timestamp, object_size });
  const [one, two] = [read(1, "2026-03-01T08:10:00Z", 1000), read(2, "2026-03-01T09:20:00Z", 2000)];
  const start = (n: number, more: object): string =>
    sample("xumi.weights.load.start", n, { timestamp: "2026-03-01T09:30:00Z", ...more });
  const finish = (n: number, by: number, timestamp: string): string =>
    sample("xumi.weights.load.complete", n, { origin_event_id: id(by), timestamp });
  return {
    asset_access: [one, one, two, read(3, "2026-03-02T00:00:00Z", 500), one],
    xumi_load: [
      start(11, { user_id, timestamp: "2026-03-01T08:00:00Z" }),
      finish(12, 11, "2026-03-01T08:04:12.250Z"),
      finish(13, 99, "2026-03-01T07:15:00Z"),
      "{",
      start(14, { event_type: "xumi.weights.load.finish" }),
      start(15, { version: "1" }),
      start(16, { tenant_id: undefined, url: undefined }),
      start(17, { storage_size: 1.5 }),
    ],
  };
}

function id(n: number): string {
  return `61f0c404-5cb3-11e7-907b-a6006ad3db${n.toString(16).padStart(2, "0")}`;
}
