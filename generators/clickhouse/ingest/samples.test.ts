import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createView, type Decl, type Event, type View } from "../../../model/index.ts";
import { read } from "../../../pipeline/index.ts";
import { type Sample, sampleMaker, wireText } from "../../../verify/index.ts";
import clickhouse from "../index.ts";
import { tableName } from "../names.ts";
import { deliver, execute, rows } from "./testing.ts";

/**
 * Samples of every event of the real systems, sent through the checks as a topic would send them: what is valid lands in its
 * table, what has a fault is a dead letter, and nothing is in both or in neither.
 */
let session: Session;
let view: View;
/** The fields of which the ledger says that ClickHouse refuses some of their values. */
let refusing: ReadonlySet<string>;
beforeAll(async () => {
  const { project } = await read({ folder: join(import.meta.dirname, "../../..") });
  if (!project) throw new Error("The model of this repository has errors.");
  const { model, locate } = project.view;
  // The events of H2O are many and much alike: a third of them shows it, and SAMPLES asks for all.
  const isLeftOut = (decl: Decl, index: number): boolean =>
    !process.env.SAMPLES && decl.kind === "event" && decl.system === "h2o" && index % 3 !== 0;
  view = createView({ ...model, decls: model.decls.filter((decl, index) => !isLeftOut(decl, index)) }, locate);
  session = new Session();
  // Samples share their identities: what is one event to ReplacingMergeTree has to be counted here.
  const all = view.systems.flatMap(({ name }) => view.events(name).filter(({ identity }) => identity));
  const events = Object.fromEntries(all.map(({ name }) => [name, { engine: "MergeTree" }] as const));
  const options = { ingest: { intake: true }, usage: false, events } as const;
  const { files, projections } = clickhouse.generate(view, { options, report: () => {} });
  execute(session, files);
  refusing = new Set(projections.flatMap(({ at, why }) => (why?.includes("refuses") ? [at] : [])));
}, 120_000);
afterAll(() => session.close());

const each = Number(process.env.SAMPLES ?? 10);

test.each(["clearml", "flyte", "telemetry", "h2o"])("%s", { timeout: 900_000 }, (name) => {
  const system = view.systems.find((candidate) => candidate.name === name);
  if (!system) throw new Error(`There is no system ${name}.`);
  const wrong: string[] = [];
  for (const event of view.events(name)) {
    const maker = sampleMaker(view, system, event, { seed: 7 });
    const samples = [...maker.valid(each), ...maker.boundary(each), ...maker.invalid(each)];
    const { good, dead } = send(event, samples);
    for (const [offset, { fault, value, shows, kind, place }] of samples.entries()) {
      const where = [...good.filter((at) => at === offset).map(() => "good"), ...(dead.has(offset) ? ["dead"] : [])];
      const expected = fault ? "dead" : "good";
      const mayBeRefused = !fault && place !== undefined && refusing.has(place.at) && where.join() === "dead";
      if (where.join() !== expected && !mayBeRefused)
        wrong.push(
          `${event.name} ${kind} "${shows}": ${where.join(" and ") || "nowhere"}, ${dead.get(offset) ?? ""} ${wireText(value).slice(0, 300)}`,
        );
    }
  }
  expect(wrong.slice(0, 40), `${wrong.length} of ${name}`).toEqual([]);
});

test.each(["clearml", "flyte", "telemetry", "h2o"])(
  "%s: a row is the same as if ClickHouse had read the event by itself",
  { timeout: 900_000 },
  (name) => {
    const system = view.systems.find((candidate) => candidate.name === name);
    if (!system) throw new Error(`There is no system ${name}.`);
    const different: string[] = [];
    for (const event of view.events(name)) {
      const table = `events.${tableName(event)}`;
      const maker = sampleMaker(view, system, event, { seed: 11 });
      const all = [...maker.valid(each), ...maker.boundary(each)].filter(
        ({ fault, place }) => !fault && !refusing.has(place?.at ?? ""),
      );
      const read = (): readonly unknown[] =>
        rows(session, `SELECT * EXCEPT (ingested_at, kafka_topic) FROM ${table} ORDER BY kafka_offset`);
      deliver(
        session,
        queueOf(event).queue,
        "",
        all.map(({ value }, offset) => ({ raw: wireText(value), offset })),
      );
      const checked = read();
      session.query(`TRUNCATE TABLE ${table}`);
      const settings =
        "date_time_input_format = 'best_effort', input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0";
      const texts = all.map(({ value }, offset) =>
        wireText(value).replace(/\}$/, `${wireText(value) === "{}" ? "" : ","}"kafka_offset":${offset}}`),
      );
      session.query(`INSERT INTO ${table} SETTINGS ${settings} FORMAT JSONEachRow ${texts.join("\n")}`);
      const direct = read();
      session.query(`TRUNCATE TABLE ${table}`);
      expect([direct.length, checked.length], event.name).toEqual([all.length, all.length]);
      for (const [offset, row] of direct.entries())
        if (JSON.stringify(row) !== JSON.stringify(checked[offset]))
          different.push(`${event.name}: ${texts[offset]}\n${JSON.stringify(row)}\n${JSON.stringify(checked[offset])}`);
    }
    expect(different.slice(0, 10), `${different.length}`).toEqual([]);
  },
);

test("whatever comes lands in one place, and stops nobody", { timeout: 240_000 }, () => {
  const deep = 100_000;
  const hostile = [
    "[".repeat(deep),
    '{"a":'.repeat(deep),
    `{"metadata":${'{"a":'.repeat(900)}1${"}".repeat(900)}}`,
    `{"metadata":${"[".repeat(900)}${"]".repeat(900)}}`,
    `{${Array.from({ length: 5000 }, (_, n) => `"k${n}":${n}`).join(",")}}`,
    `{"event_type":"${"x".repeat(1_000_000)}"}`,
    '{"event_type":"\\ud800"}',
    '{"":""}',
    "\u0000",
    "null",
  ];
  for (const name of ["telemetry", "flyte"])
    for (const event of view.events(name).slice(0, 6)) {
      const system = view.systems.find((candidate) => candidate.name === name);
      if (!system) continue;
      const random = numbers(event.name.length);
      const texts = [...sampleMaker(view, system, event, { seed: 3 }).valid(40)].map(({ value }) => wireText(value));
      const mutated = texts.flatMap((text) => Array.from({ length: 5 }, () => mutate(text, random)));
      const raws = [...hostile, ...mutated];
      const { good, dead } = deliverAll(event, raws);
      const places = raws.map((_, offset) => good.filter((at) => at === offset).length + (dead.has(offset) ? 1 : 0));
      expect(places, event.name).toEqual(raws.map(() => 1));
      expect(dead.size, event.name).toBeGreaterThan(hostile.length / 2);
    }
});

/** The same numbers for the same seed, below 2^32. */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

/** A few characters of the text are taken out, doubled, or made into ones that mean something in JSON. */
function mutate(text: string, random: () => number): string {
  const signs = ['"', "{", "}", "[", "]", ",", ":", "-", "0", "9", "e", ".", "null", "true", "\\", " ", "\u0000", "é"];
  let out = text;
  for (let n = 1 + ((random() >>> 8) % 3); n > 0; n--) {
    const at = (random() >>> 4) % (out.length + 1);
    const sign = signs[(random() >>> 6) % signs.length] ?? "";
    const cut = (random() >>> 5) % 3;
    out = out.slice(0, at) + (cut === 1 ? "" : sign) + out.slice(at + (cut === 2 ? 0 : 1));
  }
  return out;
}

function send(event: Event, samples: readonly Sample[]) {
  return deliverAll(
    event,
    samples.map(({ value }) => wireText(value)),
  );
}

function queueOf(event: Event) {
  const topic = view.topics.find((candidate) => candidate.name === event.topic && candidate.transport === "kafka");
  const channel = `events.${topic ? `${event.system}_${topic.name}` : tableName(event)}_json`;
  return { queue: `${channel}_queue`, letters: `${channel}_dead` };
}

function deliverAll(event: Event, raws: readonly string[]) {
  const table = `events.${tableName(event)}`;
  const { queue, letters } = queueOf(event);
  deliver(
    session,
    queue,
    event.topic ?? "",
    raws.map((raw, offset) => ({ raw, offset })),
  );
  const good = rows(session, `SELECT kafka_offset AS at FROM ${table}`) as { at: string }[];
  const dead = rows(session, `SELECT kafka_offset AS at, error FROM ${letters}`) as { at: string; error: string }[];
  session.query(`TRUNCATE TABLE ${table}`);
  session.query(`TRUNCATE TABLE ${letters}`);
  return {
    good: good.map(({ at }) => Number(at)),
    dead: new Map(dead.map(({ at, error }) => [Number(at), error])),
  };
}
