import { formatTypeRef, type Operation, type OperationVersion } from "../../model/index.ts";
import type { Tell } from "./collect.ts";
import type { Sides } from "./sides.ts";
import { differences } from "./types.ts";
import { compareWords } from "./words.ts";

/** The changes of an endpoint's versions; a version is known by its number alone. */
export function compareOperations(before: Operation, after: Operation, sides: Sides, tell: Tell): void {
  const place = { at: after.name, of: after.name, old: before, new: after };
  if (before.name !== after.name) tell("operation.renamed", { ...place, was: before.name, now: after.name }, {});
  compareWords(before, after, place, tell);
  const versions = new Map(after.versions.map((version) => [version.version, version]));
  for (const old of before.versions) {
    const next = versions.get(old.version);
    const at = `${after.name}.v${old.version}`;
    if (next) compareVersions(at, old, next, sides, tell);
    else tell("version.removed", { at, of: at, was: old.version, old }, {});
  }
  for (const next of after.versions)
    if (!before.versions.some(({ version }) => version === next.version)) {
      const at = `${after.name}.v${next.version}`;
      tell("version.added", { at, of: at, now: next.version, new: next }, {});
    }
}

function compareVersions(
  version: string,
  before: OperationVersion,
  after: OperationVersion,
  sides: Sides,
  tell: Tell,
): void {
  for (const side of ["request", "response"] as const) {
    const [was, now] = [before[side], after[side]];
    const at = `${version}.${side}`;
    const place = { at, of: at, old: before, new: after };
    if (was && !now) tell("body.removed", { ...place, was: formatTypeRef(was) }, { side });
    else if (!was && now) tell("body.added", { ...place, now: formatTypeRef(now) }, { side });
    else if (was && now)
      for (const { path, from, to } of differences(was, now, sides))
        tell("body.retyped", { ...place, was: formatTypeRef(from), now: formatTypeRef(to) }, { from, to, path, side });
  }
  const place = { at: version, of: version, old: before, new: after };
  compareWords(before, after, place, tell);
}
