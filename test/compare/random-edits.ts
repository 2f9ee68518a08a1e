import fc from "fast-check";
import type { Field } from "../../model/index.ts";
import { anyField, anyType, type Made } from "./random-models.ts";

/** One edit of a model, and the fact that it makes: `<kind> <place>`. */
export interface Edit {
  /** The thing that is edited. */
  readonly on: string;
  readonly edit: (made: Made) => { readonly made: Made; readonly fact: string } | undefined;
}

const names = ["f0", "f1", "f2", "f3", "f4", "f5"];

const onField = (
  kind: string,
  change: fc.Arbitrary<(field: Field, made: Made) => Field | undefined>,
  place: (field: Field) => string = ({ name }) => name,
): fc.Arbitrary<Edit> =>
  fc.tuple(fc.constantFrom(...names), change).map(([name, by]) => ({
    on: name,
    edit: (made) => {
      const field = made.fields.find((one) => one.name === name);
      if (!field || made.group.includes(name)) return undefined;
      const next = by(field, made);
      if (!next) return undefined;
      const fields = made.fields.map((one) => (one === field ? next : one));
      return { made: { ...made, fields }, fact: `${kind} shop.Paid.${place(next)}` };
    },
  }));

const isOne = ({ type }: Field): boolean => type.kind !== "list" && type.kind !== "map";

/** An edit of a field or of an enum; it does nothing where there is no such thing. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.integer({ min: 10, max: 14 }).chain((at) =>
    anyField(`g${at}`, at).map((field) => ({
      on: field.name,
      edit: (made: Made) =>
        made.fields.some(({ name }) => name === field.name)
          ? undefined
          : {
              made: { ...made, fields: [...made.fields, field] },
              fact: `field.added shop.Paid.${field.name}`,
            },
    })),
  ),
  fc.constantFrom(...names).map((name) => ({
    on: name,
    edit: (made: Made) =>
      made.group.includes(name) || !made.fields.some((field) => field.name === name)
        ? undefined
        : {
            made: { ...made, fields: made.fields.filter((field) => field.name !== name) },
            fact: `field.removed shop.Paid.${name}`,
          },
  })),
  onField(
    "field.type",
    anyType.map(
      (type) => (field) =>
        isOne(field) &&
        type.kind !== "list" &&
        type.kind !== "map" &&
        JSON.stringify(type) !== JSON.stringify(field.type)
          ? { ...field, type }
          : undefined,
    ),
  ),
  onField(
    "field.cardinality",
    fc.constant((field) => (isOne(field) ? { ...field, type: { kind: "list", item: field.type } } : undefined)),
  ),
  onField(
    "field.presence",
    fc
      .constantFrom("required", "optional")
      .map((presence) => (field) => (isOne(field) && field.presence !== presence ? { ...field, presence } : undefined)),
  ),
  onField(
    "field.nullable",
    fc.constant((field) => ({ ...field, nullable: true })),
  ),
  onField(
    "field.renumbered",
    fc.integer({ min: 20, max: 25 }).map((by) => (field) => ({ ...field, number: (field.number ?? 0) * 100 + by })),
  ),
  onField(
    "field.renamed",
    fc.constant((field) => ({ ...field, name: `${field.name}too` })),
  ),
  onField(
    "field.unit",
    fc.constant((field) => ({ ...field, unit: "ms" })),
  ),
  onField(
    "documentation",
    fc.constant((field) => ({ ...field, doc: "It is said what it means." })),
  ),
  onField(
    "deprecated",
    fc.constant((field) => ({ ...field, deprecated: {} })),
  ),
  onField(
    "field.default",
    fc.constant((field) => ({ ...field, default: 1 })),
  ),
  onField(
    "field.limits",
    fc.integer({ min: 1, max: 9 }).map((maximum) => (field) => ({ ...field, limits: { maximum } })),
  ),
  fc.constant({
    on: "BLUE",
    edit: (made: Made) =>
      made.values.slice(1).some(({ name }) => name === "BLUE")
        ? {
            made: { ...made, values: made.values.filter(({ name }) => name !== "BLUE") },
            fact: "value.removed shop.Color.BLUE",
          }
        : undefined,
  }),
  fc.constant({
    on: "PINK",
    edit: (made: Made) =>
      made.values.some(({ name }) => name === "PINK")
        ? undefined
        : {
            made: { ...made, values: [...made.values, { name: "PINK", number: 9 }] },
            fact: "value.added shop.Color.PINK",
          },
  }),
  fc.constant({
    on: "GREEN",
    edit: (made: Made) =>
      made.values.slice(1).some(({ name }) => name === "GREEN")
        ? {
            made: {
              ...made,
              values: made.values.map((value) => (value.name === "GREEN" ? { ...value, number: 40 } : value)),
            },
            fact: "value.renumbered shop.Color.GREEN",
          }
        : undefined,
  }),
);
