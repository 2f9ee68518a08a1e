import { assertNever, type Message, type TypeDecl, type TypeRef } from "../../model/index.ts";
import type { Place, RecordSource } from "./context.ts";
import { tooDeep } from "./diagnostics.ts";
import { formerNames } from "./doc.ts";
import { enumShape } from "./enum.ts";
import { notes, type Shape } from "./ledger.ts";
import { literalShape } from "./literal.ts";
import { inNumberOrder } from "./order.ts";
import { recordShape } from "./record.ts";
import { durationShape, isDurationText, jsonText, scalarShape } from "./scalar.ts";
import { isUnion } from "./schema.ts";
import { canBeUnion, fieldsOf, type Variant, variantsOf } from "./variants.ts";

const deepest = 200;

/** The Avro type of a type where it is used: a definition at the first use of a named one, afterwards its name. */
export function shapeOf(type: TypeRef, place: Place): Shape {
  if (place.depth > deepest) {
    place.report(tooDeep(place.owner.origins[0]?.span, { at: place.at, depth: deepest }));
    return { schema: jsonText("any"), notes: [notes.json] };
  }
  switch (type.kind) {
    case "scalar":
      return isDurationText(type, place) ? durationShape(place) : scalarShape(type, place);
    case "named":
      return namedShape(place.view.type(type.name), place);
    case "list": {
      const item = shapeOf(type.item, inside(place, "item"));
      return {
        schema: { type: "array", items: item.schema },
        notes: [...item.notes, ...(type.unique ? [notes.unique] : [])],
      };
    }
    case "map": {
      const value = shapeOf(type.value, inside(place, "value"));
      const found = type.key === "string" ? value.notes : [...value.notes, notes.mapKey];
      return { schema: { type: "map", values: value.schema }, notes: found };
    }
    case "union":
      return unionShape(type, place);
    case "literal":
      return literalShape([type.value], place);
    case "json":
      return { schema: jsonText(type.only ?? "any"), notes: [notes.json] };
    case "unstated":
      return { schema: jsonText("any"), notes: [notes.json] };
    default:
      return assertNever(type);
  }
}

/** A message as a record under its own name. */
export function messageSource(message: Message, place: Pick<Place, "names">): RecordSource {
  const { name } = message;
  return {
    ...message,
    fields: inNumberOrder(message.fields),
    name: place.names.ofType(name, message.system),
    wireName: name,
    aliases: formerNames(message, place),
    ownerOf: () => name,
  };
}

function namedShape(decl: TypeDecl, place: Place): Shape {
  switch (decl.kind) {
    case "message":
      return recordShape(messageSource(decl, place), place, shapeOf);
    case "enum":
      return enumShape(decl, place);
    case "union":
    case "alias":
    case "external": {
      if (place.within.includes(decl.name)) return { schema: jsonText("any"), notes: [notes.recursive] };
      const inner: Place = { ...place, within: [...place.within, decl.name] };
      if (decl.kind === "union") return unionShape({ kind: "named", name: decl.name }, inner);
      const type = decl.kind === "alias" ? decl.type : decl.as;
      return shapeOf(type ?? { kind: "json" }, inner);
    }
    default:
      return assertNever(decl);
  }
}

function unionShape(type: TypeRef, outer: Place): Shape {
  const { variants, unions } = variantsOf(type, outer);
  if (!canBeUnion(variants, outer)) return { schema: jsonText("any"), notes: [notes.jsonUnion] };
  for (const name of unions) outer.reached.add(name);
  const place: Place = { ...outer, within: [...outer.within, ...unions] };
  const shapes = variants.map((variant) => variantShape(variant, place));
  const [only] = shapes;
  const found = shapes.flatMap((shape) => shape.notes);
  if (shapes.length === 1 && only) return only;
  // A recursion that is cut short can leave a variant that is a union itself; Avro has none in another.
  return { schema: shapes.flatMap(({ schema }) => (isUnion(schema) ? schema : [schema])), notes: found };
}

function variantShape(variant: Variant, place: Place): Shape {
  switch (variant.kind) {
    case "type":
      return shapeOf(variant.type, place);
    case "literals":
      return literalShape(variant.values, place);
    case "message": {
      const { message, within } = variant;
      const own = messageSource(message, place);
      if (within.length === 0) return recordShape(own, place, shapeOf);
      const outermost = within[0] ?? message;
      const shared = new Map(
        within.flatMap((union) => (union.fields ?? []).map((field) => [field, union.name] as const)),
      );
      const source: RecordSource = {
        ...own,
        name: place.names.beside(place.names.ofType(outermost.name, outermost.system), own.name.name),
        wireName: `${outermost.name} | ${message.name}`,
        aliases: [],
        fields: fieldsOf(variant),
        ownerOf: (field) => shared.get(field) ?? message.name,
      };
      return recordShape(source, place, shapeOf);
    }
    default:
      return assertNever(variant);
  }
}

const inside = (place: Place, part: string): Place => ({
  ...place,
  depth: place.depth + 1,
  suffix: `${place.suffix}_${part}`,
});
