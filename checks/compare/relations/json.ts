import {
  type Enum,
  enumJsonValues,
  type JsonForm,
  type JsonProfile,
  jsonForm,
  type Limits,
  type Message,
  type ObjectForm,
  objectForm,
  type TypeDecl,
  type TypeRef,
} from "../../../model/index.ts";
import type { Reading, Side } from "../sides.ts";

/** Who reads JSON: one that refuses keys it does not know, or one that takes them, with any value. */
export type Reader = "closed" | "open";

/** A question about two types: does the reader accept every value that the writer may write? */
interface Question extends Reading {
  readonly as: Reader;
  readonly profiles: { readonly writer: JsonProfile; readonly reader: JsonProfile };
  /** Pairs of declarations that are being compared further out: they hold unless something else does not. */
  readonly asked: Set<string>;
}

type Form<K extends JsonForm["kind"]> = Extract<JsonForm, { readonly kind: K }>;

/** True when every JSON value of a type is one of the other: a proof, so that `false` may also mean that none was found. */
export function acceptsJson(
  from: TypeRef,
  to: TypeRef,
  reading: Reading,
  {
    as,
    profiles,
    limits = {},
  }: Pick<Question, "as" | "profiles"> & { readonly limits?: { from?: Limits; to?: Limits } },
): boolean {
  const question: Question = { ...reading, as, profiles, asked: new Set() };
  const [written, read] = [jsonForm(from, profiles.writer, limits.from), jsonForm(to, profiles.reader, limits.to)];
  return accepts(written, read, question);
}

/** True when one form accepts every value of another, where neither names a type. */
export const acceptsForm = (from: JsonForm, to: JsonForm, reading: Reading, profiles: Question["profiles"]): boolean =>
  accepts(from, to, { ...reading, as: "closed", profiles, asked: new Set() });

function accepts(from: JsonForm, to: JsonForm, question: Question): boolean {
  if (to.kind === "any") return true;
  if (from.kind === "named" && to.kind === "named" && question.isSame(from.name, to.name)) return true;
  if (from.kind === "named") return acceptsNamed(from, to, question);
  if (from.kind === "union") return from.variants.every((variant) => accepts(variant, to, question));
  if (to.kind === "union") return isCovered(from, to.variants, question);
  if (to.kind === "named") return isInside(from, to, question);
  switch (to.kind) {
    case "boolean":
      return from.kind === "boolean" || isLiteral(from, "boolean");
    case "string":
      return from.kind === "string" ? acceptsText(from, to) : isLiteral(from, "string") && isFree(to);
    case "integer":
    case "number":
      return acceptsNumber(from, to);
    case "literal":
      return from.kind === "literal" && from.value === to.value;
    case "list":
      return (
        from.kind === "list" &&
        (from.unique || !to.unique) === true &&
        (from.minItems ?? 0) >= (to.minItems ?? 0) &&
        (from.maxItems ?? Infinity) <= (to.maxItems ?? Infinity) &&
        accepts(from.item, to.item, question)
      );
    case "map":
      return from.kind === "map" && acceptsKey(from.key, to.key) && accepts(from.value, to.value, question);
    case "object":
      return from.kind === "object" || from.kind === "map";
    default:
      return false;
  }
}

function acceptsNamed(from: Form<"named">, to: JsonForm, question: Question): boolean {
  const pair = `${from.name} ${JSON.stringify(to)}`;
  if (question.asked.has(pair)) return true;
  question.asked.add(pair);
  const decl = question.writer.view.type(from.name);
  const { writer: profile } = question.profiles;
  switch (decl.kind) {
    case "alias":
      return accepts(jsonForm(decl.type, profile), to, question);
    case "external":
      return accepts(jsonForm(decl.as ?? { kind: "json" }, profile), to, question);
    case "union":
      // Fields that all variants share make other objects of them.
      if ((decl.fields ?? []).length > 0) return false;
      return decl.variants.every((variant) => accepts(jsonForm(variant, profile), to, question));
    case "enum": {
      const listed = valuesOf(decl, profile, question.as);
      if (listed) return listed.every((value) => accepts({ kind: "literal", value }, to, question));
      const unlisted: JsonForm =
        profile.enums === "number"
          ? { kind: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
          : { kind: "string" };
      return to.kind !== "named" && accepts(unlisted, to, question);
    }
    case "message": {
      if (to.kind === "object") return true;
      const read = to.kind === "named" ? readDecl(to.name, question) : undefined;
      if (read?.kind === "message") return acceptsMessage(decl, read, question);
      if (to.kind === "union") return to.variants.some((variant) => accepts(from, variant, question));
      return to.kind === "named" && read !== undefined && isInside(from, to, question);
    }
    default:
      return false;
  }
}

/** A value of a form that is none of a declared type of the writer, against a declared type of the reader. */
function isInside(from: JsonForm, to: Form<"named">, question: Question): boolean {
  const decl = readDecl(to.name, question);
  const { reader: profile } = question.profiles;
  switch (decl.kind) {
    case "alias":
      return accepts(from, jsonForm(decl.type, profile), question);
    case "external":
      return accepts(from, jsonForm(decl.as ?? { kind: "json" }, profile), question);
    case "enum": {
      const listed = valuesOf(decl, profile, question.as);
      if (!listed) return from.kind === "string" || isLiteral(from, "string");
      const values: readonly unknown[] = listed;
      return from.kind === "literal" && values.includes(from.value);
    }
    case "union":
      if ((decl.fields ?? []).length > 0) return false;
      return decl.variants.some((variant) => accepts(from, jsonForm(variant, profile), question));
    default:
      return false;
  }
}

function acceptsMessage(written: Message, read: Message, question: Question): boolean {
  const [from, to] = [objectForm(written, question.profiles.writer), objectForm(read, question.profiles.reader)];
  const isOpen = question.as === "open" || from.open;
  if (isOpen && question.as === "closed" && !to.open) return false;
  const [sent, known] = [keysOf(from), keysOf(to)];
  if (question.as === "closed" && !to.open && from.properties.some(({ name }) => !known.has(name))) return false;
  for (const property of to.properties) {
    const other = sent.get(property.name);
    if (!other) {
      if (property.required || (isOpen && property.form.kind !== "any")) return false;
      continue;
    }
    if (property.required && !other.required) return false;
    if (other.nullable && !property.nullable && property.form.kind !== "any") return false;
    if (!accepts(other.form, property.form, question)) return false;
  }
  return to.oneofs.every((group) =>
    from.oneofs.some(
      (other) =>
        (other.required || !group.required) && group.keys.every((key) => other.keys.includes(key) || !sent.has(key)),
    ),
  );
}

const keysOf = ({ properties }: ObjectForm): ReadonlyMap<string, ObjectForm["properties"][number]> =>
  new Map(properties.map((property) => [property.name, property]));

const readDecl = (name: string, { reader }: { readonly reader: Side }): TypeDecl => reader.view.type(name);

/** The values of an enum; none are listed where an open reader takes any. */
function valuesOf(decl: Enum, profile: JsonProfile, as: Reader): readonly (string | number)[] | undefined {
  return as === "open" && takesUnlisted(decl, profile) ? undefined : enumJsonValues(decl, profile);
}

/** Where values have numbers and travel by name, one that is not listed has no name to travel by. */
export const takesUnlisted = (decl: Enum, profile: JsonProfile): boolean =>
  decl.open && (profile.enums === "number" || decl.values.every(({ number }) => number === undefined));

/** A boolean may be split between two constants; everything else has to fit one variant whole. */
function isCovered(from: JsonForm, variants: readonly JsonForm[], question: Question): boolean {
  if (variants.some((variant) => accepts(from, variant, question))) return true;
  return (
    from.kind === "boolean" &&
    [true, false].every((value) => variants.some((variant) => accepts({ kind: "literal", value }, variant, question)))
  );
}

const isLiteral = (form: JsonForm, type: string): boolean => form.kind === "literal" && typeof form.value === type;

const isFree = ({ format, minLength, maxLength, pattern }: Form<"string">): boolean =>
  format === undefined && minLength === undefined && maxLength === undefined && pattern === undefined;

const acceptsText = (from: Form<"string">, to: Form<"string">): boolean =>
  (to.format === undefined || from.format === to.format) &&
  (to.pattern === undefined || from.pattern === to.pattern) &&
  (from.minLength ?? 0) >= (to.minLength ?? 0) &&
  (from.maxLength ?? Infinity) <= (to.maxLength ?? Infinity);

function acceptsNumber(from: JsonForm, to: Form<"integer" | "number">): boolean {
  const [minimum, maximum] = [to.minimum ?? -Infinity, to.maximum ?? Infinity];
  if (from.kind === "literal" && typeof from.value === "number")
    return (to.kind === "number" || Number.isInteger(from.value)) && from.value >= minimum && from.value <= maximum;
  if (from.kind !== "integer" && (from.kind !== "number" || to.kind === "integer")) return false;
  return (from.minimum ?? -Infinity) >= minimum && (from.maximum ?? Infinity) <= maximum;
}

const keyRanges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63 - 1024],
  uint64: [0, 2 ** 64 - 2048],
};

/** Keys are text in JSON, whatever they count as. */
export function acceptsKey(from: string, to: string): boolean {
  if (from === to || to === "string") return true;
  const [own, other] = [keyRanges[from], keyRanges[to]];
  return own !== undefined && other !== undefined && own[0] >= other[0] && own[1] <= other[1];
}
