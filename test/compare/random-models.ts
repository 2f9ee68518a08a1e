import fc from "fast-check";
import {
  createView,
  type Enum,
  type Event,
  type Field,
  type Message,
  type Model,
  type View,
} from "../../pipeline/index.ts";

type TypeRef = Field["type"];

/** Nothing was written anywhere: these models are made up. */
export const origins = [{ span: { path: "made-up", start: 0, end: 0 }, reader: "test", basis: "stated" }] as const;

/** What changes: a message, the enum it uses, and a message that it contains. */
export interface Made {
  readonly fields: readonly Field[];
  readonly inner: readonly Field[];
  readonly values: readonly { readonly name: string; readonly number: number }[];
  readonly group: readonly string[];
}

/** A model with one event. */
export function modelOf({ fields, inner, values, group }: Made): Model {
  const message = (name: string, own: readonly Field[]): Message => ({
    kind: "message",
    name,
    system: "shop",
    fields: own,
    origins,
  });
  const event: Event = {
    kind: "event",
    name: "shop.paid",
    system: "shop",
    payload: { kind: "named", name: "shop.Paid" },
    origins,
  };
  const color: Enum = {
    kind: "enum",
    name: "shop.Color",
    system: "shop",
    open: false,
    values: values.map((value) => ({ ...value, origins })),
    origins,
  };
  const members = group.filter((name) => fields.some((field) => field.name === name));
  return {
    irVersion: 1,
    decls: [
      {
        kind: "system",
        name: "shop",
        json: {
          fieldNames: "declared",
          int64: "string",
          enums: "name",
          timestamp: "rfc3339",
          duration: "seconds-string",
        },
        origins,
      },
      event,
      {
        ...message("shop.Paid", fields),
        ...(members.length > 0 && { oneofs: [{ name: "how", fields: members, required: false }] }),
      },
      message("shop.Line", inner),
      color,
    ],
  };
}

/** A view over a model; nothing in it has a place. */
export const viewOf = (model: Model): View =>
  createView(model, () => ({ path: "made-up", line: 1, column: 1 }) as never);

const scalarType: fc.Arbitrary<TypeRef> = fc
  .constantFrom("bool", "int32", "int64", "uint32", "uint64", "float32", "float64", "string", "bytes")
  .map((scalar) => ({ kind: "scalar", scalar }) as TypeRef);

const single: fc.Arbitrary<TypeRef> = fc.oneof(
  { weight: 4, arbitrary: scalarType },
  { weight: 1, arbitrary: fc.constant({ kind: "named", name: "shop.Color" } as TypeRef) },
  { weight: 1, arbitrary: fc.constant({ kind: "named", name: "shop.Line" } as TypeRef) },
);

/** Any type that a field of these models has. */
export const anyType: fc.Arbitrary<TypeRef> = fc.oneof(
  { weight: 4, arbitrary: single },
  { weight: 1, arbitrary: single.map((item) => ({ kind: "list", item }) as TypeRef) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("string", "int32", "int64", "uint32"), single)
      .map(([key, value]) => ({ kind: "map", key, value }) as TypeRef),
  },
);

const presence = fc.constantFrom("required", "optional", "implicit");

/** A field with a name and a number of its own. */
export const anyField = (name: string, number: number, type = anyType): fc.Arbitrary<Field> =>
  fc.record({ type, presence }).map(({ type: own, presence: how }) => ({
    name,
    number,
    type: own,
    presence: own.kind === "list" || own.kind === "map" ? "implicit" : how,
    origins,
  }));

/** A model to begin with: some of eight fields. */
export const anyMade: fc.Arbitrary<Made> = fc
  .tuple(
    fc.tuple(...Array.from({ length: 6 }, (_, at) => anyField(`f${at}`, at + 1))),
    fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 2 }),
    fc.tuple(anyField("a", 1, scalarType), anyField("b", 2, scalarType)),
    fc.subarray(["RED", "GREEN", "BLUE", "GREY"], { minLength: 2 }),
    fc.subarray(["f0", "f1", "f2"]),
  )
  .map(([all, kept, inner, names, group]) => {
    const fields = all.filter((_, at) => kept.includes(at));
    const one = (field: Field): boolean => field.type.kind !== "list" && field.type.kind !== "map";
    const members = group.filter((name) => fields.some((field) => field.name === name && one(field)));
    return {
      // Whatever is one of several may be absent: there would be no right value otherwise.
      fields: fields.map((field): Field => (members.includes(field.name) ? { ...field, presence: "optional" } : field)),
      inner,
      values: names.map((name, number) => ({ name, number })),
      group: members,
    };
  });
