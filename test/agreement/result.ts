import type { Name, Project } from "../../pipeline/index.ts";
import { type Sample, wireText } from "../../verify/index.ts";
import type { Verdict } from "./judge.ts";
import { createPlaces } from "./places.ts";
import type { Outcome } from "./run.ts";
import type { Count, Disagreement, Wrong } from "./tally.ts";

/** A disagreement as it is told. */
export interface ToldDisagreement {
  readonly judge: string;
  readonly wrong: Wrong;
  readonly at: Name;
  readonly word: string;
  readonly keyword?: string;
  readonly event: Name;
  readonly shows: string;
  /** The smallest sample that shows it, as text. */
  readonly sample: string;
  readonly verdict: string;
  readonly expected: string;
  /** File and line of the field's source. */
  readonly source: string;
  readonly count: number;
  readonly events: number;
}

/** All that a run saw, as plain data: the parts of a run in several processes are put together from it. */
export interface Result {
  readonly events: number;
  readonly counts: Readonly<Record<string, Count>>;
  readonly disagreements: readonly ToldDisagreement[];
  readonly lost: readonly string[];
  readonly took: readonly string[];
  readonly reachable: readonly Name[];
  readonly targets: readonly string[];
}

/** The outcome of a run as plain data. */
export function resultOf({ view }: Project, { tally, events, shrunk, targets }: Outcome): Result {
  return {
    events: events.length,
    counts: Object.fromEntries(tally.counts),
    disagreements: [...tally.disagreements.values()].map((disagreement) =>
      told(disagreement, shrunk.get(disagreement) ?? disagreement.sample, sourceOf(view, disagreement)),
    ),
    lost: [...tally.lost],
    took: [...tally.took],
    reachable: [...createPlaces(view).reachable(events)],
    targets,
  };
}

/** Several results as one. */
export function joined(results: readonly Result[]): Result {
  const counts: Record<string, Count> = {};
  const disagreements = new Map<string, ToldDisagreement>();
  for (const result of results) {
    for (const [judge, count] of Object.entries(result.counts)) {
      const sum = counts[judge];
      counts[judge] = sum
        ? (Object.fromEntries(
            Object.entries(count).map(([key, value]) => [key, value + sum[key as keyof Count]]),
          ) as unknown as Count)
        : count;
    }
    for (const one of result.disagreements) {
      const key = JSON.stringify([one.judge, one.wrong, one.at, one.keyword]);
      const known = disagreements.get(key);
      disagreements.set(
        key,
        known ? { ...known, count: known.count + one.count, events: known.events + one.events } : one,
      );
    }
  }
  const all = (key: "lost" | "took" | "reachable" | "targets") => [
    ...new Set(results.flatMap((result) => result[key])),
  ];
  return {
    events: results.reduce((sum, { events }) => sum + events, 0),
    counts,
    disagreements: [...disagreements.values()],
    lost: all("lost"),
    took: all("took"),
    reachable: all("reachable"),
    targets: all("targets"),
  };
}

function told(
  { judge, wrong, at, word, keyword, event, verdict, count, events }: Disagreement,
  sample: Sample,
  source: string,
): ToldDisagreement {
  const { fault } = sample;
  return {
    judge,
    wrong,
    at,
    word,
    ...(keyword !== undefined && { keyword }),
    event,
    shows: sample.shows,
    sample: wireText(sample.value),
    verdict: inWords(verdict),
    expected: fault ? `refused: ${fault.keyword} at "${fault.pointer}"` : "taken as it is",
    source,
    count,
    events: events.size,
  };
}

function inWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case "changed":
      return verdict.differences
        .slice(0, 3)
        .map(({ pointer, wanted, got }) => `${pointer}: ${wanted} became ${got}`)
        .join("; ");
    case "refused": {
      const findings = verdict.findings?.map(({ path, keyword }) => `${keyword} at "${path}"`).join(", ");
      return `refused${verdict.pointer ? ` at ${verdict.pointer}` : ""}: ${findings ?? verdict.why}`;
    }
    case "failed":
      return `breaks down: ${verdict.why}`;
    default:
      return verdict.kind;
  }
}

/** Where the field is declared, or the event when there is no such field. */
function sourceOf(view: Project["view"], { at, event }: Disagreement): string {
  const origins = originsOf(view, at) ?? originsOf(view, event) ?? [];
  const origin = origins.find(({ basis }) => basis !== "overlay") ?? origins[0];
  if (!origin) return "no source";
  const place = view.locate(origin.span);
  return place ? `${origin.span.path}:${place.line}` : origin.span.path;
}

function originsOf(view: Project["view"], at: Name) {
  for (const decl of view.model.decls) {
    if (decl.name === at) return decl.origins;
    if (!at.startsWith(`${decl.name}.`)) continue;
    const message = decl.kind === "message" ? decl : decl.kind === "event" ? view.eventMessage(decl) : undefined;
    const field = message?.fields.find(({ name }) => `${decl.name}.${name}` === at);
    if (field) return field.origins;
  }
  return undefined;
}
