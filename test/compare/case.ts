import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Comparison, compare, type StorageOptions } from "../../checks/index.ts";
import { read } from "../../pipeline/index.ts";

const cases = join(import.meta.dirname, "cases");

/** The folders of projects before and after a change. */
export const caseFolders = (): readonly string[] => readdirSync(cases).map((name) => join(cases, name));

/** Compares the two projects of a folder, `previous` and `current`, and the options of the generator of their tables. */
export async function comparisonOf(folder: string): Promise<Comparison> {
  const [before, after] = await Promise.all(["previous", "current"].map((side) => projectOf(join(folder, side))));
  if (!before || !after) throw new Error("A case has two sides.");
  return compare(before.view, after.view, { storage: { old: storageOf(before), new: storageOf(after) } });
}

async function projectOf(folder: string) {
  const { project, findings } = await read({ folder });
  const errors = findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
  if (!project || errors.length > 0) throw new Error(`${folder} does not load: ${errors.join(" ")}`);
  return project;
}

const storageOf = ({ config }: Awaited<ReturnType<typeof projectOf>>): StorageOptions =>
  (config.generators.find(({ name }) => name === "clickhouse")?.options ?? {}) as StorageOptions;
