import {
  assertNever,
  type Enum,
  enumJsonValues,
  type JsonProfile,
  jsonForm,
  localName,
  type Name,
  type TypeDecl,
} from "../../model/index.ts";
import { annotations } from "./annotations.ts";
import { formSchema, reference, unclosedSuffix } from "./forms.ts";
import { merge, type Schema, schema } from "./node.ts";
import { type Context, messageSchema, unionSchema } from "./objects.ts";
import { tagMembers } from "./tags.ts";

/** The definitions of all types of a system, by their local names. */
export function definitions(types: readonly TypeDecl[], context: Context): Schema {
  const unclosed = context.place.mode === "closed" ? combinedTypes(types, context) : new Set<Name>();
  const found = new Map<string, Schema>();
  for (const decl of types) {
    const key = localName(decl.name);
    const about = annotations(decl, decl.name);
    if (!unclosed.has(decl.name)) {
      found.set(key, merge(about, typeSchema(decl, context)));
      continue;
    }
    found.set(key, merge(about, closedSchema(decl, context)));
    const comment = schema({ $comment: `${key} with room for what a union has beside it.` });
    found.set(key + unclosedSuffix, merge(comment, typeSchema(decl, context, true)));
  }
  return found;
}

/** A type whose shape stands in its unclosed form: the same, and closed. */
function closedSchema(decl: TypeDecl, context: Context): Schema {
  if (decl.kind !== "message") return typeSchema(decl, context);
  const open = decl.open ?? false;
  return merge(
    schema({ type: "object" }),
    reference(decl.name, context.place, true),
    schema({ unevaluatedProperties: open ? undefined : false }),
  );
}

function typeSchema(decl: TypeDecl, context: Context, unclosed = false): Schema {
  const { profile, place } = context;
  switch (decl.kind) {
    case "message":
      return messageSchema(decl, context, unclosed);
    case "union":
      return unionSchema(decl, context, unclosed);
    case "enum":
      return enumSchema(decl, context);
    case "alias":
      return formSchema(jsonForm(decl.type, profile), place, unclosed);
    case "external":
      return merge(
        schema({ "x-url": decl.url }),
        formSchema(decl.as ? jsonForm(decl.as, profile) : { kind: "any" }, place, unclosed),
      );
    default:
      return assertNever(decl);
  }
}

/** The listed values. An open enum takes others as well where consumers read it and where an unlisted value has a form. */
function enumSchema(decl: Enum, { profile, place }: Context): Schema {
  const values = enumJsonValues(decl, profile);
  if (values.length === 0) return schema({ not: schema({}) });
  const strings = values.some((value) => typeof value === "string");
  const integers = values.some((value) => typeof value === "number");
  const texts = decl.values.map(({ label, doc }) => (label && doc ? `${label}: ${doc}` : (doc ?? label ?? "")));
  const names = decl.values.map((value) => value.name);
  return schema({
    type: strings && integers ? ["string", "integer"] : integers ? "integer" : "string",
    ...(place.mode === "open" && takesUnlisted(decl, profile)
      ? { ...(integers && !strings && { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }), examples: values }
      : { enum: values }),
    "x-enum-names": integers ? names : undefined,
    "x-enum-descriptions": texts.some((text) => text !== "") ? texts : undefined,
  });
}

/** Where values have numbers and travel by name, one that is not listed has no name to travel by. */
const takesUnlisted = (decl: Enum, profile: JsonProfile): boolean =>
  decl.open && (profile.enums === "number" || decl.values.every((value) => value.number === undefined));

/** The types that a union combines with fields of its own: they are needed unclosed as well. */
function combinedTypes(types: readonly TypeDecl[], { view, profile }: Context): ReadonlySet<Name> {
  const found = new Set<Name>();
  const add = (variants: readonly Name[]): void => {
    for (const name of variants) {
      if (found.has(name)) continue;
      found.add(name);
      add(parts(view.type(name)));
    }
  };
  for (const decl of types)
    if (decl.kind === "union" && (decl.fields !== undefined || tagMembers(decl, view, profile))) add(parts(decl));
  return found;
}

/** The types that make up the top level of a type. */
function parts(decl: TypeDecl): readonly Name[] {
  const types =
    decl.kind === "union"
      ? decl.variants
      : decl.kind === "alias"
        ? [decl.type]
        : "as" in decl && decl.as
          ? [decl.as]
          : [];
  return types.flatMap(function names(type): readonly Name[] {
    if (type.kind === "named") return [type.name];
    return type.kind === "union" ? type.variants.flatMap(names) : [];
  });
}
