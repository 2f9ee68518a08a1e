import avsc from "avsc";
import {
  createView,
  type Decl,
  type Diagnostic,
  type Enum,
  type EnumValue,
  type Event,
  type Field,
  type Generated,
  type JsonProfile,
  type Message,
  named,
  type Projection,
  type System,
  type TypeRef,
} from "../../model/index.ts";
import { canonicalForm } from "./canonical.ts";
import type { AvroOptions } from "./context.ts";
import avro from "./index.ts";
import type { AvroRecord } from "./schema.ts";

/** Where all declarations of the tests stand. */
export const origins = [{ span: { path: "shop.md", start: 10, end: 12 }, reader: "test", basis: "stated" }] as const;
const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

/** Another system beside `shop`. */
export const system = (name: string): System => ({ kind: "system", name, json: profile, origins });
/** A required field, unless told otherwise. */
export const field = (name: string, type: TypeRef, more: Partial<Field> = {}): Field => ({
  name,
  type,
  presence: "required",
  origins,
  ...more,
});
/** A message of the system `shop`. */
export const message = (name: string, fields: readonly Field[], more: Partial<Message> = {}): Message => ({
  kind: "message",
  name,
  system: "shop",
  fields,
  origins,
  ...more,
});
/** A closed enum, its values by name or with more. */
export const enumOf = (
  name: string,
  values: readonly (string | Partial<EnumValue>)[],
  more: Partial<Enum> = {},
): Enum => ({
  kind: "enum",
  name,
  system: "shop",
  open: false,
  values: values.map((value) => ({ name: "", origins, ...(typeof value === "string" ? { name: value } : value) })),
  origins,
  ...more,
});
/** An event of the system `shop`. */
export const event = (name: string, payload: TypeRef, more: Partial<Event> = {}): Event => ({
  kind: "event",
  name,
  system: "shop",
  payload,
  origins,
  ...more,
});

/** What the generator made of a model, and what it said. */
export interface Made extends Generated {
  readonly findings: readonly Diagnostic[];
  readonly schemas: ReadonlyMap<string, AvroRecord>;
}

/** Runs the generator on declarations of the system `shop`. */
export function make(decls: readonly Decl[], options: AvroOptions = {}, json: Partial<JsonProfile> = {}): Made {
  const findings: Diagnostic[] = [];
  const shop: System = { ...system("shop"), json: { ...profile, ...json } };
  const view = createView({ irVersion: 1, decls: [shop, ...decls] }, ({ path }) => ({ path, line: 1, column: 1 }));
  const made = avro.generate(view, { options, report: (finding) => findings.push(finding) });
  const schemas = new Map(
    made.files
      .filter(({ path }) => path.endsWith(".avsc"))
      .map((file) => [file.path, JSON.parse(file.content) as AvroRecord]),
  );
  // What avsc does not take is no schema; a rejected name or a broken default throws here.
  if (findings.length === 0)
    for (const [path, schema] of schemas) {
      const read = avsc.Type.forSchema(schema as avsc.Schema).schema();
      if (canonicalForm(schema) !== JSON.stringify(read)) throw new Error(`${path} has another canonical form.`);
    }
  return { ...made, findings, schemas };
}

/** The fields that an event with these fields has in Avro. */
export function fieldsOf(fields: readonly Field[], others: readonly Decl[] = [], options: AvroOptions = {}) {
  const made = make([event("shop.order", named("shop.Order")), message("shop.Order", fields), ...others], options);
  if (made.findings.length > 0) throw new Error(made.findings.map((finding) => finding.message).join("\n"));
  return made.schemas.get("shop/avro/shop.order.avsc")?.fields ?? [];
}
/** The Avro type of a type. */
export const typeOf = (type: TypeRef, ...others: readonly Decl[]) => fieldsOf([field("it", type)], others)[0]?.type;
/** A row of the ledger. */
export const row = (made: Made, at: string): Projection | undefined => made.projections.find((item) => item.at === at);
/** What the ledger says of a field of this type. */
export const fidelityOf = (type: TypeRef, more: Partial<Field> = {}, ...others: readonly Decl[]) =>
  row(
    make([event("shop.order", named("shop.Order")), message("shop.Order", [field("it", type, more)]), ...others]),
    "shop.Order.it",
  )?.fidelity;
