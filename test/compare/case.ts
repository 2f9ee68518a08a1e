import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Comparison, compare } from "../../checks/index.ts";
import { read } from "../../pipeline/index.ts";

const cases = join(import.meta.dirname, "cases");

/** The folders of projects before and after a change. */
export const caseFolders = (): readonly string[] => readdirSync(cases).map((name) => join(cases, name));

/** Compares the two projects of a folder, `previous` and `current`. */
export async function comparisonOf(folder: string): Promise<Comparison> {
  const [before, after] = await Promise.all(["previous", "current"].map((side) => projectOf(join(folder, side))));
  if (!before || !after) throw new Error("A case has two sides.");
  return compare(before, after);
}

async function projectOf(folder: string) {
  const { project, findings } = await read({ folder });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (!project || errors.length > 0) throw new Error(`${folder} does not load: ${JSON.stringify(errors)}`);
  return project.view;
}
