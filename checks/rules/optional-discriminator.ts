import {
  diagnostic,
  type Field,
  type Message,
  messageOf,
  type Rule,
  type TypeRef,
  type View,
} from "../../model/index.ts";

export const optional = diagnostic<{ at: string; field: string; message: string; union: string }>(
  "checks/optional-discriminator",
  "warning",
  (a) => `${a.message} is told from the other variants of ${a.union} by ${a.field}, which it does not require.`,
  (a) => `Require ${a.field}, in the document or in an overlay: \`set: { presence: required }\`.`,
);

/** A union is told apart by a field that every variant holds a constant of its own in. */
const rule: Rule = {
  id: "optional-discriminator",
  purpose: "The field that tells the variants of a union apart is required in each of them.",
  severity: "warning",
  source: "JSON Schema and every validator that picks a variant by a constant.",
  explain:
    "A value without the field fits the variant that does not ask for it, whatever it was meant to be: a scalar whose type " +
    "was forgotten is stored as a vector. Readers cannot pick a variant by the field alone either, and try all of them.",
  check(view, report) {
    const chosen = new Set(view.systems.map(({ name }) => name));
    const told = new Set<Field>();
    for (const decl of view.model.decls) {
      if (decl.kind !== "union" || !chosen.has(decl.system)) continue;
      const variants = decl.variants.flatMap((variant) => messageOf(variant, view) ?? []);
      if (variants.length < 2 || variants.length < decl.variants.length) continue;
      for (const name of decl.tag ? [decl.tag.field] : discriminators(variants, view))
        for (const variant of variants) {
          const field = variant.fields.find((member) => member.name === name);
          if (!field || field.presence === "required" || told.has(field)) continue;
          told.add(field);
          const at = `${variant.name}.${name}`;
          report(optional(field.origins[0]?.span, { at, field: name, message: variant.name, union: decl.name }));
        }
    }
  },
};

export default rule;

/** Fields with a constant in every variant, and no constant twice. */
function discriminators(variants: readonly Message[], view: View): readonly string[] {
  return (variants[0]?.fields ?? [])
    .map(({ name }) => name)
    .filter((name) => {
      const values = variants.map((variant) =>
        constantOf(variant.fields.find((field) => field.name === name)?.type, view),
      );
      return !values.includes(undefined) && new Set(values).size === values.length;
    });
}

function constantOf(type: TypeRef | undefined, view: View): string | undefined {
  if (type?.kind === "literal") return JSON.stringify(type.value);
  if (type?.kind !== "named") return undefined;
  const decl = view.type(type.name);
  return decl.kind === "alias" ? constantOf(decl.type, view) : undefined;
}
