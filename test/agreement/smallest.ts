import type { Event } from "../../pipeline/index.ts";
import type { Sample, WireValue } from "../../verify/index.ts";
import type { Judge, Verdict } from "./judge.ts";
import { shrink } from "./shrink.ts";
import type { Disagreement } from "./tally.ts";

/** The smallest sample that a judge is wrong about in the same way. A judge of another target says what a sample is worth. */
export async function smallest(
  { sample, verdict }: Disagreement,
  event: Event,
  judge: Judge,
  references: readonly Judge[],
): Promise<Sample> {
  const reference = references.find(({ targets }) => targets[0] !== judge.targets[0]);
  if (!reference) return sample;
  const persists = async (candidates: readonly WireValue[]): Promise<readonly boolean[]> => {
    const samples = candidates.map((value) => ({ ...sample, value }));
    const worth = await answers(reference, event, samples);
    const right = samples.filter((_, i) => isWorth(sample, worth[i]));
    const judged = await answers(judge, event, right);
    const same = new Set(right.filter((_, i) => isSame(verdict, judged[i])));
    return samples.map((candidate) => same.has(candidate));
  };
  const [itself] = await persists([sample.value]);
  return itself ? { ...sample, value: await shrink(sample.value, persists, judge.flush ? 10 : 40) } : sample;
}

async function answers(judge: Judge, event: Event, samples: readonly Sample[]): Promise<readonly Verdict[]> {
  if (samples.length === 0) return [];
  const answer = judge.judge(event, samples);
  if (answer instanceof Promise) await judge.flush?.();
  return answer;
}

/** Still valid; or still wrong, and in nothing else. */
function isWorth({ fault }: Sample, verdict: Verdict | undefined): boolean {
  if (verdict?.kind === "unasked" || verdict === undefined) return false;
  if (!fault) return verdict.kind === "taken";
  if (verdict.kind !== "refused") return false;
  return verdict.findings?.every(({ path, keyword }) => path === fault.pointer && keyword === fault.keyword) ?? true;
}

function isSame(a: Verdict, b: Verdict | undefined): boolean {
  if (a.kind !== b?.kind) return false;
  if (a.kind === "changed" && b.kind === "changed")
    return b.differences.some(({ pointer }) => pointer === a.differences[0]?.pointer);
  return a.kind !== "refused" || b.kind !== "refused" || a.pointer === b.pointer;
}
