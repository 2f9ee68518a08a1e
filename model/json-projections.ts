import { guessOf } from "./decl.ts";
import { type JsonForm, propertyForm } from "./json-form.ts";
import type { Declared, Field, JsonProfile, System, TypeDecl } from "./model.ts";
import type { Fidelity, Projection } from "./plugins.ts";
import { mapTypeRef } from "./type-ref.ts";
import { unalias, type View } from "./view.ts";

/**
 * The ledger rows of a target that checks values as JSON: a row per field of the types and of events with an envelope.
 * `widening` says what the target accepts of a field's form beyond its values, `undefined` for nothing.
 */
export function jsonProjections(
  view: View,
  system: System,
  types: readonly TypeDecl[],
  widening: (field: Field, form: JsonForm) => string | undefined,
): readonly Projection[] {
  const of = (name: string, fields: readonly Field[]) =>
    fields.map((field): Projection => {
      const [origin] = field.origins;
      return {
        at: `${name}.${field.name}`,
        ...fidelityOf(field, system.json, view, widening),
        ...(origin && { origin }),
      };
    });
  return [
    ...types.flatMap((decl): readonly Projection[] => {
      if (decl.kind === "message" || decl.kind === "union") return of(decl.name, decl.fields ?? []);
      return decl.kind === "external" && !decl.as ? [row(decl, "widened", elsewhere)] : [];
    }),
    ...view.events(system.name).flatMap((event): readonly Projection[] => {
      if (!event.envelope) return [];
      const message = view.eventMessage(event);
      return message ? of(event.name, message.fields) : [row(event, "omitted", noMessage)];
    }),
  ];
}

const elsewhere = "It is defined elsewhere; any value is taken.";
const noMessage = "The payload is no message and cannot be merged with the envelope.";

function row({ name, origins: [origin] }: Declared, fidelity: Fidelity, why: string): Projection {
  return { at: name, fidelity, why, ...(origin && { origin }) };
}

function fidelityOf(
  field: Field,
  profile: JsonProfile,
  view: View,
  widening: (field: Field, form: JsonForm) => string | undefined,
): { readonly fidelity: Fidelity; readonly why?: string } {
  const guess = guessOf(field);
  if (guess)
    return { fidelity: "guessed", why: guess.why ?? "The source does not state it and nobody has confirmed it." };
  const { form } = propertyForm(field, profile);
  const lost = Object.keys(field.limits ?? {}).filter((limit) => !(limit in form));
  // What stands behind an alias has no row of its own: it counts where it is used.
  const meant = { ...field, type: mapTypeRef(field.type, (part) => unalias(part, view)) };
  const why =
    lost.length > 0
      ? `Its ${lost.join(", ")} cannot be said of the form it has in JSON.`
      : widening(meant, propertyForm(meant, profile).form);
  return why === undefined ? { fidelity: "exact" } : { fidelity: "widened", why };
}
