import { expect, test } from "vitest";
import type { Event, Fidelity } from "../../pipeline/index.ts";
import type { Sample } from "../../verify/index.ts";
import { overstatements } from "./honesty.ts";
import type { Judge, Verdict } from "./judge.ts";
import { refused, taken } from "./judge.ts";
import type { Ledger } from "./ledger.ts";
import type { Places } from "./places.ts";
import { createTally } from "./tally.ts";

/** One target and a field per word of the ledger, named after it. */
const words: readonly Fidelity[] = ["exact", "widened", "lossy", "guessed", "omitted"];
const ledger: Ledger = {
  targets: ["paper"],
  names: words.map((word) => `e.${word}`),
  word: (target, at) => {
    const fidelity = words.find((word) => at === `e.${word}`);
    return target === "paper" && fidelity ? { fidelity, why: `It is ${fidelity}.` } : undefined;
  },
};
const places: Places = {
  chain: (_event, pointer) => [`e.${pointer.slice(1)}`],
  all: (_event, value) => Object.keys(value as object).map((key) => `e.${key}`),
  members: () => [],
  reachable: () => new Set(ledger.names),
};
const judge = { name: "pen", targets: ["paper"], judge: () => [] } satisfies Judge;
const event = { name: "e" } as Event;

const valid = (key: string): Sample => ({
  kind: "valid",
  value: { [key]: 1 },
  shows: key,
  place: { pointer: `/${key}`, at: `e.${key}` },
});
const faulty = (key: string): Sample => ({
  ...valid(key),
  kind: "invalid",
  fault: { pointer: `/${key}`, at: `e.${key}`, keyword: "type" },
});
const changed = (key: string): Verdict => ({
  kind: "changed",
  got: "{}",
  differences: [{ pointer: `/${key}`, wanted: "1", got: "nothing" }],
});

function wrongOf(sample: Sample, verdict: Verdict, more: Partial<Judge> = {}): readonly string[] {
  const tally = createTally(ledger, places);
  tally.add({ ...judge, ...more }, event, sample, verdict);
  return [...tally.disagreements.values()].map(({ wrong }) => wrong);
}

test("what is exact keeps every value and refuses every fault", () => {
  expect(wrongOf(valid("exact"), taken)).toEqual([]);
  expect(wrongOf(valid("exact"), changed("exact"))).toEqual(["changes a valid sample"]);
  expect(wrongOf(valid("exact"), refused("no"))).toEqual(["refuses a valid sample"]);
  expect(wrongOf(faulty("exact"), refused("no"))).toEqual([]);
  expect(wrongOf(faulty("exact"), taken)).toEqual(["takes a fault"]);
});

test.each(words.slice(1))("what is %s takes faults, and loses only by its word", (word) => {
  expect(wrongOf(faulty(word), taken)).toEqual([]);
  expect(wrongOf(valid(word), changed(word))).toEqual(word === "widened" ? ["changes a valid sample"] : []);
  expect(wrongOf(valid(word), refused("no"))).toEqual(word === "widened" ? ["refuses a valid sample"] : []);
});

test("a refusal that names another place or keyword is not the finding that is due", () => {
  const says = (path: string, keyword: string): Verdict => ({
    kind: "refused",
    why: "no",
    findings: [{ path, keyword }],
  });
  expect(wrongOf(faulty("exact"), says("/exact", "type"))).toEqual([]);
  expect(wrongOf(faulty("exact"), says("/exact", "format"))).toEqual(["misses the finding"]);
  expect(wrongOf(faulty("exact"), says("", "type"))).toEqual(["misses the finding"]);
});

test("an engine that breaks down is wrong whatever the ledger says", () => {
  expect(wrongOf(valid("lossy"), { kind: "failed", why: "out of memory" })).toEqual(["fails"]);
  expect(wrongOf(faulty("lossy"), { kind: "failed", why: "out of memory" })).toEqual(["fails"]);
});

test("behind a judge that refuses faults, another may take them", () => {
  expect(wrongOf(faulty("exact"), taken, { leavesFaults: () => true })).toEqual([]);
  expect(wrongOf(valid("exact"), changed("exact"), { leavesFaults: () => true })).toEqual(["changes a valid sample"]);
});

test("the same disagreement is told once, with how often it was seen", () => {
  const tally = createTally(ledger, places);
  for (let i = 0; i < 3; i++) tally.add(judge, event, faulty("exact"), taken);
  expect([...tally.disagreements.values()].map(({ count, at }) => ({ count, at }))).toEqual([
    { count: 3, at: "e.exact" },
  ]);
});

test("a row that calls a field worse than it was seen is an overstatement", () => {
  const tally = createTally(ledger, places);
  const seen = () =>
    overstatements(ledger, {
      reachable: new Set(ledger.names),
      targets: new Set(["paper"]),
      lost: tally.lost,
      took: tally.took,
    }).map(({ at }) => at);
  expect(seen()).toEqual(["e.widened", "e.lossy"]);
  tally.add(judge, event, faulty("lossy"), taken);
  expect(seen()).toEqual(["e.widened", "e.lossy"]);
  tally.add(judge, event, valid("lossy"), changed("lossy"));
  expect(seen()).toEqual(["e.widened"]);
  tally.add(judge, event, faulty("widened"), taken);
  expect(seen()).toEqual([]);
});
