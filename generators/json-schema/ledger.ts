import {
  type Field,
  type JsonForm,
  jsonProjections,
  localName,
  type Projection,
  type Scalar,
  type StringFormat,
  type System,
  type TypeDecl,
  type View,
} from "../../model/index.ts";

/** What became of every field of a system, and of the types whose definitions, by their keys, are not closed exactly. */
export const projections = (
  view: View,
  system: System,
  types: readonly TypeDecl[],
  loose: ReadonlySet<string>,
): readonly Projection[] => [
  ...jsonProjections(view, system, types, widening),
  ...types
    .filter(({ name }) => loose.has(localName(name)))
    .map(({ name, origins: [origin] }): Projection => {
      const why = "Draft-07 closes no shapes that overlap: a field of one is taken beside those of another.";
      return { at: name, fidelity: "widened", why, ...(origin && { origin }) };
    }),
];

/** What the schema of a field accepts beyond its values; `undefined` when it accepts nothing else. */
function widening(field: Field, form: JsonForm): string | undefined {
  return formWidening(form) ?? (scalarsOf(field).includes("float32") ? singleWhy : undefined);
}

const singleWhy = "A JSON number has more digits than 32 bits of float hold.";

function formWidening(form: JsonForm): string | undefined {
  switch (form.kind) {
    case "string":
      return form.format && beyondPatterns[form.format];
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
