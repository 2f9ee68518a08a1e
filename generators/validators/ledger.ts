import {
  type Declared,
  type Fidelity,
  type Field,
  guessOf,
  type JsonForm,
  type JsonProfile,
  type Projection,
  propertyForm,
  type System,
  type TypeRef,
  type View,
  walkTypeRef,
} from "../../model/index.ts";

/** What became of every field of a system. */
export function projections(view: View, system: System): readonly Projection[] {
  const of = (name: string, fields: readonly Field[]) => fields.map((field) => projection(name, field, system.json));
  return [
    ...view.types(system.name).flatMap((decl): readonly Projection[] => {
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

function projection(of: string, field: Field, profile: JsonProfile): Projection {
  const [origin] = field.origins;
  return { at: `${of}.${field.name}`, ...fidelity(field, profile), ...(origin && { origin }) };
}

function fidelity(field: Field, profile: JsonProfile): { readonly fidelity: Fidelity; readonly why?: string } {
  const guess = guessOf(field);
  if (guess)
    return { fidelity: "guessed", why: guess.why ?? "The source does not state it and nobody has confirmed it." };
  const why = widening(field, profile);
  return why === undefined ? { fidelity: "exact" } : { fidelity: "widened", why };
}

/** What the validator of a field accepts beyond its values; `undefined` when it accepts nothing else. */
function widening(field: Field, profile: JsonProfile): string | undefined {
  const { form } = propertyForm(field, profile);
  const lost = Object.keys(field.limits ?? {}).filter((limit) => !(limit in form));
  if (lost.length > 0) return `Its ${lost.join(", ")} cannot be said of the form it has in JSON.`;
  if (isBeyondDouble(form)) return "Past 2^53 several integers share one JavaScript number.";
  return hasSingle(field.type) ? "A JavaScript number has more digits than 32 bits of float hold." : undefined;
}

function isBeyondDouble(form: JsonForm): boolean {
  switch (form.kind) {
    case "integer":
      return form.minimum < Number.MIN_SAFE_INTEGER || form.maximum > Number.MAX_SAFE_INTEGER;
    case "list":
      return isBeyondDouble(form.item);
    case "map":
      return isBeyondDouble(form.value);
    case "union":
      return form.variants.some(isBeyondDouble);
    default:
      return false;
  }
}

const hasSingle = (type: TypeRef): boolean =>
  [...walkTypeRef(type)].some((part) => part.kind === "scalar" && part.scalar === "float32");
