import { type Field, jsonKey, type Limits, type TypeRef, unalias } from "../../model/index.ts";
import type { Place, RecordSource } from "./context.ts";
import { defaultOf } from "./default.ts";
import { nameCollision } from "./diagnostics.ts";
import { docOf, relativeTo } from "./doc.ts";
import { fieldRow, type Note, notes, originOf, type Shape } from "./ledger.ts";
import { avroName, seeAlso } from "./names.ts";
import { type AvroField, type AvroRecord, orNull } from "./schema.ts";

/** Makes the Avro type of a type at its place. */
export type ShapeOf = (type: TypeRef, place: Place) => Shape;

/** A record, defined at its first use; its fields and what becomes of them go to the ledger. */
export function recordShape(source: RecordSource, place: Place, shapeOf: ShapeOf): Shape {
  const { full, name, namespace } = source.name;
  place.names.claim(source.name, { id: source.claimant ?? source.wireName, origins: source.origins });
  place.reached.add(source.wireName);
  if (place.defined.has(full)) return { schema: full, notes: [] };
  place.defined.add(full);
  if (source.open)
    place.ledger.add({ at: source.wireName, fidelity: "lossy", why: notes.openMessage.why, ...originOf(source) });

  const doc = docOf(source);
  const aliases = relativeTo(source.name, source.aliases);
  const schema: AvroRecord = {
    type: "record",
    name,
    namespace,
    ...(source.wireName !== full && { wireName: source.wireName }),
    ...(doc !== undefined && { doc }),
    ...(aliases.length > 0 && { aliases }),
    fields: fieldsOf(source, place, shapeOf),
  };
  return { schema, notes: [] };
}

function fieldsOf(source: RecordSource, place: Place, shapeOf: ShapeOf): readonly AvroField[] {
  const inOneof = new Set(source.oneofs?.filter((oneof) => oneof.fields.length > 1).flatMap((oneof) => oneof.fields));
  const taken = new Map<string, Field>();
  const result: AvroField[] = [];
  for (const field of source.fields) {
    const at = `${source.ownerOf(field)}.${field.name}`;
    const name = avroName(jsonKey(field, place.profile));
    const known = taken.get(name);
    if (known) {
      const first = `${source.ownerOf(known)}.${known.name}`;
      const related = seeAlso(known, "The name is first taken here.");
      place.report(nameCollision(field.origins[0]?.span, { name, first, second: at }, related));
      continue;
    }
    taken.set(name, field);
    const inner: Place = {
      ...place,
      within: [],
      depth: place.depth + 1,
      record: source.name,
      suffix: field.name,
      at,
      owner: { id: at, origins: field.origins },
    };
    const made = fieldShape(field, name, inner, shapeOf);
    const found = inOneof.has(field.name) ? [...made.notes, notes.oneof] : made.notes;
    place.ledger.add(fieldRow(at, field, found));
    result.push(made.field);
  }
  // Former names lead to a field only while no field bears them.
  return result.map((field) => {
    const aliases = field.aliases?.filter((alias) => !taken.has(alias)) ?? [];
    const { aliases: _, ...rest } = field;
    return aliases.length > 0 ? { ...rest, aliases } : rest;
  });
}

function fieldShape(
  field: Field,
  name: string,
  place: Place,
  shapeOf: ShapeOf,
): { readonly field: AvroField; readonly notes: readonly Note[] } {
  const shape = shapeOf(field.type, place);
  const mayBeAbsent = field.presence !== "required";
  const target = unalias(field.type, place.view);
  // Free-form JSON holds its null as text.
  const mayBeNull = field.nullable === true && !(target.kind === "json" && !target.only);
  const schema = mayBeAbsent || mayBeNull ? orNull(shape.schema) : shape.schema;
  const fitting = mayBeAbsent ? null : field.default === undefined ? undefined : defaultOf(field.default, schema);
  const said = field.default === undefined || field.default === null || (fitting ?? null) !== null;
  const doc = docOf(field, ...(said ? [] : [`Unless given: ${JSON.stringify(field.default)}.`]));
  const key = jsonKey(field, place.profile);
  const aliases = (field.aliases ?? []).map((alias) => avroName(jsonKey({ name: alias }, place.profile)));
  return {
    field: {
      name,
      ...(key !== name && { wireName: key }),
      ...(doc !== undefined && { doc }),
      ...(field.unit !== undefined && { unit: field.unit }),
      ...(mayBeAbsent && mayBeNull && { nullable: true }),
      type: schema,
      ...(fitting !== undefined && { default: fitting }),
      ...(aliases.length > 0 && { aliases: [...new Set(aliases)] }),
    },
    notes: [
      ...shape.notes,
      ...(hasLimits(field.limits) ? [notes.limits] : []),
      ...(mayBeAbsent && mayBeNull ? [notes.absentOrNull] : []),
    ],
  };
}

const hasLimits = (limits: Limits | undefined): boolean => limits !== undefined && Object.keys(limits).length > 0;
