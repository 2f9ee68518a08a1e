import {
  createView,
  type Decl,
  type Diagnostic,
  type Enum,
  type Event,
  type Field,
  type JsonProfile,
  type Message,
  type Name,
  type Operation,
  type Origin,
  type System,
  type TypeDecl,
  type TypeRef,
  type Union,
  type View,
} from "../../model/index.ts";
import jsonSchema, { type Options } from "./index.ts";

// Small models for the tests of this folder.

const origin: Origin = { span: { path: "shop.md", start: 0, end: 0 }, reader: "test", basis: "stated" };
const stated = { origins: [origin] };

export const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

export const system = (json: Partial<JsonProfile> = {}): System => ({
  kind: "system",
  name: "shop",
  json: { ...profile, ...json },
  ...stated,
});

export const field = (name: string, type: TypeRef, more: Partial<Field> = {}): Field => ({
  name,
  type,
  presence: "optional",
  ...stated,
  ...more,
});

export const message = (name: Name, fields: readonly Field[], more: Partial<Message> = {}): Message => ({
  kind: "message",
  system: "shop",
  name,
  fields,
  ...stated,
  ...more,
});

export const enumeration = (name: Name, values: readonly (string | Enum["values"][number])[], open = false): Enum => ({
  kind: "enum",
  system: "shop",
  name,
  open,
  values: values.map((value) => (typeof value === "string" ? { name: value, ...stated } : value)),
  ...stated,
});

export const union = (name: Name, variants: readonly TypeRef[], more: Partial<Union> = {}): Union => ({
  kind: "union",
  system: "shop",
  name,
  variants,
  ...stated,
  ...more,
});

export const event = (name: Name, payload: TypeRef, more: Partial<Event> = {}): Event => ({
  kind: "event",
  system: "shop",
  name,
  payload,
  ...stated,
  ...more,
});

export const operation = (name: Name, versions: readonly Partial<Operation["versions"][number]>[]): Operation => ({
  kind: "operation",
  system: "shop",
  name,
  versions: versions.map((version) => ({ version: "1.0", ...stated, ...version })),
  ...stated,
});

export const alias = (name: Name, type: TypeRef): TypeDecl => ({
  kind: "alias",
  system: "shop",
  name,
  type,
  ...stated,
});

export const viewOf = (decls: readonly Decl[], json: Partial<JsonProfile> = {}): View =>
  createView({ irVersion: 1, decls: [system(json), ...decls] }, ({ path }) => ({ path, line: 1, column: 1 }));

/** Everything the generator makes of some declarations. */
export function generate(decls: readonly Decl[], json: Partial<JsonProfile> = {}, options: Options = {}) {
  const findings: Diagnostic[] = [];
  const { files, projections } = jsonSchema.generate(viewOf(decls, json), {
    options,
    report: (finding) => findings.push(finding),
  });
  return {
    findings,
    projections,
    paths: files.map((file) => file.path),
    text: (path: string): string => files.find((file) => file.path === path)?.content ?? "",
    documents: (form: "closed" | "open"): Record<string, unknown>[] =>
      files
        .filter(({ path }) => path.endsWith(".json") && path.endsWith(".open.schema.json") === (form === "open"))
        .map((file) => JSON.parse(file.content)),
  };
}
