import { Ajv2020 } from "ajv/dist/2020.js";
import { headerFrom, type Json, type Model, type Report, sourcesOf } from "../model/index.ts";
import { notAModel } from "./diagnostics.ts";
import { modelSchema } from "./model-schema.ts";

/**
 * The model as a file: one declaration a line, so that a change of one is a change of one line. `storage` is what generators
 * are told of storing it, where they are told anything.
 */
export function printModel(model: Model, storage?: { readonly [generator: string]: Json }): string {
  const decls = model.decls.map((decl) => `    ${JSON.stringify(decl)}`).join(",\n");
  return [
    "{",
    `  "$comment": ${JSON.stringify(`${headerFrom(sourcesOf(model))} The shape is described by model.schema.json.`)},`,
    `  "irVersion": ${model.irVersion},`,
    ...(storage ? [`  "storage": ${JSON.stringify(storage)},`] : []),
    `  "decls": [${decls === "" ? "" : `\n${decls}\n  `}]`,
    "}",
    "",
  ].join("\n");
}

/** Reads a model that {@link printModel} wrote; `undefined` after a finding when the text is something else. */
export function loadModel(path: string, text: string, report: Report): Model | undefined {
  const fail = (why: string): undefined => void report(notAModel({ path, start: 0, end: 0 }, { path, why }));
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return fail((error as Error).message);
  }
  const version = (value as { irVersion?: Json } | null)?.irVersion;
  if (typeof version === "number" && version !== 1)
    return fail(`its irVersion is ${version}, and this release reads 1`);
  const validate = new Ajv2020({ strict: false, ownProperties: true }).compile(modelSchema);
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    return fail(`${error?.instancePath || "the text"} ${error?.message ?? "does not fit"}`);
  }
  const { irVersion, decls } = value as unknown as Model;
  return { irVersion, decls };
}
