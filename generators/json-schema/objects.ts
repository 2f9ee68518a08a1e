import {
  type JsonProfile,
  jsonForm,
  type Message,
  objectForm,
  type PropertyForm,
  type Union,
  type View,
} from "../../model/index.ts";
import { annotations, valueAnnotations } from "./annotations.ts";
import { formSchema, orNull, type Place } from "./forms.ts";
import { merge, type Node, type Schema, schema } from "./node.ts";
import { tagMembers } from "./tags.ts";

/** What schemas of one system are made with. */
export interface Context {
  readonly view: View;
  readonly profile: JsonProfile;
  readonly place: Place;
}

/** A message as an object. `unclosed` leaves the closing to a schema around it. */
export function messageSchema(message: Message, context: Context, unclosed = false): Schema {
  const { properties, oneofs, open } = objectForm(message, context.profile);
  const groups = oneofs.map(oneofSchema);
  const closing = context.place.mode === "open" || (unclosed && !open) ? undefined : open;
  return merge(
    objectSchema(properties, context),
    schema({
      additionalProperties: closing,
      oneOf: groups.length === 1 ? groups[0]?.get("oneOf") : undefined,
      allOf: groups.length > 1 ? groups : undefined,
    }),
  );
}

/** One of several shapes. Where common fields lie beside them, the whole is closed as one. */
export function unionSchema(union: Union, context: Context, unclosed = false): Schema {
  const { view, profile, place } = context;
  const tags = tagMembers(union, view, profile);
  const combined = tags !== undefined || union.fields !== undefined;
  const variants = union.variants.map((variant, at) => {
    const node = formSchema(jsonForm(variant, profile), place, combined || unclosed);
    const tag = tags?.[at];
    if (!tag) return node;
    const value = tag.values.length === 1 ? schema({ const: tag.values[0] }) : schema({ enum: tag.values });
    return merge(schema({ properties: new Map([[tag.key, value]]), required: [tag.key] }), node);
  });
  const choice = schema(variants.length > 0 ? { anyOf: variants } : { not: schema({}) });
  if (!combined) return choice;
  const { properties } = objectForm({ fields: union.fields ?? [] }, profile);
  const closing = place.mode === "closed" && !unclosed ? false : undefined;
  return merge(objectSchema(properties, context), choice, schema({ unevaluatedProperties: closing }));
}

function objectSchema(properties: readonly PropertyForm[], context: Context): Schema {
  const members = new Map<string, Node>();
  const patterns = new Map<string, Node>();
  for (const property of properties) {
    const node = propertySchema(property, context);
    // Some engines, ajv among them, pass over a property of this name; as a pattern they all see it.
    if (property.name === "__proto__") patterns.set("^__proto__$", node);
    else members.set(property.name, node);
  }
  const required = properties.filter((property) => property.required).map((property) => property.name);
  return schema({
    type: "object",
    properties: members.size > 0 ? members : undefined,
    patternProperties: patterns.size > 0 ? patterns : undefined,
    required: required.length > 0 ? required : undefined,
  });
}

function propertySchema({ field, form, nullable }: PropertyForm, { view, profile, place }: Context): Schema {
  const type = formSchema(form, place);
  return merge(annotations(field), nullable ? orNull(type) : type, valueAnnotations(field, form, view, profile));
}

/** Exactly one of the keys, or none of them where that is allowed. */
function oneofSchema({ keys, required }: { readonly keys: readonly string[]; readonly required: boolean }): Schema {
  const present: Node[] = keys.map((key) => schema({ required: [key] }));
  const none = schema({ not: schema({ anyOf: present }) });
  return schema({ oneOf: required ? present : [...present, none] });
}
