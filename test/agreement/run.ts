import type { Event, Project } from "../../pipeline/index.ts";
import { type Sample, type SampleMaker, sampleMaker } from "../../verify/index.ts";
import type { Bench, Judge, Verdict } from "./judge.ts";
import { openJudges } from "./judges/index.ts";
import { readLedger } from "./ledger.ts";
import { createPlaces } from "./places.ts";
import { smallest } from "./smallest.ts";
import { createTally, type Disagreement, type Tally } from "./tally.ts";

/** What to run. */
export interface AgreementOptions {
  /** The folder of the project. */
  readonly folder: string;
  /** The folder of generated files. */
  readonly generated: string;
  /** Samples of each kind per event. */
  readonly runs: number;
  readonly seed: number;
  readonly systems?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
  /** Judges, by their own names or by the targets they judge. */
  readonly targets?: readonly string[] | undefined;
  /** This share of the events, of so many. */
  readonly share?: { readonly part: number; readonly of: number } | undefined;
  /** Told of each event when it is through. */
  readonly onEvent?: (event: Event) => void;
}

/** What a run saw. */
export interface Outcome {
  readonly tally: Tally;
  readonly events: readonly Event[];
  /** The smallest samples that show the disagreements, where they could be made smaller. */
  readonly shrunk: ReadonlyMap<Disagreement, Sample>;
  /** The ledger's words for what was judged. */
  readonly targets: readonly string[];
}

const batchSize = 2_000;
/** What is put off is carried out when so many samples wait. */
const waitingAtMost = 8_000;

/** For so many disagreements of a judge a smaller sample is looked for. */
const shrunkAtMost = 40;

/** Shows the samples of every event to every judge. */
export async function runAgreement(project: Project, options: AgreementOptions): Promise<Outcome> {
  const { view } = project;
  const events = eventsOf(project, options);
  const systems = new Map(view.systems.map((system) => [system.name, system]));
  const bench: Bench = {
    view,
    events,
    folder: options.folder,
    generated: options.generated,
    system: (event) => {
      const system = systems.get(event.system);
      if (!system) throw new Error(`There is no system ${event.system}.`);
      return system;
    },
  };
  const ledger = readLedger(options.generated);
  const tally = createTally(ledger, createPlaces(view));
  const judges = await openJudges(bench, options.targets);
  try {
    await showAll(bench, judges.all, tally, options);
    const shrunk = new Map<Disagreement, Sample>();
    const tried = new Map<string, number>();
    for (const disagreement of tally.disagreements.values()) {
      const tries = (tried.get(disagreement.judge) ?? 0) + 1;
      tried.set(disagreement.judge, tries);
      if (tries > shrunkAtMost) continue;
      const judge = judges.all.find(({ name }) => name === disagreement.judge);
      const event = events.find(({ name }) => name === disagreement.event);
      if (judge && event) shrunk.set(disagreement, await smallest(disagreement, event, judge, judges.references));
    }
    // A judge of two targets at once cannot tell which of them lost something.
    const targets = [...new Set(judges.all.flatMap((judge) => (judge.targets.length > 1 ? [] : judge.targets)))];
    return { tally, events, shrunk, targets };
  } finally {
    judges.close();
  }
}

/** The events that a run is about, in the order of their names. */
export function eventsOf({ view }: Project, { systems, events, share }: AgreementOptions): readonly Event[] {
  return view.systems
    .filter(({ name }) => !systems || systems.includes(name))
    .flatMap(({ name }) => view.events(name))
    .filter(({ name }) => !events || events.includes(name))
    .filter((_, i) => !share || i % share.of === share.part);
}

async function showAll(
  bench: Bench,
  judges: readonly Judge[],
  tally: Tally,
  { runs, seed, onEvent }: AgreementOptions,
): Promise<void> {
  let waiting: Promise<void>[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    for (const judge of judges)
      if (judge.flush) {
        const start = performance.now();
        await judge.flush();
        tally.time(judge, performance.now() - start);
      }
    await Promise.all(waiting);
    waiting = [];
    size = 0;
  };
  for (const event of bench.events) {
    const maker = sampleMaker(bench.view, bench.system(event), event, { seed });
    const seen = new Map<Judge, Map<Sample["kind"], number>>();
    for (const batch of batches(all(maker, runs)))
      for (const judge of judges) {
        if (judge.takes?.(event) === false) continue;
        const counts = seen.get(judge) ?? new Map<Sample["kind"], number>();
        seen.set(judge, counts);
        const samples = batch.filter(({ kind, fault }) => {
          if (judge.sees && (judge.sees === "faults") !== (fault !== undefined)) return false;
          const before = counts.get(kind) ?? 0;
          counts.set(kind, before + 1);
          return judge.limit === undefined || before < judge.limit;
        });
        if (samples.length === 0) continue;
        const start = performance.now();
        const answer = ask(judge, event, samples);
        const settle = (verdicts: readonly Verdict[]): void => {
          for (const [i, sample] of samples.entries())
            tally.add(judge, event, sample, verdicts[i] ?? { kind: "unasked" });
        };
        if (answer instanceof Promise) {
          waiting.push(answer.then(settle));
          size += samples.length;
        } else settle(answer);
        tally.time(judge, performance.now() - start);
      }
    if (size > waitingAtMost) await flush();
    onEvent?.(event);
  }
  await flush();
}

/** Where a judge breaks down over a batch, each sample is asked about by itself. */
function ask(judge: Judge, event: Event, samples: readonly Sample[]): ReturnType<Judge["judge"]> {
  try {
    return judge.judge(event, samples);
  } catch (error) {
    if (samples.length === 1) return [{ kind: "failed", why: String(error) }];
    return samples.flatMap((sample) => ask(judge, event, [sample]) as readonly Verdict[]);
  }
}

function* all(maker: SampleMaker, runs: number): Iterable<Sample> {
  yield* maker.valid(runs);
  yield* maker.boundary(runs);
  yield* maker.invalid(runs);
}

function* batches(samples: Iterable<Sample>): Iterable<readonly Sample[]> {
  let batch: Sample[] = [];
  for (const sample of samples) {
    batch.push(sample);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
