import { diagnostic } from "../../model/index.ts";

const forms = "git:<ref>, git:merge-base, dir:<folder>, file:<model.json> or npm:<package>@<range>";

/** All that baselines, waivers and the commands of compatibility can say by themselves. */
export const noBaseline = diagnostic(
  "baseline/none",
  "error",
  () => "Nothing is named to compare with.",
  () => `Give \`--against\`, or \`breaking: { against: … }\` in concordat.yaml: ${forms}.`,
);
export const unknownForm = diagnostic<{ baseline: string }>(
  "baseline/unknown-form",
  "error",
  (a) => `${a.baseline} names no baseline.`,
  () => `Write ${forms}.`,
);
export const missingBaseline = diagnostic<{ baseline: string; path: string; isFolder: boolean }>(
  "baseline/missing",
  "error",
  (a) => `The baseline ${a.baseline} is not there: ${a.path} is no ${a.isFolder ? "folder" : "file"}.`,
  () => "Correct the path; it is relative to the folder of concordat.yaml, or on the command line to where you are.",
);
export const notReadable = diagnostic<{ baseline: string; why: string }>(
  "baseline/unreadable",
  "error",
  (a) => `The baseline ${a.baseline} cannot be read: ${a.why}.`,
);
export const baselineTooLarge = diagnostic<{ baseline: string; megabytes: number; maximum: number }>(
  "baseline/too-large",
  "error",
  (a) => `The baseline ${a.baseline} has ${a.megabytes} MB; ${a.maximum} are read.`,
  () => "Name the file or the folder that holds the contracts alone.",
);
export const noProject = diagnostic<{ baseline: string; path: string }>(
  "baseline/no-project",
  "error",
  (a) => `The baseline ${a.baseline} has no ${a.path}.`,
  () => "Where the project is new, there is nothing to compare with yet; where it was moved, name a later baseline.",
);
export const brokenProject = diagnostic<{ baseline: string; count: number; first: string }>(
  "baseline/broken-project",
  "error",
  (a) => `The baseline ${a.baseline} does not read without errors (${a.count}): ${a.first}`,
  () => "Name a baseline that was in order, or a model that was written of it: file:<model.json>.",
  "The contracts of the baseline are read by the tool of today. What was in order once and is not any more, or never " +
    "was, gives no model to compare with, and half of one would look like removed events. A model.json that was " +
    "published at the time can always be compared with.",
);
export const notAModelFile = diagnostic<{ baseline: string; why: string }>(
  "baseline/not-a-model",
  "error",
  (a) => `The baseline ${a.baseline} is not a model: ${a.why}.`,
  () => "Name the model.json of a generated folder, or what `concordat model --format json` prints.",
);
export const newerModel = diagnostic<{ baseline: string; version: string }>(
  "baseline/newer-model",
  "error",
  (a) => `The baseline ${a.baseline} is a model of irVersion ${a.version}, and this release reads 1.`,
  () => "Update Concordat: a newer release wrote the baseline.",
);
export const noGit = diagnostic<{ baseline: string; why: string }>(
  "baseline/no-git",
  "error",
  (a) => `The baseline ${a.baseline} needs git: ${a.why}.`,
  () =>
    "Install git, and run inside a repository; or compare with a folder or a model: dir:<folder>, file:<model.json>.",
);
export const unknownRef = diagnostic<{ baseline: string; ref: string; shallow: boolean }>(
  "baseline/unknown-ref",
  "error",
  (a) => `The baseline ${a.baseline} does not exist: git knows no commit ${a.ref}.`,
  (a) =>
    a.shallow
      ? "This clone is shallow. Fetch the rest: `git fetch --unshallow --tags`; in GitHub Actions, check out with `fetch-depth: 0`; in GitLab, set `GIT_DEPTH: 0`."
      : "Correct the name, or fetch it: `git fetch --tags origin`.",
);
export const noMergeBase = diagnostic<{ baseline: string; branch: string | undefined; shallow: boolean }>(
  "baseline/no-merge-base",
  "error",
  (a) =>
    a.branch === undefined
      ? `The baseline ${a.baseline} cannot be found: nothing says which branch this one goes to.`
      : `The baseline ${a.baseline} cannot be found: this commit and ${a.branch} have no commit in common here.`,
  (a) =>
    a.shallow
      ? "This clone is shallow. Fetch the rest: `git fetch --unshallow`; in GitHub Actions, check out with `fetch-depth: 0`; in GitLab, set `GIT_DEPTH: 0`."
      : "Name a branch or a tag: `git:origin/main`.",
);
export const sameCommit = diagnostic<{ baseline: string; commit: string }>(
  "baseline/same-commit",
  "info",
  (a) =>
    `The baseline ${a.baseline} is the commit that is checked out, ${a.commit}: only what is not committed differs.`,
  () => "On the main branch itself, compare with an earlier commit or the last release: `git:HEAD~1`, `git:v1.2.0`.",
);
export const noPackage = diagnostic<{ baseline: string; why: string }>(
  "baseline/no-package",
  "error",
  (a) => `The baseline ${a.baseline} is not installed and cannot be fetched: ${a.why}.`,
  () => "Install the package, or see that `npm pack` can reach its registry.",
);
export const noModelInPackage = diagnostic<{ baseline: string; version: string }>(
  "baseline/no-model-in-package",
  "error",
  (a) => `The baseline ${a.baseline} has no model inside: its version ${a.version} has no model.json.`,
  () => "Name a package that Concordat generated, or a version of it that has a model.json.",
);
export const noHistory = diagnostic<{ baseline: string }>(
  "baseline/no-history",
  "error",
  (a) => `The baseline ${a.baseline} has no earlier versions that --transitive could go through.`,
  () => "Name each version by an `--against` of its own, or compare with a git ref or a package.",
);

export const noReason = diagnostic<{ at: string }>(
  "waiver/no-reason",
  "error",
  (a) => `The waiver for ${a.at} gives no reason.`,
  () => "Say in `reason` why the change may be made all the same: whoever it hurts will ask.",
);
export const noOwner = diagnostic<{ at: string }>(
  "waiver/no-owner",
  "error",
  (a) => `The waiver for ${a.at} names no team that answers for it.`,
  () => "Name the team in `owner`.",
);
export const brokenDate = diagnostic<{ at: string; date: string }>(
  "waiver/broken-date",
  "error",
  (a) =>
    a.date === ""
      ? `The waiver for ${a.at} has no end.`
      : `The waiver for ${a.at} ends at ${a.date}, which is no date.`,
  () => "Give the last day it holds in `expires`, as YYYY-MM-DD.",
);
export const unknownRule = diagnostic<{ at: string; rule: string; near: string | undefined }>(
  "waiver/unknown-rule",
  "error",
  (a) => `The waiver for ${a.at} names the rule ${a.rule}, which there is not.`,
  (a) => (a.near === undefined ? "`concordat list rules` shows them all." : `Did you mean ${a.near}?`),
);
export const otherTarget = diagnostic<{ at: string; rule: string; target: string }>(
  "waiver/other-target",
  "error",
  (a) => `The waiver for ${a.at} is for ${a.target}, and its rule ${a.rule} is about another target.`,
  () => "Name the target of the rule.",
);
export const expired = diagnostic<{ at: string; rule: string; date: string; owner: string; today: string }>(
  "waiver/expired",
  "error",
  (a) => `The waiver of ${a.owner} for ${a.rule} at ${a.at} held until ${a.date}, and it is ${a.today}.`,
  () => "Mend the change, or agree with those it hurts on a later day. The waiver covers nothing any more.",
);
export const unusedWaiver = diagnostic<{ at: string; rule: string; now: string | undefined }>(
  "waiver/unused",
  "warning",
  (a) =>
    a.now === undefined
      ? `The waiver for ${a.rule} at ${a.at} covers nothing.`
      : `The waiver for ${a.rule} at ${a.at} covers nothing: the change at that place is another now, ${a.now}.`,
  (a) => (a.now === undefined ? "Remove the entry." : "Remove the entry; the new change has to be agreed upon again."),
  "A waiver holds for one change, known by its fingerprint. When the change is gone, or has become another, the waiver " +
    "covers nothing: otherwise it would cover whatever is done next at that place.",
);

export const noVersion = diagnostic<{ what: string }>(
  "semver/no-version",
  "error",
  (a) => `${a.what} names no version of the types package.`,
  () => "Give `package: { name: …, version: … }` in concordat.yaml; for a baseline that has none, `--from <version>`.",
);
export const oddVersion = diagnostic<{ what: string; version: string }>(
  "semver/odd-version",
  "error",
  (a) => `${a.what} names the version ${a.version}, which is not of the form 1.2.3.`,
  () => "Write major, minor and patch: https://semver.org.",
);
export const versionTooSmall = diagnostic<{ version: string; needed: string; bump: string; from: string }>(
  "semver/too-small",
  "error",
  (a) => `The types package has the version ${a.version}; after ${a.from} it needs ${a.needed}, a ${a.bump} release.`,
  (a) => `Set \`version: ${a.needed}\` under \`package\` in concordat.yaml.`,
);
