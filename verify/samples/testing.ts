import { Ajv2020 } from "ajv/dist/2020.js";
import jsonSchema from "../../generators/json-schema/index.ts";
import validators from "../../generators/validators/index.ts";
import { loadValidators, moduleFolders } from "../../generators/validators/testing.ts";
import { formats, hasFormat, type Json, type StringFormat, type System, type View } from "../../model/index.ts";
import { type Sample, wireJson, wireText } from "./sample.ts";

/** Those that say of a value whether it is right. */
export interface Judges {
  readonly system: System;
  /** What the generated validators find. */
  readonly violations: (name: string, value: Json) => readonly { readonly path: string; readonly keyword: string }[];
  /** Whether the closed JSON Schema takes it. */
  readonly isClosed: (name: string, value: Json) => boolean;
}

const write = moduleFolders("samples");

/** The validators and schemas of a system, made anew. */
export async function judgesOf(view: View, name: string): Promise<Judges> {
  const system = view.systems.find((item) => item.name === name);
  if (!system) throw new Error(`There is no system ${name}.`);
  const context = { options: {}, report: () => {} };
  const files = [...jsonSchema.generate(view, context).files, ...validators.generate(view, context).files];
  const module = await loadValidators(write(files), name);
  const ajv = new Ajv2020({ strict: false, ownProperties: true });
  for (const [format, { keyword }] of Object.entries(formats))
    if (keyword && "format" in keyword)
      ajv.addFormat(keyword.format, (text: string) => hasFormat(format as StringFormat, text));
  // What no pattern says, the range of 64 bits and JSON in a string, stands in keywords that an engine has to be told of.
  ajv.addKeyword({
    keyword: "x-format",
    type: "string",
    validate: (format: string, text: string) => isOfFormat(format, text),
  });
  ajv.removeKeyword("contentMediaType");
  ajv.addKeyword({
    keyword: "contentMediaType",
    type: "string",
    validate: (_: string, text: string) => hasFormat("json", text),
  });
  for (const { path, content } of files)
    if (path.startsWith(`${name}/`) && path.endsWith(".json")) ajv.addSchema(JSON.parse(content), path);
  return {
    system,
    violations: (shape, value) => {
      const validator = module.validatorFor(shape);
      if (!validator) throw new Error(`${shape} has no validator.`);
      return validator.validate(value);
    },
    isClosed: (shape, value) => ajv.validate(`${name}/schemas/${shape}.schema.json`, value) as boolean,
  };
}

/** The formats of the model, and those that keys of maps have besides. */
function isOfFormat(format: string, text: string): boolean {
  if (format === "int32") return Number(text) === (Number(text) | 0);
  if (format === "uint32") return Number(text) === Number(text) >>> 0;
  return hasFormat(format as StringFormat, text);
}

/** What judges hold against a sample, in words; nothing when they agree with it. */
export function misjudged(judges: Judges, name: string, { kind, shows, value, fault }: Sample): readonly string[] {
  const json = wireJson(value);
  const found = judges.violations(name, json);
  const isExpected = fault
    ? found.some(({ path, keyword }) => path === fault.pointer && keyword === fault.keyword)
    : found.length === 0;
  if (isExpected && judges.isClosed(name, json) === (fault === undefined)) return [];
  return [`${name}, ${kind}, ${shows}: ${JSON.stringify(fault)}, found ${JSON.stringify(found)} in ${wireText(value)}`];
}
