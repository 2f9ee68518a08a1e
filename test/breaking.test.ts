import { describe, expect, test } from "vitest";
import { type BreakingOptions, breaking, check, diff, printFindingsAs, semver } from "../pipeline/index.ts";
import { write } from "./support/git.ts";
import { folderWith, generateIn, smallProject, textOf } from "./support/project.ts";

const events = smallProject["docs/events.md"];
const config = smallProject["concordat.yaml"].replace("    defaults:", "    owners: [orders-team]\n    defaults:");
const withText = events.replace("| total | number |", "| total | string |");

/** A project and the folder of what it was before. */
function pair(now: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}) {
  const project = { ...smallProject, "concordat.yaml": config };
  const old = folderWith({ ...project, ...before });
  return { folder: folderWith({ ...project, ...before, ...now }), against: [`dir:${old}`] };
}

async function run(sides: ReturnType<typeof pair>, options: Partial<BreakingOptions> = {}) {
  const result = await breaking({ ...sides, today: "2025-06-01", ...options });
  const { findings, comparison, exitCode } = result;
  return {
    ...result,
    comparison,
    exitCode,
    codes: findings.map(({ code }) => code),
    text: textOf(sides.folder, result),
  };
}

const avro = { targets: ["avro"], mode: "full" } as const;

describe("breaking", () => {
  test("tells a change with whom it reaches, where it stands now and where it stood", async () => {
    const sides = pair({ "docs/events.md": `\n${withText}` });
    const { comparison, exitCode, store } = await run(sides, avro);
    expect(exitCode).toBe(1);
    expect(comparison).toMatchObject({ mode: "full", targets: ["avro"], changes: 1 });
    const [entry] = comparison?.entries ?? [];
    expect(entry).toMatchObject({
      fact: "field.type",
      at: "shop.OrdersOrderPlacedBody.total",
      severity: "error",
      old: { path: "docs/events.md", line: 19 },
      audience: { carriers: ["orders.order.placed"], topics: ["orders"], owners: ["orders-team"] },
    });
    expect(entry?.span && store?.locate(entry.span).line).toBe(20);
    const judged = entry?.judgements.map(({ direction, verdict, rule }) => `${rule} ${direction} ${verdict}`);
    expect(judged).toEqual(["compat/avro/field-type backward breaking", "compat/avro/field-type forward breaking"]);
  });

  test("tells what is gone at what it was part of", async () => {
    const sides = pair({ "docs/events.md": events.replace("| total | number | What it costs |\n", "") });
    const { comparison, store } = await run(sides, { mode: "full" });
    const [entry] = comparison?.entries ?? [];
    expect(entry?.fact).toBe("field.removed");
    expect(entry?.span && store?.text(entry.span.path)?.slice(entry.span.start, entry.span.end)).toBe("Order placed");
  });

  test("asks in one direction, or in both", async () => {
    const sides = pair({ "docs/events.md": `${events}| extra | string | |\n` });
    const ask = async (mode: "backward" | "forward" | "full") =>
      (await run(sides, { targets: ["json-schema", "json-schema-open"], mode })).comparison?.entries.flatMap((entry) =>
        entry.judgements.map(({ target, direction, verdict }) => `${target} ${direction} ${verdict}`),
      );
    const [backward, forward, full] = [await ask("backward"), await ask("forward"), await ask("full")];
    expect(full?.filter((row) => row.includes(" backward "))).toEqual(backward);
    expect(full?.filter((row) => row.includes(" forward "))).toEqual(forward);
    // A reader of before that is closed refuses what it does not know.
    expect(forward).toContain("json-schema forward breaking");
    expect(backward).toContain("json-schema-open backward breaking");
  });

  test("fails on what it is told to fail on", async () => {
    const sides = pair({ "docs/events.md": events.replace("| total | number | What it costs |\n", "") });
    const options = { targets: ["clickhouse"], mode: "backward" } as const;
    const lenient = await run(sides, options);
    expect(lenient.exitCode).toBe(0);
    expect(lenient.comparison?.entries.map(({ severity }) => severity)).toEqual(["info"]);
    expect((await run(sides, { ...options, failOn: "lossy" })).exitCode).toBe(0);
    expect((await run(sides, { ...options, failOn: "hazard" })).exitCode).toBe(1);
  });

  test("says the same of nothing in every format: no changes", async () => {
    const { comparison, exitCode, codes } = await run(pair({}), { mode: "full" });
    expect({ exitCode, codes }).toEqual({ exitCode: 0, codes: [] });
    expect(comparison).toMatchObject({ changes: 0, entries: [] });
  });

  test("tells errors of the project before anything is compared", async () => {
    const { exitCode, codes, comparison } = await run(pair({ "docs/events.md": events.replace("number", "mony") }));
    expect(exitCode).toBe(1);
    expect(codes).toContain("pages/unknown-type");
    expect(comparison).toBeUndefined();
  });

  test("names the nearest target", async () => {
    const { exitCode, text } = await run(pair({}), { targets: ["arvo"] });
    expect(exitCode).toBe(2);
    expect(text).toContain("Did you mean avro?");
  });
});

describe("a waiver", () => {
  const fingerprintOf = async (now: Readonly<Record<string, string>>) =>
    (await run(pair(now), avro)).comparison?.entries[0]?.fingerprint ?? "";
  const waiver = (fields: Readonly<Record<string, string | undefined>>): string =>
    ["waivers:", "  - rule: compat/avro/field-type", "    at: shop.OrdersOrderPlacedBody.total"]
      .concat(
        Object.entries({ reason: "Nobody reads it.", owner: "orders-team", expires: "2025-06-01", ...fields }).flatMap(
          ([key, value]) => (value === undefined ? [] : `    ${key}: ${value}`),
        ),
      )
      .join("\n");
  const withWaiver = async (
    fields: Readonly<Record<string, string | undefined>>,
    now: Readonly<Record<string, string>>,
  ) => {
    const fingerprint = await fingerprintOf({ "docs/events.md": withText });
    const file = waiver({ fingerprint: `"${fingerprint}"`, ...fields });
    return run(pair({ ...now, "contracts/waivers.yaml": file }), avro);
  };
  const change = { "docs/events.md": withText };

  test("keeps a verdict in the report and takes it out of the count, until its day has passed", async () => {
    const { exitCode, codes, comparison } = await withWaiver({}, change);
    expect({ exitCode, codes }).toEqual({ exitCode: 0, codes: [] });
    const [entry] = comparison?.entries ?? [];
    expect(entry?.severity).toBe("info");
    for (const { verdict, waiver: waived } of entry?.judgements ?? []) {
      expect(verdict).toBe("breaking");
      expect(waived).toEqual({ reason: "Nobody reads it.", owner: "orders-team", expires: "2025-06-01" });
    }
    expect(await withWaiver({ expires: "2025-05-31" }, change)).toMatchObject({
      exitCode: 1,
      codes: ["waiver/expired"],
      comparison: { entries: [{ severity: "error" }] },
    });
  });

  test("changes no fact", async () => {
    const plain = await run(pair(change), avro);
    const { comparison } = await withWaiver({}, change);
    const facts = (entries = comparison?.entries) =>
      entries?.map(({ fact, at, was, now, message, fingerprint }) => ({ fact, at, was, now, message, fingerprint }));
    expect(facts()).toEqual(facts(plain.comparison?.entries));
  });

  test("covers the directions it names", async () => {
    const { comparison, exitCode } = await withWaiver({ direction: "forward" }, change);
    expect(exitCode).toBe(1);
    expect(comparison?.entries[0]?.judgements.map(({ waiver: waived }) => waived !== undefined)).toEqual([false, true]);
  });

  test("does not cover the next change, and says which one that is", async () => {
    const { exitCode, codes, text } = await withWaiver(
      {},
      { "docs/events.md": events.replace("| total | number |", "| total | uuid |") },
    );
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: ["waiver/unused"] });
    expect(text).toMatch(/the change at that place is another now, [0-9a-f]+/);
  });

  test("that covers nothing is told, unless its target was not asked about", async () => {
    const { exitCode, codes } = await withWaiver({}, {});
    expect({ exitCode, codes }).toEqual({ exitCode: 0, codes: ["waiver/unused"] });
    const sides = pair({ "contracts/waivers.yaml": waiver({ fingerprint: "a" }) });
    expect((await run(sides, { targets: ["typescript"] })).codes).toEqual([]);
  });

  test.each([
    [{ reason: undefined }, "waiver/no-reason"],
    [{ reason: '" "' }, "waiver/no-reason"],
    [{ owner: undefined }, "waiver/no-owner"],
    [{ expires: undefined }, "waiver/broken-date"],
    [{ expires: "2025-02-30" }, "waiver/broken-date"],
    [{ expires: "next year" }, "waiver/broken-date"],
    [{ target: "protobuf" }, "waiver/other-target"],
    [{ fingerprint: undefined }, "yaml/missing-key"],
    [{ resaon: "Why not." }, "yaml/unknown-key"],
  ])("with %o is an error of its own", async (fields, code) => {
    const { exitCode, codes, comparison } = await withWaiver(fields, change);
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: [code] });
    expect(comparison?.entries[0]?.severity).toBe("error");
  });

  test("names a rule there is", async () => {
    const file = waiver({ fingerprint: "a" }).replace("field-type", "field-tipe");
    const { text } = await run(pair({ ...change, "contracts/waivers.yaml": file }));
    expect(text).toContain("waiver/unknown-rule");
    expect(text).toContain("Did you mean compat/avro/field-type?");
  });
});

describe("number locks", () => {
  const lock = (fields: string, reserved = "[]"): string =>
    `messages:\n  shop.OrdersOrderPlacedBody:\n    fields: { event_type: 1, order_id: 2, ${fields} }\n    reserved: ${reserved}\n`;
  const ask = async (before: string, now: string, files: Readonly<Record<string, string>> = {}) => {
    const path = "contracts/numbers/shop.yaml";
    const { comparison } = await run(pair({ [path]: now, ...files }, { [path]: before }), {
      targets: ["protobuf"],
      mode: "full",
    });
    return comparison?.entries.map(({ fact, at }) => `${fact} ${at}`);
  };

  test("are judged where the model does not tell: a reservation taken back, a member that went without one", async () => {
    expect(await ask(lock("total: 3, note: 4"), lock("total: 4, note: 3"))).toEqual([
      "field.renumbered shop.OrdersOrderPlacedBody.note",
      "field.renumbered shop.OrdersOrderPlacedBody.total",
    ]);
    const gone = "enums:\n  shop.Gone:\n    values: {}\n    reserved: [{ number: 7, name: OLD }]\n";
    expect(await ask(`${lock("total: 3, note: 4")}${gone}`, lock("total: 3, note: 4"))).toEqual([
      "lock.reserved-removed shop.Gone",
    ]);
    expect(
      await ask(
        lock("total: 3, note: 4", "[{ number: 5-9 }]"),
        lock("total: 3, note: 4", "[{ number: 5-6 }, { number: 7-9 }]"),
      ),
    ).toEqual([]);
  });
});

describe("how events are stored", () => {
  const stored = (options: string): Record<string, string> => ({
    "concordat.yaml": config.replace("  typescript: {}", `  clickhouse: ${options}`),
  });

  test("is part of the contract: keys, partitions and the life of rows", async () => {
    const before = stored("{ partition: month, events: { orders.order.placed: { orderBy: [order_id] } } }");
    const now = stored("{ partition: day, events: { orders.order.placed: { orderBy: [timestamp] } } }");
    const { comparison, exitCode } = await run(pair(now, before));
    expect(exitCode).toBe(1);
    expect(comparison?.entries.map(({ fact, at, was, now: is }) => [fact, at, was, is])).toEqual([
      ["storage", "clickhouse", 'partition "month"', 'partition "day"'],
      ["storage", "orders.order.placed", 'orderBy ["order_id"]', 'orderBy ["timestamp"]'],
    ]);
  });

  test("is published with the model", async () => {
    const folder = folderWith({ ...smallProject, ...stored("{ ttlDays: 30 }") });
    await generateIn(folder);
    const now = folderWith({ ...smallProject, ...stored("{ ttlDays: 7 }") });
    const { comparison } = await run({ folder: now, against: [`file:${folder}/generated/model.json`] });
    expect(comparison?.entries.map(({ message }) => message)).toEqual([
      "clickhouse: how it is stored was ttlDays 30 and is ttlDays 7.",
    ]);
    const { changes } = (await run({ folder, against: [`file:${folder}/generated/model.json`] })).comparison ?? {};
    expect(changes).toBe(0);
  });
});

describe("check", () => {
  test("includes the baseline that is configured", async () => {
    const { folder, against } = pair({ "docs/events.md": withText });
    const configured = `${config}breaking: { against: "${against[0]}", targets: [avro], mode: full, failOn: lossy }\n`;
    write(folder, { "concordat.yaml": configured });
    await generateIn(folder);
    const { exitCode, comparison } = await check({ folder, today: "2025-06-01" });
    expect(exitCode).toBe(1);
    expect(comparison).toMatchObject({ targets: ["avro"], mode: "full", failOn: "lossy", changes: 1 });
    write(folder, { "concordat.yaml": config });
    await generateIn(folder);
    expect(await check({ folder, today: "2025-06-01" })).not.toHaveProperty("comparison");
  });

  test("ends with 2 when that baseline cannot be loaded, and tells what else there is", async () => {
    const { folder } = pair({});
    write(folder, { "concordat.yaml": `${config}breaking: { against: "dir:gone" }\n` });
    const { exitCode, findings } = await check({ folder, today: "2025-06-01" });
    expect(exitCode).toBe(2);
    const codes = findings.map(({ code }) => code);
    expect(codes).toContain("baseline/missing");
    expect(codes).toContain("drift/missing");
  });

  test("knows a baseline and a target by their names", async () => {
    const { folder } = pair({});
    write(folder, { "concordat.yaml": `${config}breaking: { against: main, targets: [arvo] }\n` });
    const { exitCode, findings } = await check({ folder, today: "2025-06-01" });
    expect(exitCode).toBe(2);
    expect(findings.map(({ code }) => code)).toEqual(["baseline/unknown-form", "config/unknown-plug-in"]);
  });
});

describe("diff", () => {
  test("tells facts and no verdict, of harmless changes as well", async () => {
    const { differences, exitCode } = await diff(
      pair({ "docs/events.md": events.replace("The order", "Which order") }),
    );
    expect(exitCode).toBe(0);
    const facts = differences?.flatMap(({ facts: all }) => all.map(({ change }) => `${change.kind} ${change.at}`));
    expect(facts).toEqual(["documentation shop.OrdersOrderPlacedBody.order_id"]);
  });
});

describe("semver", () => {
  const versioned = (version: string): Record<string, string> => ({
    "concordat.yaml": `${config}package: { name: shop-events, version: ${version} }\n`,
  });
  const release = async (from: string, now: string, page: string) =>
    semver({ ...pair({ ...versioned(now), "docs/events.md": page }, versioned(from)), check: true });
  const more = events.replace(
    "## EVENTS",
    "## EVENTS | OTHER\n\n### Order lost\n\nTopic: orders\n\n| Name | Type |\n| --- | --- |\n| event_type | “other.order.lost” |\n\n## EVENTS",
  );
  const reworded = events.replace("The order", "Which order");

  test.each([
    ["1.2.3", "2.0.0", withText, "major", "2.0.0", 0],
    ["1.2.3", "1.3.0", withText, "major", "2.0.0", 1],
    ["0.2.3", "0.3.0", withText, "major", "0.3.0", 0],
    ["0.2.3", "0.2.4", withText, "major", "0.3.0", 1],
    ["1.2.3", "1.3.0", more, "minor", "1.3.0", 0],
    ["1.2.3", "1.2.4", more, "minor", "1.3.0", 1],
    ["1.2.3", "1.2.4", reworded, "patch", "1.2.4", 0],
    ["1.2.3", "1.2.3", reworded, "patch", "1.2.4", 1],
    ["1.2.3", "1.2.3", events, "none", "1.2.3", 0],
    ["2.0.0-rc.1", "2.0.0-rc.2", withText, "major", "2.0.0", 0],
    ["2.0.0-rc.1", "2.0.0-rc.1", withText, "major", "2.0.0", 1],
  ])("from %s to %s", async (from, now, page, bump, needed, exitCode) => {
    const result = await release(from, now, page);
    expect(result.findings.map(({ code }) => code)).toEqual(exitCode === 0 ? [] : ["semver/too-small"]);
    expect({ ...result.release, exitCode: result.exitCode }).toMatchObject({ bump, needed, exitCode });
  });

  test("needs versions to compare", async () => {
    const result = await semver({ ...pair({}), check: true });
    expect(result.findings.map(({ code }) => code)).toEqual(["semver/no-version", "semver/no-version"]);
    const odd = await release("1.2.x", "one", withText);
    expect(odd.findings.map(({ code }) => code)).toEqual(["semver/odd-version", "semver/odd-version"]);
  });
});

test("the whole report of a change, as people read it", async () => {
  const sides = pair({ "docs/events.md": withText });
  const result = await run(sides, { targets: ["avro", "protobuf"], mode: "full" });
  const { store, folder = "", findings, comparison } = result;
  const text = printFindingsAs(
    "text",
    { findings, suppressed: 0, ...(comparison && { comparison }) },
    { store, folder, workingFolder: folder, root: folder },
  );
  const lines = text.replace(/dir:\S+?(?=[\s,])/g, "dir:<before>").split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "docs/events.md:19:3 - error field.type: shop.OrdersOrderPlacedBody.total: the type was float64 and is string.",
    "19 | | total | string | What it costs |",
    "   |   ~~~~~",
  ]);
  expect(text).toContain("\n  breaking compat/avro/field-type (backward, forward): ");
  expect(lines).toContain("  reaches: orders.order.placed; topics orders; owners orders-team");
  expect(lines).toContain("  before: docs/events.md:19:3 in dir:<before>");
  expect(lines).toContain("Compared with dir:<before> (full): 1 change, 1 not safe for everybody.");
});
