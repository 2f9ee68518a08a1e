import type { Report } from "../../../model/index.ts";
import { noMergeBase, sameCommit, unknownRef } from "../diagnostics.ts";
import type { Git } from "./git.ts";

/** Environment variables in which CI says where a change goes. */
const targets = [
  "GITHUB_BASE_REF",
  "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
  "BITBUCKET_PR_DESTINATION_BRANCH",
  "SYSTEM_PULLREQUEST_TARGETBRANCH",
  "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
  "CHANGE_TARGET",
];
const usual = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** The commit at which this branch left the one it goes to. */
export function mergeBase(
  { label, branch }: { readonly label: string; readonly branch?: string },
  git: Git,
  env: Readonly<Record<string, string | undefined>>,
  report: Report,
): string | undefined {
  const told = branch ?? targets.map((name) => env[name]).find((value) => value !== undefined && value !== "");
  const short = told?.replace(/^refs\/heads\//, "");
  const candidates = short === undefined ? usual : branch === undefined ? [`origin/${short}`, short] : [short];
  const found = candidates.find((name) => git.commit(name) !== undefined);
  const shallow = git.isShallow();
  if (found === undefined && short !== undefined)
    return void report(unknownRef(undefined, { baseline: label, ref: candidates[0] ?? short, shallow }));
  const [head, tip] = [git.commit("HEAD"), found === undefined ? undefined : git.commit(found)];
  const base = head && tip ? git.ask("merge-base", head, tip) : undefined;
  if (base === undefined || base === "")
    return void report(noMergeBase(undefined, { baseline: label, branch: found, shallow }));
  if (base === head) report(sameCommit(undefined, { baseline: label, commit: base.slice(0, 12) }));
  return base;
}
