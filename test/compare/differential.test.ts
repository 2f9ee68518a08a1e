import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, type Direction, type Judgement, judge, type Verdict, verdicts, worst } from "../../checks/index.ts";
import type { View } from "../../model/index.ts";
import { sampleMaker, type WireValue } from "../../verify/index.ts";
import { avroEngine } from "./engines/avro.ts";
import { clickhouseEngine } from "./engines/clickhouse.ts";
import { ajvEngines } from "./engines/json-schema.ts";
import { protobufEngines } from "./engines/protobuf.ts";
import type { Engine, Pair, Side } from "./engines/side.ts";
import { typescriptEngine } from "./engines/typescript.ts";
import { anyEdit, type Edit } from "./random-edits.ts";
import { anyMade, type Made, modelOf, viewOf } from "./random-models.ts";

// PAIRS=10000 SEED=3 npx vitest run test/compare/differential.test.ts
// Of the pairs, TABLES are altered in ClickHouse; TARGETS names those to ask; SHOW lists what was judged worse than measured
// and has that text in it.
const pairCount = Number(process.env.PAIRS ?? 2000);
const tableCount = Number(process.env.TABLES ?? 120);
const seed = Number(process.env.SEED ?? 21);
const asked = process.env.TARGETS?.split(",");
const samplesPerSide = 16;

const data: readonly Direction[] = ["backward", "forward"];
const program: readonly Direction[] = ["reader", "writer", "exhaustive"];

test("nothing that engines refuse or change is called safe", async () => {
  const pairs = randomPairs();
  const sides = pairs.flatMap(({ old, new: next }) => [old, next]);
  const all: Readonly<Record<string, Engine>> = {
    ...ajvEngines(),
    ...protobufEngines(sides),
    avro: avroEngine(),
    typescript: await typescriptEngine(pairs),
    clickhouse: limited(clickhouseEngine(), tableCount),
  };
  const engines = Object.fromEntries(Object.entries(all).filter(([target]) => asked?.includes(target) ?? true));
  const under: string[] = [];
  const totals = new Map(Object.keys(engines).map((target) => [target, { judged: 0, over: 0, ms: 0 }]));
  const over = new Map<string, number>();
  const examples: string[] = [];
  for (const pair of pairs) {
    const comparison = compare(pair.old.view, pair.new.view);
    // No engine sees what a number counts; and what no event carries is in no data, but in programs.
    const judgements = judge(comparison, { targets: Object.keys(engines) }).filter(
      ({ change, target }) => change.kind !== "field.unit" && (change.reach.length > 0 || target === "typescript"),
    );
    for (const [target, engine] of Object.entries(engines))
      for (const direction of target === "typescript" ? program : data) {
        const own = judgements.filter((one) => one.target === target && one.direction === direction);
        const said = worst(own.map(({ verdict }) => verdict));
        const total = totals.get(target) ?? { judged: 0, over: 0, ms: 0 };
        const began = performance.now();
        const measured = engine(pair, direction);
        total.ms += performance.now() - began;
        if (measured === undefined) continue;
        total.judged++;
        const facts = () =>
          `${target} ${direction}: measured ${measured}, said ${said}: ${show(own) || show(own, true)}`;
        if (rank(said) < rank(measured)) under.push(facts());
        if (rank(said) <= rank(measured)) continue;
        total.over++;
        examples.push(facts());
        for (const { rule, when, verdict } of own)
          if (rank(verdict) > rank(measured)) {
            const name = when ? `${rule}, when ${when}` : rule;
            over.set(name, (over.get(name) ?? 0) + 1);
          }
      }
  }
  console.log(
    [...totals]
      .map(([target, { judged, over: times, ms }]) => `${target}: ${times} of ${judged} over (${Math.round(ms)} ms)`)
      .join("\n"),
    [...over]
      .sort()
      .map(([rule, times]) => `\n  ${rule}: ${times}`)
      .join(""),
  );
  if (process.env.SHOW) console.log(examples.filter((line) => line.includes(process.env.SHOW ?? "")).join("\n"));
  expect(under.slice(0, 20)).toEqual([]);
  const tooMany = [...totals].filter(([, { judged, over: times }]) => judged >= 200 && times > judged * 0.05);
  expect(tooMany).toEqual([]);
}, 3_600_000);

function randomPairs(): readonly Pair[] {
  const changed = fc.sample(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(anyMade, fc.array(anyEdit, { minLength: 1, maxLength: 3 })).map(edited) },
      { weight: 1, arbitrary: fc.tuple(anyMade, anyMade, fc.nat(5)).map(renumbered) },
    ),
    { numRuns: pairCount, seed },
  );
  return changed.map(({ before, after }, at) => ({ old: sideOf(before, `old${at}`), new: sideOf(after, `new${at}`) }));
}

function sideOf(made: Made, id: string): Side {
  const view = viewOf(modelOf(made));
  return { id, made, view, samples: samplesOf(view) };
}

/** A model and the same after some edits. */
const edited = ([before, edits]: [Made, readonly Edit[]]) => ({
  before,
  after: edits.reduce((made, { edit }) => edit(made)?.made ?? made, before),
});

/** Two models that have little in common, with numbers that belong to other fields. */
const renumbered = ([before, other, by]: [Made, Made, number]) => ({
  before,
  after: {
    ...other,
    fields: other.fields.map((field) => ({ ...field, number: (((field.number ?? 1) - 1 + by) % 6) + 1 })),
  },
});

/** A trap is harmless today. */
const rank = (verdict: Verdict): number => (verdict === "hazard" ? 0 : verdicts.indexOf(verdict));

const show = (judgements: readonly Judgement[], all = false): string =>
  judgements
    .filter(({ verdict }) => all || verdict !== "safe")
    .map(({ change, verdict }) => `${verdict} ${change.kind} ${change.at}: ${change.was} -> ${change.now}`)
    .join("; ");

/** Any right values, and right values at the edges of their types. */
function samplesOf(view: View): readonly WireValue[] {
  const [system] = view.systems;
  const [event] = view.events("shop");
  if (!system || !event) throw new Error("The model has an event.");
  const maker = sampleMaker(view, system, event, { seed: 7 });
  const edges = [...maker.boundary(samplesPerSide)].filter(({ fault }) => !fault);
  return [...maker.valid(samplesPerSide), ...edges].map(({ value }) => value);
}

/** An engine that answers for the first pairs only. */
function limited(engine: Engine, count: number): Engine {
  const asked = new Set<Pair>();
  return (pair, direction) => {
    if (!asked.has(pair) && asked.size >= count) return undefined;
    asked.add(pair);
    return engine(pair, direction);
  };
}
