import { readFileSync, statSync } from "node:fs";
import { createView, type Diagnostic, type Model, type Report } from "../../../model/index.ts";
import { loadModel } from "../../model-file.ts";
import { baselineTooLarge, missingBaseline, newerModel, notAModelFile, notReadable } from "../diagnostics.ts";
import { dangling } from "./dangling.ts";
import type { Loaded } from "./loaded.ts";

/** Models are larger than sources, and have an end as well. */
const maximumMegabytes = 64;

/** The baseline that a published model is. */
export function loadFile(label: string, path: string, report: Report): Loaded | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return void report(missingBaseline(undefined, { baseline: label, path, isFolder: false }));
  const megabytes = Math.ceil(stat.size / 1_000_000);
  if (megabytes > maximumMegabytes)
    return void report(baselineTooLarge(undefined, { baseline: label, megabytes, maximum: maximumMegabytes }));
  try {
    return modelFrom(label, readFileSync(path), report);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return void report(notReadable(undefined, { baseline: label, why: code ?? message }));
  }
}

/** A model from bytes that somebody else made: it is taken for one only when everything in it fits together. */
export function modelFrom(label: string, bytes: Uint8Array, report: Report): Loaded | undefined {
  const fail = (why: string): undefined => void report(notAModelFile(undefined, { baseline: label, why }));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("it is not UTF-8 text");
  }
  const { irVersion: version, storage = {} } = headOf(text);
  if (typeof version === "number" && version > 1)
    return void report(newerModel(undefined, { baseline: label, version: String(version) }));
  const findings: Diagnostic[] = [];
  let model: Model | undefined;
  try {
    model = loadModel("it", text, (finding) => findings.push(finding));
  } catch (error) {
    // What is nested deeper than any model ends every recursion.
    if (!(error instanceof RangeError)) throw error;
    return fail("it is nested too deeply");
  }
  if (isDeeper(storage, deepestStorage)) return fail("its storage is nested too deeply");
  if (!model) return fail((findings[0]?.message ?? "").replace(/^it is not a model: |\.$/g, ""));
  const wrong = dangling(model);
  if (wrong !== undefined) return fail(wrong);
  return { label, storage, view: createView(model, ({ path }) => ({ path, line: 1, column: 1 })) };
}

/** No option of a generator nests this far; what does would end the recursions that compare and print it. */
const deepestStorage = 64;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** What stands beside the declarations. Nothing of it is used before all of the text was found to be a model. */
function headOf(text: string): { readonly irVersion?: unknown; readonly storage?: NonNullable<Loaded["storage"]> } {
  try {
    return (JSON.parse(text) as ReturnType<typeof headOf> | null) ?? {};
  } catch {
    return {};
  }
}
