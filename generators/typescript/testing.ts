import {
  buildModel,
  createView,
  type Decl,
  type Diagnostic,
  type Enum,
  type Event,
  type Field,
  type Generated,
  type JsonProfile,
  type Message,
  type Operation,
  type Origin,
  type OutputFile,
  type System,
  scalar,
  type TypeRef,
  type Union,
} from "../../model/index.ts";
import typescript from "./index.ts";

/** A place in a source; the start of its span is its line. */
export const at = (line: number, basis: Origin["basis"] = "stated"): Origin => ({
  span: { path: "schemas/shop.md", start: line, end: line + 1 },
  reader: "markdown",
  basis,
});

/** Leaves out of a declaration what most tests do not care about. */
type Some<T, K extends keyof T> = Partial<Omit<T, "kind" | K>>;

export const field = (
  name: string,
  type: TypeRef = scalar("string"),
  more: Some<Field, "name" | "type"> = {},
): Field => ({
  name,
  type,
  presence: "optional",
  origins: [at(1)],
  ...more,
});

export const required = (
  name: string,
  type: TypeRef = scalar("string"),
  more: Some<Field, "name" | "type"> = {},
): Field => field(name, type, { presence: "required", ...more });

export const message = (
  name: string,
  fields: readonly Field[],
  more: Some<Message, "name" | "fields"> = {},
): Message => ({
  kind: "message",
  system: "shop",
  name,
  fields,
  origins: [at(1)],
  ...more,
});

/** An enum of symbols; a number makes its value. */
export const enumeration = (
  name: string,
  values: Readonly<Record<string, number>>,
  more: Some<Enum, "name"> = {},
): Enum => ({
  kind: "enum",
  system: "shop",
  name,
  open: false,
  values: Object.keys(values).map((symbol) => ({ name: symbol, number: values[symbol] ?? 0, origins: [at(1)] })),
  origins: [at(1)],
  ...more,
});

export const union = (name: string, variants: readonly TypeRef[], more: Some<Union, "name"> = {}): Union => ({
  kind: "union",
  system: "shop",
  name,
  variants,
  origins: [at(1)],
  ...more,
});

export const event = (name: string, payload: TypeRef, more: Some<Event, "name"> = {}): Event => ({
  kind: "event",
  system: "shop",
  name,
  payload,
  origins: [at(1)],
  ...more,
});

export const operation = (name: string, versions: Operation["versions"]): Operation => ({
  kind: "operation",
  system: "shop",
  name,
  versions,
  origins: [at(1)],
});

export const system = (json: Partial<JsonProfile> = {}, more: Some<System, "json"> = {}): System => ({
  kind: "system",
  name: "shop",
  json: {
    fieldNames: "declared",
    int64: "string",
    enums: "name",
    timestamp: "rfc3339",
    duration: "seconds-string",
    ...json,
  },
  origins: [],
  ...more,
});

/** Builds the model and runs the generator on it. */
export function run(decls: readonly Decl[]): Generated & { readonly findings: readonly Diagnostic[] } {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic): void => {
    findings.push(finding);
  };
  const all = decls.some((decl) => decl.kind === "system") ? decls : [system(), ...decls];
  const model = buildModel(all, new Map(), report);
  const view = createView(model, ({ path, start }) => ({ path, line: start, column: 1 }));
  return { ...typescript.generate(view, { options: {}, report }), findings };
}

/** The text of one of the files. */
export const textOf = (files: readonly OutputFile[], path = "shop/index.d.ts"): string =>
  files.find((file) => file.path === path)?.content ?? `no file ${path}`;
