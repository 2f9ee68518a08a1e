import { type Change, type ChangeKind, type Comparison, judge, type Verdict, worst } from "../../checks/index.ts";
import type { RunResult } from "../run.ts";
import { compareVersions, type Version, versionOf } from "./baseline/range.ts";
import * as say from "./diagnostics.ts";
import type { Bump, Release } from "./release.ts";
import { sentence } from "./sentences.ts";
import { type AgainstOptions, type Sides, startComparison } from "./sides.ts";
import { compareLoaded } from "./storage.ts";

/** What to compare, and whether the version in the configuration is to be judged. */
export interface SemverOptions extends AgainstOptions {
  readonly check?: boolean;
  /** The version of the baseline, where it names none. */
  readonly from?: string;
}

/** The outcome of `concordat semver`. */
export interface SemverResult extends RunResult {
  readonly release?: Release;
}

/** The release that the types package needs: what no program notices is a patch, what some do not compile against is major. */
export async function semver(options: SemverOptions): Promise<SemverResult> {
  const { sides, findings, end } = await startComparison(options);
  if (!sides) return end();
  const release = releaseOf(sides, options);
  if (options.check) {
    const { versionSpan } = sides.project.config.package ?? {};
    const version = release.version === undefined ? undefined : versionOf(release.version);
    const from = release.from === undefined ? undefined : versionOf(release.from);
    for (const [what, text, parsed] of [
      ["The configuration", release.version, version],
      [`The baseline ${release.baseline}`, release.from, from],
    ] as const)
      if (text === undefined) findings.report(say.noVersion(undefined, { what }));
      else if (!parsed) findings.report(say.oddVersion(undefined, { what, version: text }));
    if (version && from && release.needed !== undefined && !mayFollow(version, from, release.bump))
      findings.report(
        say.versionTooSmall(versionSpan, {
          version: release.version ?? "",
          needed: release.needed,
          bump: release.bump,
          from: release.from ?? "",
        }),
      );
  }
  return { ...end(), release };
}

function releaseOf({ baselines, current }: Sides, options: SemverOptions): Release {
  // Of several baselines, the latest release is the one that the next follows; it has to be right for all.
  const asked = baselines.flatMap((before) => bumps(compareLoaded(before, current)));
  const bump = order.findLast((one) => asked.some((row) => row.bump === one)) ?? "none";
  const because = new Map(
    asked
      .filter((row) => row.bump === bump)
      .map(({ change }) => [change.fingerprint, { at: change.at, fact: change.kind, message: sentence(change) }]),
  );
  const from = options.from ?? latest(baselines.flatMap(({ version }) => version ?? []));
  const parsed = from === undefined ? undefined : versionOf(from);
  return {
    baseline: baselines[0]?.label ?? "",
    bump,
    because: [...because.values()],
    ...(from !== undefined && { from }),
    ...(parsed && { needed: textOf(least(parsed, bump)) }),
    ...(current.version !== undefined && { version: current.version }),
  };
}

const order: readonly Bump[] = ["none", "patch", "minor", "major"];

function latest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>((best, text) => {
    const [a, b] = [best === undefined ? undefined : versionOf(best), versionOf(text)];
    return !a || (b && compareVersions(b, a) > 0) ? text : best;
  }, undefined);
}

function bumps(comparison: Comparison): readonly { readonly change: Change; readonly bump: Bump }[] {
  const verdicts = new Map<Change, Verdict[]>(comparison.changes.map((change) => [change, []]));
  for (const { change, verdict } of judge(comparison, { targets: ["typescript"], mode: "full" }))
    verdicts.get(change)?.push(verdict);
  return [...verdicts].map(([change, all]) => ({ change, bump: bumpOf(change, worst(all)) }));
}

/** What compiles as before and has more to offer is minor; texts and orders are a patch. */
function bumpOf({ kind }: Change, verdict: Verdict): Bump {
  if (verdict !== "safe" && verdict !== "hazard") return "major";
  return verdict === "safe" && unseen.has(kind) ? "patch" : "minor";
}

/** Changes that programs see nothing of. */
const unseen: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  "documentation",
  "owners",
  "field.reordered",
  "value.reordered",
  "reserved.added",
  "reserved.removed",
  "storage",
  "topic.added",
  "topic.removed",
  "topic.changed",
  "topic.renumbered",
  "component.added",
  "component.removed",
  "component.changed",
  "event.moved",
  "event.identity",
  "event.pairing",
  "field.renumbered",
  "field.wire",
  "field.unit",
  "field.limits",
  "field.default",
]);

/** The least version that may follow; before 1.0.0 what breaks is minor, and all else a patch. */
function least({ parts: [major, minor, patch], pre }: Version, bump: Bump): Version {
  const release = (...parts: Version["parts"]): Version => ({ parts, pre: [] });
  if (bump === "none") return { parts: [major, minor, patch], pre };
  if (pre.length > 0 && announces([major, minor, patch], bump)) return release(major, minor, patch);
  if (major === 0) return bump === "major" ? release(0, minor + 1, 0) : release(0, minor, patch + 1);
  if (bump === "major") return release(major + 1, 0, 0);
  return bump === "minor" ? release(major, minor + 1, 0) : release(major, minor, patch + 1);
}

/** Whether the release that a version stands before may bring as much. */
const announces = ([major, minor, patch]: Version["parts"], bump: Bump): boolean =>
  bump === "patch" || (patch === 0 && (bump === "minor" || minor === 0 || major === 0));

/** Whether a version may follow another that asks for as much. */
function mayFollow(version: Version, from: Version, bump: Bump): boolean {
  if (compareVersions(version, least(from, bump)) >= 0) return true;
  // Until it is released, what is announced may become anything.
  const isSame = version.parts.every((part, i) => part === from.parts[i]);
  return from.pre.length > 0 && isSame && announces(from.parts, bump) && compareVersions(version, from) > 0;
}

const textOf = ({ parts, pre }: Version): string => `${parts.join(".")}${pre.length > 0 ? `-${pre.join(".")}` : ""}`;
