import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { formats, hasFormat, type StringFormat } from "../../../pipeline/index.ts";
import { wireJson } from "../../../verify/index.ts";
import { closing, type Judge, type MakeJudge, refused, taken, type Verdict, worse } from "../judge.ts";
import { forms, loadSchemas } from "./load-schemas.ts";

/** ajv on the closed and on the open schema of an event, given our formats. */
export const ajv: MakeJudge = (bench) => {
  const judges = forms.map(({ ending, form }) => judgeOf(bench, ending, form === "open", true));
  return {
    name: "ajv",
    targets: ["json-schema"],
    judge: (event, samples) => {
      const [closed = [], open = []] = judges.map((judge) => judge(event, samples));
      return closed.map((verdict, i) => worse(samples[i], verdict, open[i]));
    },
  };
};

/** ajv on the closed schema, without checks of `format`: what the standard asks of an engine. */
export const ajvPlain: MakeJudge = (bench) => ({
  name: "ajv, no formats",
  targets: ["json-schema"],
  judge: judgeOf(bench, ".schema.json", false, false),
});

function judgeOf(bench: Parameters<MakeJudge>[0], ending: string, open: boolean, known: boolean) {
  const engines = new Map<string, Ajv2020>();
  const schemas = loadSchemas(bench);
  for (const [system, files] of schemas) {
    const engine = new Ajv2020({ strict: false, ownProperties: true, validateFormats: known });
    if (known) addFormats(engine);
    for (const schema of files.values()) engine.addSchema(schema);
    engines.set(system, engine);
  }
  return (event: Parameters<Judge["judge"]>[0], samples: Parameters<Judge["judge"]>[1]): readonly Verdict[] => {
    const id = schemas.get(event.system)?.get(`${event.name}${ending}`)?.$id;
    const validate: ValidateFunction | undefined = engines.get(event.system)?.getSchema(id ?? "");
    if (!validate) throw new Error(`There is no schema ${event.name}${ending}.`);
    return samples.map(({ value, fault }): Verdict => {
      if (open && fault && closing.has(fault.keyword)) return { kind: "unasked" };
      if (validate(wireJson(value))) return taken;
      const [first] = validate.errors ?? [];
      return refused(`${ending.slice(1)}: ${first?.instancePath} ${first?.message}`, first?.instancePath);
    });
  };
}

function addFormats(engine: Ajv2020): void {
  for (const [name, { keyword }] of Object.entries(formats))
    if (keyword && "format" in keyword)
      engine.addFormat(keyword.format, {
        type: "string",
        validate: (text: string) => hasFormat(name as StringFormat, text),
      });
}
