import {
  assertNever,
  enumJsonValues,
  type Field,
  jsonForm,
  jsonKey,
  type Message,
  type Name,
  type TypeRef,
  type Union,
  unalias,
} from "../../model/index.ts";
import type { Context } from "./context.ts";
import { constantType, isSymbolic } from "./literal.ts";
import { inNumberOrder } from "./order.ts";
import { scalarShape } from "./scalar.ts";

/** One way of being a union: a type, a message with the fields that its union adds, or a choice of constants. */
export type Variant =
  | { readonly kind: "type"; readonly type: TypeRef }
  | { readonly kind: "message"; readonly message: Message; readonly within: readonly Union[] }
  | { readonly kind: "literals"; readonly values: readonly (string | number | boolean)[] };

type JsonKind = "boolean" | "number" | "string" | "array" | "object";
const anything: readonly JsonKind[] = ["boolean", "number", "string", "array", "object"];

/** The variants of a union with those of the unions in it, and the names of those unions. */
export function variantsOf(
  type: TypeRef,
  { view }: Pick<Context, "view">,
): { readonly variants: readonly Variant[]; readonly unions: readonly Name[] } {
  const variants: Variant[] = [];
  const literals = new Set<string | number | boolean>();
  const unions = new Set<Name>();
  const seen = new Set<string>();

  function add(part: TypeRef, within: readonly Union[]): void {
    const target = unalias(part, view);
    const decl = target.kind === "named" ? view.type(target.name) : undefined;
    if (target.kind === "union") for (const variant of target.variants) add(variant, within);
    else if (decl?.kind === "union") {
      if (unions.has(decl.name)) return;
      unions.add(decl.name);
      const inner = decl.fields?.length ? [...within, decl] : within;
      for (const variant of decl.variants) add(variant, inner);
    } else if (target.kind === "literal") literals.add(target.value);
    else {
      const key = JSON.stringify([target, decl?.kind === "message" ? within.map((union) => union.name) : []]);
      if (seen.has(key)) return;
      seen.add(key);
      variants.push(
        decl?.kind === "message" ? { kind: "message", message: decl, within } : { kind: "type", type: target },
      );
    }
  }

  add(type, []);
  if (literals.size > 0) variants.unshift({ kind: "literals", values: [...literals] });
  return { variants, unions: [...unions] };
}

/** The fields of a variant: its own, and those its unions add. */
export const fieldsOf = ({ message, within }: Variant & { readonly kind: "message" }): readonly Field[] => {
  const own = new Set(message.fields.map((field) => field.name));
  const shared = within.flatMap((union) => union.fields ?? []);
  return [
    ...inNumberOrder(message.fields),
    ...shared.filter((field, at) => !own.has(field.name) && firstAt(shared, field) === at),
  ];
};

const firstAt = (fields: readonly Field[], { name }: Field): number => fields.findIndex((field) => field.name === name);

/**
 * True when variants can be the branches of one Avro union: Avro holds them beside each other, and a JSON value shows
 * at its own top level which of them it is.
 */
export function canBeUnion(variants: readonly Variant[], context: Context): boolean {
  if (variants.length === 0) return false;
  const branches = variants.map((variant) => branchOf(variant, context));
  if (new Set(branches).size < branches.length) return false;
  const kinds = variants.map((variant) => kindsOf(variant, context));
  return variants.every((a, i) =>
    variants.slice(i + 1).every((b, j) => {
      if (a.kind === "message" && b.kind === "message") return canTell(a, b, context);
      return !kinds[i]?.some((kind) => kinds[i + 1 + j]?.includes(kind));
    }),
  );
}

/** An Avro union has one branch of each type without a name. */
function branchOf(variant: Variant, context: Context): string {
  if (variant.kind === "message")
    return `message ${variant.message.name} ${variant.within.map((union) => union.name).join(" ")}`;
  if (variant.kind === "literals") return isSymbolic(variant.values) ? "literals" : constantType(variant.values[0]);
  const { type } = variant;
  switch (type.kind) {
    case "scalar": {
      const { schema } = scalarShape(type, context);
      return typeof schema === "object" && "type" in schema ? schema.type : String(schema);
    }
    case "list":
      return "array";
    case "map":
      return "map";
    case "named":
      return context.view.type(type.name).kind === "enum" ? `enum ${type.name}` : "string";
    default:
      return "string";
  }
}

function kindsOf(variant: Variant, { profile, view }: Context): readonly JsonKind[] {
  if (variant.kind === "message") return ["object"];
  if (variant.kind === "literals") return variant.values.map((value) => typeof value as JsonKind);
  const form = jsonForm(variant.type, profile);
  switch (form.kind) {
    case "boolean":
    case "string":
    case "number":
    case "object":
      return [form.kind];
    case "integer":
      return ["number"];
    case "list":
      return ["array"];
    case "map":
      return ["object"];
    case "named": {
      const decl = view.type(form.name);
      return decl.kind === "enum" ? enumJsonValues(decl, profile).map((value) => typeof value as JsonKind) : anything;
    }
    case "literal":
    case "union":
    case "any":
      return anything;
    default:
      return assertNever(form);
  }
}

/** Two messages are told apart by a constant that differs, or by a key that one requires and the other has not. */
function canTell(
  a: Variant & { readonly kind: "message" },
  b: Variant & { readonly kind: "message" },
  { profile, view }: Context,
): boolean {
  const keysOf = (variant: typeof a) => new Map(fieldsOf(variant).map((field) => [jsonKey(field, profile), field]));
  const [inA, inB] = [keysOf(a), keysOf(b)];
  const constant = (field: Field | undefined) => {
    const type = field && unalias(field.type, view);
    return type?.kind === "literal" ? type.value : undefined;
  };
  const required = (field: Field | undefined) => field?.presence === "required";
  for (const [key, field] of inA) {
    const other = inB.get(key);
    if (!other && required(field) && !b.message.open) return true;
    if (!other || !(required(field) || required(other)) || constant(field) === undefined) continue;
    if (constant(other) !== undefined && constant(field) !== constant(other)) return true;
  }
  return [...inB].some(([key, field]) => required(field) && !inA.has(key) && !a.message.open);
}
