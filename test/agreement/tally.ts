import type { Event, Name } from "../../pipeline/index.ts";
import type { Sample } from "../../verify/index.ts";
import type { Judge, Verdict } from "./judge.ts";
import { type Ledger, mayLose, mayTake } from "./ledger.ts";
import type { Places } from "./places.ts";

/** How a judge's verdicts turned out. */
export interface Count {
  samples: number;
  /** Taken, and given back as they were. */
  taken: number;
  /** Refused for the fault that they have. */
  refused: number;
  /** Not as it should be, as the ledger said beforehand; or a fault that another judge of the target has to refuse. */
  ledgered: number;
  disagreements: number;
  milliseconds: number;
}

/** What went wrong. */
export type Wrong =
  | "refuses a valid sample"
  | "changes a valid sample"
  | "takes a fault"
  | "misses the finding"
  | "fails";

/** Samples about which a target is wrong in one way: the first of them, and how many. */
export interface Disagreement {
  readonly judge: string;
  readonly targets: readonly string[];
  readonly wrong: Wrong;
  readonly event: Name;
  readonly at: Name;
  /** What the ledger says of that field. */
  readonly word: string;
  readonly keyword?: string;
  readonly sample: Sample;
  readonly verdict: Verdict;
  count: number;
  readonly events: Set<Name>;
}

/** Everything that was seen: counts, disagreements, and for the ledger what lost and what took a fault. */
export interface Tally {
  readonly counts: Map<string, Count>;
  readonly disagreements: Map<string, Disagreement>;
  readonly lost: Set<string>;
  readonly took: Set<string>;
  readonly add: (judge: Judge, event: Event, sample: Sample, verdict: Verdict) => void;
  readonly time: (judge: Judge, milliseconds: number) => void;
}

/** The key of a target and a field, in the sets of a tally. */
export const claim = (target: string, at: Name): string => `${target} ${at}`;

/** An empty tally. */
export function createTally(ledger: Ledger, places: Places): Tally {
  const counts = new Map<string, Count>();
  const disagreements = new Map<string, Disagreement>();
  const lost = new Set<string>();
  const took = new Set<string>();
  const countOf = (judge: Judge): Count => {
    const none = { samples: 0, taken: 0, refused: 0, ledgered: 0, disagreements: 0, milliseconds: 0 };
    const count = counts.get(judge.name) ?? none;
    counts.set(judge.name, count);
    return count;
  };

  /** The field that allows it, of those that it can be about; the innermost first. */
  const excuse = (judge: Judge, names: readonly Name[], allowed: ReadonlySet<string>): Name | undefined =>
    names.find((at) => judge.targets.some((target) => allowed.has(ledger.word(target, at)?.fidelity ?? "")));
  const evidence = (judge: Judge, at: Name, of: Set<string>): void => {
    const [target, ...others] = judge.targets;
    if (target !== undefined && others.length === 0) of.add(claim(target, at));
  };

  const disagree = (judge: Judge, event: Event, sample: Sample, verdict: Verdict, wrong: Wrong, at: Name): void => {
    countOf(judge).disagreements++;
    const word = judge.targets.map((target) => ledger.word(target, at)?.fidelity ?? "no row").join(", ");
    const keyword = sample.fault?.keyword;
    const key = JSON.stringify([judge.name, wrong, at, keyword]);
    const known = disagreements.get(key);
    if (known) {
      known.count++;
      known.events.add(event.name);
      return;
    }
    disagreements.set(key, {
      judge: judge.name,
      targets: judge.targets,
      wrong,
      event: event.name,
      at,
      word,
      ...(keyword !== undefined && { keyword }),
      sample,
      verdict,
      count: 1,
      events: new Set([event.name]),
    });
  };

  const addValid = (judge: Judge, event: Event, sample: Sample, verdict: Verdict): void => {
    const count = countOf(judge);
    if (verdict.kind === "taken") {
      count.taken++;
      return;
    }
    if (verdict.kind === "changed") {
      let excused = true;
      for (const { pointer } of verdict.differences) {
        const names = places.chain(event, pointer);
        const at = excuse(judge, names, mayLose);
        if (at !== undefined) evidence(judge, at, lost);
        else if (excused) {
          excused = false;
          disagree(judge, event, sample, verdict, "changes a valid sample", names[0] ?? event.name);
        }
      }
      if (excused) count.ledgered++;
      return;
    }
    if (verdict.kind !== "refused") return;
    const pointer = verdict.pointer ?? sample.place?.pointer;
    const names = pointer === undefined ? [] : places.chain(event, pointer);
    const at = excuse(judge, names, mayLose);
    if (at !== undefined) evidence(judge, at, lost);
    // A sample of many things does not tell which of them was too much: any that may be lost will do.
    if (at !== undefined || excuse(judge, places.all(event, sample.value), mayLose)) count.ledgered++;
    else disagree(judge, event, sample, verdict, "refuses a valid sample", names[0] ?? event.name);
  };

  const addFaulty = (judge: Judge, event: Event, sample: Sample, verdict: Verdict): void => {
    const { fault } = sample;
    const count = countOf(judge);
    if (!fault) return;
    if (verdict.kind === "refused") {
      const { findings } = verdict;
      const told = findings?.some(({ path, keyword }) => path === fault.pointer && keyword === fault.keyword) ?? true;
      if (told) count.refused++;
      else disagree(judge, event, sample, verdict, "misses the finding", fault.at);
      return;
    }
    // A one-of is a fact of its message; its row is that of any of its members.
    const members = places.members(fault.at);
    const at =
      excuse(judge, [fault.at, ...members], mayTake) ?? excuse(judge, places.chain(event, fault.pointer), mayLose);
    if (at === undefined) {
      if (judge.leavesFaults?.(event)) count.ledgered++;
      else disagree(judge, event, sample, verdict, "takes a fault", fault.at);
      return;
    }
    count.ledgered++;
    for (const name of members.includes(at) ? members : [at]) evidence(judge, name, took);
  };

  return {
    counts,
    disagreements,
    lost,
    took,
    add: (judge, event, sample, verdict) => {
      if (verdict.kind === "unasked") return;
      countOf(judge).samples++;
      if (verdict.kind === "failed")
        disagree(judge, event, sample, verdict, "fails", sample.fault?.at ?? sample.place?.at ?? event.name);
      else if (sample.fault) addFaulty(judge, event, sample, verdict);
      else addValid(judge, event, sample, verdict);
    },
    time: (judge, milliseconds) => {
      countOf(judge).milliseconds += milliseconds;
    },
  };
}
