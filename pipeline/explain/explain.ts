import { type Diagnostic, nearest } from "../../model/index.ts";
import { severalThings, unknownSubject } from "../diagnostics.ts";
import { generate, type RunResult } from "../run.ts";
import type { Explanation } from "./explanation.ts";
import { explainFinding, findingNames } from "./finding.ts";
import { indexNames, type Named } from "./names.ts";
import { findOrigins } from "./origins.ts";
import { explainThing } from "./thing.ts";

/** Explanations of everything that has the name; where there are none, the run that tells why. */
export type Explained =
  | { readonly explanations: readonly Explanation[]; readonly folder: string; readonly result?: never }
  | { readonly explanations?: never; readonly folder?: never; readonly result: RunResult };

/** Explains a rule, a finding, or anything that the project in this folder names. */
export async function explain(name: string, folder: string): Promise<Explained> {
  const finding = explainFinding(name);
  if (finding) return { explanations: [finding], folder };
  const result = await generate({ folder, mode: "dry-run" });
  const { project, store } = result;
  if (!project || !store) return { result };
  const { full, short } = indexNames(project.view);
  const exact = full.get(name);
  const found = exact ?? withoutBodies(short.get(name) ?? []);
  const failed = (finding: Diagnostic): Explained => ({
    result: { ...result, findings: [finding], suppressed: 0, exitCode: 2 },
  });
  if (found.length === 0) {
    const near = nearest(name, [...full.keys(), ...findingNames(), ...short.keys()]);
    return failed(unknownSubject(undefined, { name, near }));
  }
  if (!exact && found.length > 1)
    return failed(severalThings(undefined, { name, names: found.map((item) => item.name) }));
  const origins = await findOrigins(project, store);
  const explanations = found.map((item) => explainThing(item, project.view, origins, result));
  return { explanations, folder: project.config.folder };
}

/** A field of a body is asked for as the field of its event. */
function withoutBodies(found: readonly Named[]): readonly Named[] {
  const bodies = new Set(found.flatMap(({ owner }) => owner?.name ?? []));
  return found.filter(({ decl, field }) => !field || !bodies.has(decl.name));
}
