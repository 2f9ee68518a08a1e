import { validator } from "@exodus/schemasafe";
import { formats, hasFormat, type StringFormat } from "../../../pipeline/index.ts";
import { wireJson } from "../../../verify/index.ts";
import { type Bench, closing, type MakeJudge, refused, taken, type Verdict, worse } from "../judge.ts";
import { forms, loadSchemas, type Schema } from "./load-schemas.ts";

type Validate = (value: unknown) => boolean;

/** A second engine on the same schema files, written by others and built another way. */
export const schemasafe: MakeJudge = (bench) => {
  const compiled = compile(bench);
  return {
    name: "schemasafe",
    targets: ["json-schema"],
    judge: (event, samples) =>
      samples.map((sample) => {
        const json = wireJson(sample.value);
        const [closed, open] = forms.map(({ ending, form }): Verdict => {
          if (form === "open" && sample.fault && closing.has(sample.fault.keyword)) return { kind: "unasked" };
          return compiled(event.system, `${event.name}${ending}`)(json) ? taken : refused(`${form} schema`);
        });
        return closed ? worse(sample, closed, open) : { kind: "unasked" };
      }),
  };
};

/** Compiles a schema when it is first asked for. */
function compile(bench: Bench): (system: string, file: string) => Validate {
  const schemas = loadSchemas(bench);
  const ready = new Map<Schema, Validate>();
  return (system, file) => {
    const files = schemas.get(system);
    const schema = files?.get(file);
    if (!files || !schema) throw new Error(`There is no schema ${system}/schemas/${file}.`);
    const known = ready.get(schema);
    if (known) return known;
    const others = [...files.values()].filter(({ $id }) => $id !== schema.$id);
    const validate = validator(schema as never, {
      schemas: others as never,
      formats: ourFormats,
      isJSON: true,
      allowUnusedKeywords: true,
      contentValidation: false,
    }) as Validate;
    ready.set(schema, validate);
    return validate;
  };
}

const ourFormats: Record<string, (text: string) => boolean> = Object.fromEntries(
  Object.entries(formats).flatMap(([name, { keyword }]) =>
    keyword && "format" in keyword
      ? [[keyword.format, (text: string) => hasFormat(name as StringFormat, text)] as const]
      : [],
  ),
);
