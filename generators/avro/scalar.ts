import { assertNever, jsonForm, type Logical, type TypeRef } from "../../model/index.ts";
import type { Context, Place } from "./context.ts";
import { notes, type Shape } from "./ledger.ts";
import type { AvroScalar, AvroType } from "./schema.ts";

type ScalarRef = TypeRef & { readonly kind: "scalar" };

const exact = (schema: AvroType): Shape => ({ schema, notes: [] });

/** An Avro string that holds the text of a JSON value. */
export const jsonText = (json: "any" | "object"): AvroScalar => ({ type: "string", json });

/** True for durations such as `"1.5s"`, which become a record. */
export const isDurationText = (type: TypeRef, { profile }: Pick<Context, "profile">): boolean => {
  const form = type.kind === "scalar" ? jsonForm(type, profile) : undefined;
  return form?.kind === "string" && form.format === "duration-seconds";
};

/** The record of a duration: whole seconds and the rest in nanoseconds, of the same sign, as Protobuf has it. */
export function durationShape(place: Place): Shape {
  const { full, name, namespace } = place.names.ofType("google.protobuf.Duration", place.system);
  place.names.claim({ full, name, namespace }, { id: "google.protobuf.Duration", origins: [] });
  if (place.defined.has(full)) return exact(full);
  place.defined.add(full);
  return exact({
    type: "record",
    name,
    namespace,
    doc: "A span of time: whole seconds, and the rest of it in nanoseconds with the same sign.",
    json: "duration",
    fields: [
      { name: "seconds", type: "long" },
      { name: "nanos", type: "int" },
    ],
  });
}

/** The Avro type of a scalar; a logical type only where it holds the values exactly, or where the ledger says what it loses. */
export function scalarShape(type: ScalarRef, context: Pick<Context, "profile" | "timestamps">): Shape {
  const { profile } = context;
  if (type.logical) {
    const shape = logicalShape(type, type.logical, context);
    if (shape) return shape;
  }
  switch (type.scalar) {
    case "bool":
      return exact("boolean");
    case "int32":
      return exact("int");
    case "uint32":
      return { schema: "long", notes: [notes.uint32] };
    case "int64":
      return exact(profile.int64 === "string" ? { type: "long", json: "string" } : "long");
    case "uint64":
      return {
        schema: { type: "bytes", logicalType: "decimal", precision: 20, scale: 0, json: profile.int64 },
        notes: [notes.uint64],
      };
    case "float32":
      return exact("float");
    case "float64":
    case "number":
      return exact("double");
    case "string":
      return exact("string");
    case "bytes":
      return exact("bytes");
    default:
      return assertNever(type.scalar);
  }
}

function logicalShape(
  type: ScalarRef,
  logical: Logical,
  { profile, timestamps }: Pick<Context, "profile" | "timestamps">,
): Shape | undefined {
  switch (logical.name) {
    case "uuid":
      return exact({ type: "string", logicalType: "uuid" });
    case "uri":
    case "ip":
    case "json":
      return { schema: "string", notes: [notes.format] };
    case "timestamp": {
      const form = jsonForm(type, profile);
      if (form.kind !== "string") {
        const encoding = logical.encoding === "protobuf" ? profile.timestamp : logical.encoding;
        return exact(encoding === "epoch-millis" ? { type: "long", logicalType: "timestamp-millis" } : "long");
      }
      if (timestamps === "string") return { schema: "string", notes: [notes.format] };
      return {
        schema: { type: "long", logicalType: `timestamp-${timestamps}`, json: "date-time" },
        notes: [notes[timestamps]],
      };
    }
    case "duration": {
      const form = jsonForm(type, profile);
      if (form.kind === "integer") return exact("long");
      return form.kind === "string" ? { schema: "string", notes: [notes.format] } : exact("double");
    }
    default:
      return assertNever(logical);
  }
}
