import { Ajv2020 } from "ajv/dist/2020.js";
import jsonSchema from "../../../generators/json-schema/index.ts";
import { wireJson } from "../../../verify/index.ts";
import { type Engine, rolesOf, type Side } from "./side.ts";

type Mode = "closed" | "open";
type Check = (value: unknown) => boolean;

/**
 * What the schemas of both sides say of the same JSON. Whoever takes unknown keys takes them with any value: the samples of
 * an open schema carry some, under the names of the other side's fields.
 */
export function ajvEngines(): Readonly<Record<"json-schema" | "json-schema-open", Engine>> {
  const documents = new Map<Side, readonly Generated[]>();
  const checks = new Map<string, Check>();
  const check = (side: Side, mode: Mode): Check => {
    const files = documents.get(side) ?? generate(side);
    documents.set(side, files);
    const own = files.filter(({ path }) => path.endsWith(".open.schema.json") === (mode === "open"));
    const texts = own.map(({ content }) => content);
    const key = texts.join("\n");
    const found = checks.get(key) ?? compile(texts);
    checks.set(key, found);
    return found;
  };
  return { "json-schema": asked("closed", check), "json-schema-open": asked("open", check) };
}

function asked(mode: Mode, check: (side: Side, mode: Mode) => Check): Engine {
  return (pair, direction) => {
    const [writer, reader] = rolesOf(pair, direction);
    const own = writer.samples.map(wireJson);
    const samples = mode === "open" ? [...own, ...own.slice(0, 3).flatMap((sample) => withUnknown(sample, pair))] : own;
    const [writes, reads] = [check(writer, mode), check(reader, mode)];
    return samples.filter(writes).every(reads) ? "safe" : "breaking";
  };
}

function withUnknown(sample: unknown, { old, new: next }: Pair): readonly unknown[] {
  const names = new Set([...old.made.fields, ...next.made.fields].map(({ name }) => name));
  return [...names]
    .filter((name) => !Object.hasOwn(sample as object, name))
    .flatMap((name) => [{}, -1.5].map((value) => ({ ...(sample as object), [name]: value })));
}

type Pair = Parameters<Engine>[0];

interface Generated {
  readonly path: string;
  readonly content: string;
}

function generate({ view }: Side): readonly Generated[] {
  const { files } = jsonSchema.generate(view, { options: {}, report: () => undefined }) as {
    readonly files: readonly Generated[];
  };
  return files.filter(({ path }) => path.endsWith(".schema.json"));
}

function compile(documents: readonly string[]): Check {
  // Compiling is all the time there is: these schemas are right, and are asked a few questions each.
  const ajv = new Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  const schemas = documents.map((document) => JSON.parse(document) as { readonly $id: string });
  for (const schema of schemas) ajv.addSchema(schema);
  const validate = ajv.getSchema(schemas.find(({ $id }) => $id.includes("paid"))?.$id ?? "");
  if (!validate) throw new Error("The event has a schema.");
  return (value) => validate(value) === true;
}
