import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Change,
  compare,
  compareModels,
  type Direction,
  judge,
  targetNames,
  type Verdict,
  worst,
} from "../../checks/index.ts";
import type { Field } from "../../model/index.ts";
import { anyEdit } from "./random-edits.ts";
import { anyMade, type Made, modelOf, origins, viewOf } from "./random-models.ts";

const runs = { seed: 6, numRuns: 500 };

describe("random models", () => {
  test("differ from themselves in nothing, in whatever order their declarations stand", () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const model = modelOf(made);
        const turned = { ...model, decls: [...model.decls].reverse() };
        expect(compareModels(viewOf(model), viewOf(model))).toEqual([]);
        expect(compareModels(viewOf(model), viewOf(turned))).toEqual([]);
      }),
      runs,
    );
  });

  test("old data for the new side is new data for the old side, the other way round", () => {
    fc.assert(
      fc.property(anyMade, anyMade, (a, b) => {
        const [there, back] = [verdictsOf(a, b), verdictsOf(b, a)];
        for (const target of targetNames.filter((name) => name !== "typescript")) {
          expect([target, there(target, "backward")]).toEqual([target, back(target, "forward")]);
          expect([target, there(target, "forward")]).toEqual([target, back(target, "backward")]);
        }
      }),
      runs,
    );
  });

  test("full is backward and forward together", () => {
    fc.assert(
      fc.property(anyMade, anyMade, (a, b) => {
        const comparison = compare(viewOf(modelOf(a)), viewOf(modelOf(b)));
        const asked = (mode: "backward" | "forward" | "full") => new Set(judge(comparison, { mode }).map(show));
        expect(asked("full")).toEqual(new Set([...asked("backward"), ...asked("forward")]));
      }),
      { ...runs, numRuns: 100 },
    );
  });
});

test("the facts of some edits are those edits", () => {
  fc.assert(
    fc.property(anyMade, fc.array(anyEdit, { maxLength: 6 }), (made, edits) => {
      const expected = new Set<string>();
      const touched = new Set<string>();
      let now = made;
      for (const { on, edit } of edits) {
        // One edit of a thing: of two, the second may undo the first.
        if (touched.has(on)) continue;
        const done = edit(now);
        if (!done) continue;
        touched.add(on);
        now = done.made;
        expected.add(done.fact);
      }
      const found = compareModels(viewOf(modelOf(made)), viewOf(modelOf(now)));
      expect(new Set(found.map(({ kind, at }) => `${kind} ${at}`))).toEqual(expected);
    }),
    { ...runs, numRuns: 1000 },
  );
});

test("a fact has the same fingerprint whatever else changes, and another one as soon as it is another", () => {
  const field = (type: "int32" | "int64" | "string", name = "f0", number = 1): Field => ({
    name,
    number,
    type: { kind: "scalar", scalar: type },
    presence: "optional",
    origins,
  });
  const base: Made = { fields: [field("int32")], inner: [], values: [], group: [] };
  const fingerprints = (after: Made): readonly string[] =>
    compareModels(viewOf(modelOf(base)), viewOf(modelOf(after))).map(({ fingerprint }) => fingerprint);
  const [alone] = fingerprints({ ...base, fields: [field("int64")] });
  expect(fingerprints({ ...base, fields: [field("int64"), field("string", "g", 2)] })).toContain(alone);
  expect(fingerprints({ ...base, fields: [field("string")] })).not.toContain(alone);
});

function verdictsOf(a: Made, b: Made): (target: string, direction: Direction) => Verdict {
  const judgements = judge(compare(viewOf(modelOf(a)), viewOf(modelOf(b))));
  return (target, direction) => {
    const found = judgements.filter((one) => one.target === target && one.direction === direction);
    // A trap is harmless to today's data, whichever way it goes.
    const verdict = worst(found.map((one) => one.verdict));
    return verdict === "hazard" ? "safe" : verdict;
  };
}

const show = ({
  change,
  target,
  direction,
  verdict,
}: {
  change: Change;
  target: string;
  direction: string;
  verdict: string;
}) => [change.fingerprint, target, direction, verdict].join(" ");
