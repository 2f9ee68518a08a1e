import {
  assertNever,
  type Enum,
  enumJsonValues,
  type JsonForm,
  type JsonProfile,
  jsonForm,
  jsonKey,
  localName,
  type Message,
  messageOf,
  type Name,
  objectForm,
  type PropertyForm,
  type TypeDecl,
  type Union,
  type View,
} from "../../model/index.ts";
import { all, guardName, runtime, type Surroundings, shapeGuardName, test } from "./expressions.ts";

/** What the guards of one system are written with. */
export interface GuardContext {
  readonly view: View;
  readonly profile: JsonProfile;
  readonly isRecursive: (name: Name) => boolean;
  readonly isLoop: (from: Name, to: Name) => boolean;
  /** True for a type that is asked about one value again and again, unless its guard remembers. */
  readonly isRepeating: (name: Name) => boolean;
  readonly pattern: Surroundings["pattern"];
}

/** How deep guards follow a type into itself before they leave a value to the schema. */
const maxDepth = 200;

const lineWidth = 120;

/** What must hold: one expression, or any one of several. */
type Condition = string | readonly string[];

/** The guard of a type. */
export function typeGuard(decl: TypeDecl, context: GuardContext): string {
  const remembers = context.isRepeating(decl.name);
  const around: Surroundings = { ...context, isLoop: (name) => context.isLoop(decl.name, name), remembers };
  const conditions = typeConditions(decl, context, around);
  const name = guardName(localName(decl.name));
  if (remembers) return rememberingGuard(name, [`depth < ${maxDepth}`, ...conditions]);
  return context.isRecursive(decl.name)
    ? guard(name, "(v, depth = 0)", [`depth < ${maxDepth}`, ...conditions])
    : guard(name, "(v)", conditions);
}

/** The guard of a shape that is no type: an event in its envelope, or a body without a name. */
export function shapeGuard(stem: string, shape: Message | JsonForm, context: GuardContext): string {
  const around: Surroundings = { ...context, isLoop: () => false, remembers: false };
  return guard(
    shapeGuardName(stem),
    "(v)",
    shape.kind === "message" ? objectConditions(shape, context, around) : formConditions(shape, around),
  );
}

/** On one line where it fits, else with a line per condition. */
function guard(name: string, parameters: string, conditions: readonly Condition[]): string {
  if (conditions.length === 0) return `const ${name} = () => true;`;
  return arrow(`const ${name} = ${parameters} =>`, conditions, ";");
}

/** A guard that asks about one object once, however many variants of a union lead to it. */
function rememberingGuard(name: string, conditions: readonly Condition[]): string {
  const head = `  ${runtime("remembered")}(verdicts, ${name}, v, () =>`;
  return `const ${name} = (v, depth = 0, verdicts = new Map()) =>\n${arrow(head, conditions, ");", "  ")}`;
}

function arrow(head: string, conditions: readonly Condition[], end: string, indent = ""): string {
  const [only] = conditions;
  const [parts, join] = conditions.length === 1 && Array.isArray(only) ? [only, " ||"] : [conditions, " &&"];
  const line = `${head} ${parts.map((part) => bracketed(part, " ")).join(`${join} `)}${end}`;
  if (line.length <= lineWidth) return line;
  const step = `\n${indent}  `;
  return `${head}${step}${parts.map((part) => bracketed(part, `${step}  `)).join(`${join}${step}`)}${end}`;
}

/** Alternatives in brackets; `gap` parts them where they are too long for one line. */
function bracketed(condition: Condition, gap: string): string {
  if (typeof condition === "string") return condition;
  const line = `(${condition.join(" || ")})`;
  return line.length + 6 <= lineWidth ? line : `(${condition.join(` ||${gap}`)})`;
}

function typeConditions(decl: TypeDecl, context: GuardContext, around: Surroundings): readonly Condition[] {
  const { profile } = context;
  switch (decl.kind) {
    case "message":
      return objectConditions(decl, context, around);
    case "enum":
      return formConditions(enumForm(decl, profile), around);
    case "union":
      return unionConditions(decl, context, around);
    case "alias":
      return formConditions(jsonForm(decl.type, profile), around);
    case "external":
      return decl.as ? formConditions(jsonForm(decl.as, profile), around) : [];
    default:
      return assertNever(decl);
  }
}

function formConditions(form: JsonForm, around: Surroundings): readonly Condition[] {
  const variants = form.kind === "union" ? form.variants : [form];
  return anyOf(variants.map((variant) => test(variant, "v", around)));
}

/** One of several tests holds; one that always holds leaves nothing to ask. */
function anyOf(tests: readonly (string | undefined)[]): readonly Condition[] {
  const asked = tests.filter((item) => item !== undefined);
  if (asked.length < tests.length) return [];
  return asked.length > 1 ? [asked.map(grouped)] : [asked[0] ?? "false"];
}

/** An enum takes its values; an open one also others, where one that is not listed has a form to travel in. */
function enumForm(decl: Enum, profile: JsonProfile): JsonForm {
  const values = enumJsonValues(decl, profile);
  const strings = values.some((value) => typeof value === "string");
  const listed = values.map((value): JsonForm => ({ kind: "literal", value }));
  const hasForm = profile.enums === "number" || decl.values.every((value) => value.number === undefined);
  if (!decl.open || !hasForm || values.length === 0) return { kind: "union", variants: listed };
  return strings ? { kind: "string" } : { kind: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
}

function objectConditions(
  message: Pick<Message, "fields" | "oneofs">,
  context: GuardContext,
  around: Surroundings,
): readonly string[] {
  const { properties, oneofs } = objectForm(message, context.profile);
  // Literals first: where several shapes are possible, the wrong ones are left after one comparison.
  const isLiteral = ({ form, required }: PropertyForm): boolean => required && form.kind === "literal";
  const sorted = [...properties.filter(isLiteral), ...properties.filter((property) => !isLiteral(property))];
  return [
    `${runtime("isObject")}(v)`,
    ...sorted.flatMap((property) => propertyCondition(property, around) ?? []),
    ...oneofs.map(({ keys, required }) => {
      const present = keys.map((key) => `(${access(key)} !== undefined)`);
      return required ? `${sum(present)} === 1` : `${sum(present)} < 2`;
    }),
  ];
}

const sum = (terms: readonly string[]): string => (terms.length > 0 ? terms.join(" + ") : "0");

function propertyCondition({ name, form, required, nullable }: PropertyForm, around: Surroundings): string | undefined {
  const v = access(name);
  const body = test(form, v, around);
  if (body === undefined) return required ? `${v} !== undefined` : undefined;
  const ways = [...(required ? [] : [`${v} === undefined`]), ...(nullable ? [`${v} === null`] : []), body];
  return ways.length > 1 ? `(${ways.map(grouped).join(" || ")})` : body;
}

/** Conditions of several parts need brackets among alternatives. */
const grouped = (condition: string): string => (condition.includes(" && ") ? `(${condition})` : condition);

/** How a property is read; names that every object inherits are asked for as its own. */
function access(key: string): string {
  if (inherited.has(key)) return `${runtime("own")}(v, ${JSON.stringify(key)})`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `v.${key}` : `v[${JSON.stringify(key)}]`;
}

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function unionConditions(union: Union, context: GuardContext, around: Surroundings): readonly Condition[] {
  const { view, profile } = context;
  const { tag, variants, fields } = union;
  const declares = (variant: Union["variants"][number]): boolean =>
    messageOf(variant, view)?.fields.some((field) => field.name === tag?.field) ?? false;
  const key = tag && !variants.every(declares) ? access(jsonKey({ name: tag.field }, profile)) : undefined;
  const shapes = variants.map((variant) => {
    const shape = test(jsonForm(variant, profile), "v", around);
    const values = Object.entries(tag?.values ?? {}).filter(
      ([, name]) => variant.kind === "named" && variant.name === name,
    );
    if (key === undefined || values.length === 0) return shape;
    const tags = values.map(([value]) => `${key} === ${JSON.stringify(value)}`).join(" || ");
    return all([values.length > 1 ? `(${tags})` : tags, shape]);
  });
  const common = fields || key !== undefined ? objectConditions({ fields: fields ?? [] }, context, around) : [];
  return [...common, ...anyOf(shapes)];
}
