import { resolve } from "node:path";
import { assertNever, type Diagnostic, type Report } from "../../../model/index.ts";
import { noGit, noHistory, unknownForm, unknownRef } from "../diagnostics.ts";
import { loadCommit } from "./commit.ts";
import { loadFile } from "./file.ts";
import { loadFolder } from "./folder.ts";
import { type Git, openGit } from "./git.ts";
import type { Loaded } from "./loaded.ts";
import { mergeBase } from "./merge-base.ts";
import { loadPackage, versionsOf } from "./npm.ts";
import { type BaselineSpec, baselineSpec } from "./spec.ts";

/** Where baselines are looked for. */
export interface BaselineContext {
  /** The folder of the project that is compared with them. */
  readonly project: string;
  /** The folder that paths of baselines are relative to. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Also every version before them. */
  readonly transitive: boolean;
}

/** Loads baselines, each with its history when that is asked for; one that cannot be loaded is an error and left out. */
export async function loadBaselines(
  labels: readonly string[],
  context: BaselineContext,
  report: Report,
): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  for (const label of labels) {
    const spec = baselineSpec(label);
    if (spec) loaded.push(...(await load(spec, context, report)));
    else report(unknownForm(undefined, { baseline: label }));
  }
  return loaded;
}

async function load(spec: BaselineSpec, context: BaselineContext, report: Report): Promise<readonly Loaded[]> {
  const { label } = spec;
  const { project, folder, transitive } = context;
  const fail = (finding: Diagnostic): readonly Loaded[] => {
    report(finding);
    return [];
  };
  switch (spec.kind) {
    case "git":
    case "merge-base": {
      const git = openGit(project);
      if ("why" in git) return fail(noGit(undefined, { baseline: label, why: git.why }));
      const commit = spec.kind === "git" ? git.commit(spec.ref) : mergeBase(spec, git, context.env, report);
      if (commit === undefined && spec.kind === "git")
        report(unknownRef(undefined, { baseline: label, ref: spec.ref, shallow: git.isShallow() }));
      if (commit === undefined) return [];
      const loaded = [await loadCommit(label, commit, git, report)];
      for (const [tag, earlier] of transitive ? releasesBefore(commit, git) : [])
        loaded.push(await loadCommit(`git:${tag}`, earlier, git, report));
      return loaded.flatMap((one) => one ?? []);
    }
    case "dir":
    case "file": {
      if (transitive) return fail(noHistory(undefined, { baseline: label }));
      const path = resolve(folder, spec.path);
      const one = spec.kind === "dir" ? await loadFolder(label, path, report) : loadFile(label, path, report);
      return one ? [one] : [];
    }
    case "npm": {
      const wanted = transitive ? (versionsOf(spec, project, report) ?? []) : [spec];
      return wanted.flatMap((one) => loadPackage(one, project, report) ?? []);
    }
    default:
      return assertNever(spec);
  }
}

/** The tags that name a release the commit stands upon, latest first, where the project was there already. */
function releasesBefore(commit: string, git: Git): readonly (readonly [string, string])[] {
  const tags = git.ask("tag", "--merged", commit, "--sort=-version:refname")?.split("\n") ?? [];
  return tags.flatMap((tag) => {
    const tagged = /\d+\.\d+/.test(tag) ? git.commit(`refs/tags/${tag}`) : undefined;
    if (tagged === undefined || tagged === commit) return [];
    return git.contents(tagged, [`${git.prefix}concordat.yaml`]).size > 0 ? [[tag, tagged] as const] : [];
  });
}
