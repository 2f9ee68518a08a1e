import {
  assertNever,
  type Event,
  type Field,
  type JsonProfile,
  jsonForm,
  jsonKey,
  type Limits,
  type Message,
  messageOf,
  type Name,
  objectForm,
  type TypeDecl,
  type TypeRef,
  type Union,
  type View,
} from "../../model/index.ts";
import { enumLeaf } from "./enums.ts";
import { anyJson, jsonObjects } from "./free-form.ts";
import { leafOf, literalLeaf, withExamples } from "./leaf.ts";
import { keyLeaf } from "./map-keys.ts";
import type { Member, ObjectShape, Shape, UnionShape, Variant } from "./shape.ts";

/** What is described: an event as it is sent, or a type. */
export type Subject = Event | TypeRef;

/** The shape of an event or a type under a profile; `undefined` for an event whose payload cannot be merged with its envelope. */
export function shapeOf(view: View, profile: JsonProfile, subject: Subject): Shape | undefined {
  const compiler = createCompiler(view, profile);
  if (subject.kind !== "event") return compiler.use(subject);
  if (!subject.envelope) return compiler.use(subject.payload);
  const message = view.eventMessage(subject);
  return message && compiler.message(message);
}

interface Compiler {
  readonly use: (type: TypeRef, limits?: Limits) => Shape;
  readonly message: (message: Message) => ObjectShape;
}

function createCompiler(view: View, profile: JsonProfile): Compiler {
  const byName = new Map<Name, Shape>();

  const use = (type: TypeRef, limits?: Limits): Shape => {
    const form = jsonForm(type, profile, limits);
    const leaf = leafOf(type, form, limits);
    if (leaf) return leaf;
    switch (type.kind) {
      case "named":
        return declared(type.name);
      case "list":
        return {
          kind: "list",
          item: once(() => use(type.item)),
          unique: type.unique ?? false,
          minItems: limits?.minItems ?? 0,
          maxItems: limits?.maxItems ?? Number.POSITIVE_INFINITY,
        };
      case "map":
        return { kind: "map", keys: keyLeaf(type.key), value: once(() => use(type.value)) };
      case "union":
        return { kind: "union", variants: type.variants.map(variant), isInline: true };
      default:
        throw new Error(`A ${type.kind} has a form without parts.`);
    }
  };

  const ofField = (field: Field): Shape => {
    const shape = use(field.type, field.limits);
    return shape.kind === "leaf" && field.type.kind === "scalar" ? withExamples(shape, field) : shape;
  };

  const declared = (name: Name): Shape => {
    const known = byName.get(name);
    if (known) return known;
    // A type that is nothing but itself has no values.
    byName.set(name, nothing);
    const shape = ofDecl(view.type(name));
    byName.set(name, shape);
    return shape;
  };

  const ofDecl = (decl: TypeDecl): Shape => {
    switch (decl.kind) {
      case "message":
        return message(decl);
      case "enum":
        return enumLeaf(decl, profile);
      case "union":
        return ofUnion(decl);
      case "alias":
        return use(decl.type);
      case "external":
        return decl.as ? use(decl.as) : anyJson;
      default:
        return assertNever(decl);
    }
  };

  const message = (of: Pick<Message, "name" | "fields" | "oneofs">): ObjectShape => {
    const { properties, oneofs } = objectForm(of, profile);
    const members = properties.map(
      ({ name, field, required, nullable }): Member => ({
        key: name,
        at: `${of.name}.${field.name}`,
        field,
        required,
        nullable,
        shape: once(() => ofField(field)),
      }),
    );
    return { kind: "object", at: of.name, members, groups: oneofs };
  };

  const variant = (type: TypeRef): Variant => ({
    label: type.kind === "named" ? type.name : type.kind === "scalar" ? type.scalar : type.kind,
    shape: once(() => use(type)),
  });

  /** A union that adds nothing to its shapes is a choice among them; else each of them is an object with what it adds. */
  const ofUnion = (decl: Union): UnionShape => {
    const { variants, fields } = decl;
    const tags = tagsOf(decl, view);
    if (!fields && !tags) return { kind: "union", variants: variants.map(variant) };
    const common = message({ name: decl.name, fields: fields ?? [] });
    const combined = variants.flatMap((type): readonly Variant[] => {
      const key = jsonKey({ name: decl.tag?.field ?? "" }, profile);
      const marks = tags?.get(type) ?? [];
      const plain = variant(type);
      if (marks.length === 0) return [{ ...plain, shape: once(() => combine(plain.shape(), common)) }];
      return marks.map((value) => ({
        label: `${plain.label}, ${key} ${JSON.stringify(value)}`,
        shape: once(() => combine(plain.shape(), common, tagMember(decl, key, value))),
      }));
    });
    return { kind: "union", variants: combined, common: new Set(common.members.map(({ key }) => key)) };
  };

  const tagMember = (decl: Union, key: string, value: string): Member => ({
    key,
    at: decl.name,
    field: { name: key, type: { kind: "literal", value }, presence: "required", origins: decl.origins },
    required: true,
    nullable: false,
    shape: once(() => literalLeaf(value)),
  });

  return { use, message };
}

/** A shape with what its union adds. What is no object has no room for it, and is no value of the union. */
function combine(shape: Shape, common: ObjectShape, tag?: Member): Shape {
  const extra = [...(tag ? [tag] : []), ...common.members];
  const commonKeys = new Set(common.members.map(({ key }) => key));
  if (shape.kind === "union") {
    const variants = shape.variants.map((part) => ({ ...part, shape: once(() => combine(part.shape(), common, tag)) }));
    return { ...shape, variants, common: new Set([...(shape.common ?? []), ...commonKeys]) };
  }
  if (shape === jsonObjects || shape === anyJson) return { ...common, members: extra };
  if (shape.kind !== "object") return nothing;
  // Where both have a field, a value has to suit both: that of the shape is as a rule the narrower one, the tag always is.
  const rest = shape.members.filter(({ key }) => key !== tag?.key);
  const keys = new Set(rest.map(({ key }) => key));
  return { ...shape, members: [...extra.filter(({ key }) => !keys.has(key)), ...rest] };
}

/** The shape without values. */
const nothing: UnionShape = { kind: "union", variants: [] };

/** The values of a tag by variant; `undefined` when the union has none, or its variants all declare the field themselves. */
function tagsOf({ tag, variants }: Union, view: View): ReadonlyMap<TypeRef, readonly string[]> | undefined {
  if (!tag) return undefined;
  const declares = (variant: TypeRef): boolean =>
    messageOf(variant, view)?.fields.some(({ name }) => name === tag.field) ?? false;
  if (variants.every(declares)) return undefined;
  return new Map(
    variants.map((variant) => [
      variant,
      Object.entries(tag.values).flatMap(([value, name]) =>
        variant.kind === "named" && variant.name === name ? [value] : [],
      ),
    ]),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
