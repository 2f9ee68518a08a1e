import { diagnostic, type Field, formatTypeRef, messageOf, type Rule, type TypeRef } from "../../model/index.ts";

export const shadows = diagnostic<{ at: string; event: string; field: string; payload: string; envelope: string }>(
  "checks/shadows-envelope",
  "warning",
  (a) => `The field ${a.field} of ${a.event} is ${a.payload}, but ${a.envelope} in the envelope; ${a.payload} holds.`,
  () => "Give both the same type, or the payload's field another name.",
);

/** Payload and envelope are one JSON object when they are merged: of two types for one key, one cannot be kept. */
const rule: Rule = {
  id: "shadows-envelope",
  purpose: "A payload field with the name of an envelope field has its type.",
  severity: "warning",
  source: "Payload and envelope are one JSON object when they are merged.",
  explain:
    "A merged event has one value per key. Where payload and envelope both describe the key and differ in its type, only " +
    "one of the two descriptions can be true of what is sent; Concordat takes the payload's. A constant of the envelope's " +
    "type is well, since it says more and nothing else.",
  check(view, report) {
    for (const system of view.systems) {
      for (const event of view.events(system.name)) {
        if (event.envelope?.how !== "merge") continue;
        const envelope = messageOf({ kind: "named", name: event.envelope.type }, view);
        const outer = new Map(envelope?.fields.map((field) => [field.name, field]));
        for (const field of messageOf(event.payload, view)?.fields ?? []) {
          const other = outer.get(field.name);
          if (other && !narrows(field.type, other.type)) report(finding(event.name, field, other));
        }
      }
    }
  },
};

export default rule;

function finding(event: string, field: Field, other: Field) {
  const span = other.origins[0]?.span;
  return shadows(
    field.origins[0]?.span,
    {
      at: `${event}.${field.name}`,
      event,
      field: field.name,
      payload: formatTypeRef(field.type),
      envelope: formatTypeRef(other.type),
    },
    span && [{ message: "The envelope says it here.", span }],
  );
}

/** A constant of the envelope's type says more about the field, not something else. */
function narrows(type: TypeRef, outer: TypeRef): boolean {
  if (formatTypeRef(type) === formatTypeRef(outer)) return true;
  return (
    type.kind === "literal" &&
    typeof type.value === "string" &&
    outer.kind === "scalar" &&
    outer.scalar === "string" &&
    !outer.logical
  );
}
