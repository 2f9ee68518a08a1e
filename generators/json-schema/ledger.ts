import {
  type Declared,
  type Fidelity,
  type Field,
  guessOf,
  type JsonForm,
  type JsonProfile,
  type Message,
  type Projection,
  propertyForm,
  type Scalar,
  type StringFormat,
  type System,
  type TypeDecl,
  type View,
} from "../../model/index.ts";

/** What became of every field of a system. */
export function projections(view: View, system: System, types: readonly TypeDecl[]): readonly Projection[] {
  const of = (name: string, fields: readonly Field[]) => fields.map((field) => projection(name, field, system.json));
  return [
    ...types.flatMap((decl): readonly Projection[] => {
      if (decl.kind === "message" || decl.kind === "union") return of(decl.name, decl.fields ?? []);
      return decl.kind === "external" && !decl.as ? [row(decl, "widened", elsewhere)] : [];
    }),
    ...view.events(system.name).flatMap((event): readonly Projection[] => {
      if (!event.envelope) return [];
      const message: Message | undefined = view.eventMessage(event);
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

/** What the schema of a field accepts beyond its values; `undefined` when it accepts nothing else. */
function widening(field: Field, profile: JsonProfile): string | undefined {
  const { form } = propertyForm(field, profile);
  const lost = Object.keys(field.limits ?? {}).filter((limit) => !(limit in form));
  if (lost.length > 0) return `Its ${lost.join(", ")} cannot be said of the form it has in JSON.`;
  return formWidening(form) ?? (scalarsOf(field).includes("float32") ? singleWhy : undefined);
}

const singleWhy = "A JSON number has more digits than 32 bits of float hold.";

function formWidening(form: JsonForm): string | undefined {
  switch (form.kind) {
    case "string":
      return form.format && beyondPatterns[form.format];
    case "integer":
      return form.minimum < -(2 ** 53) || form.maximum > 2 ** 53
        ? "Engines that read JSON numbers as doubles cannot tell neighbours apart past 2^53."
        : undefined;
    case "list":
      return formWidening(form.item);
    case "map":
      return form.key === "string" || form.key === "bool"
        ? formWidening(form.value)
        : "A pattern bounds the digits of a key, but not the integer they make.";
    case "union":
      return form.variants.map(formWidening).find((why) => why !== undefined);
    default:
      return undefined;
  }
}

/** What a pattern lets through although the format does not allow it. */
const beyondPatterns: Partial<Record<StringFormat, string>> = {
  "date-time": "A pattern cannot tell how many days a month has; engines that check `format` can.",
  int64: "A pattern bounds the digits, but not the integer they make.",
  uint64: "A pattern bounds the digits, but not the integer they make.",
  json: "The content of a string is annotated and not checked.",
};

function scalarsOf({ type }: Field): readonly Scalar[] {
  const found: Scalar[] = [];
  const visit = (part: Field["type"]): void => {
    if (part.kind === "scalar") found.push(part.scalar);
    else if (part.kind === "list") visit(part.item);
    else if (part.kind === "map") visit(part.value);
    else if (part.kind === "union") part.variants.forEach(visit);
  };
  visit(type);
  return found;
}
