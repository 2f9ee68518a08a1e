import {
  type JsonForm,
  type JsonProfile,
  jsonForm,
  jsonKey,
  messageOf,
  type Name,
  namesIn,
  objectForm,
  type TypeDecl,
  type Union,
  type View,
} from "../../model/index.ts";
import { namesInForm, type Recursion } from "./recursion.ts";

type Literal = string | number | boolean;

/** One way to take a value that has parts. */
interface Branch {
  readonly kind: "array" | "object";
  /** The types that the parts of the value, or the value itself, are asked about. */
  readonly names: readonly Name[];
  /** What must stand in some fields: a guard that finds something else there asks no further. */
  readonly literals: ReadonlyMap<string, readonly Literal[]>;
}

/**
 * The types whose guards remember their verdicts. Where a union leads back to itself by several variants of one kind and no
 * tag tells them apart, each variant asks about the same parts again: twice as often with every level.
 */
export function findRepeating(view: View, profile: JsonProfile, recursion: Recursion): ReadonlySet<Name> {
  const names = [...recursion.reachable].filter(recursion.isRecursive);
  const found = new Set<Name>();
  const seen = new Set<Name>();
  for (const name of names) {
    if (seen.has(name)) continue;
    const cycle = new Set(names.filter((other) => recursion.isLoop(name, other)));
    const repeats = [...cycle].some((member) => asksAgain(view.type(member), cycle, view, profile));
    for (const member of cycle) {
      seen.add(member);
      if (repeats) found.add(member);
    }
  }
  return found;
}

function asksAgain(decl: TypeDecl, cycle: ReadonlySet<Name>, view: View, profile: JsonProfile): boolean {
  const isInCycle = (name: Name): boolean => cycle.has(name);
  const branches = (form: JsonForm): readonly Branch[] =>
    branchesOf(form, view, profile).filter(({ names }) => names.some(isInCycle));
  if (decl.kind === "union") {
    const ways = branches({ kind: "named", name: decl.name });
    const common = (decl.fields ?? []).flatMap((field) => namesIn(field.type));
    // What all variants have in common is asked for beside them, and may be declared by one of them as well.
    if (areAlike(ways) || (ways.length > 0 && common.some(isInCycle))) return true;
  }
  return formsOf(decl, profile)
    .flatMap(choicesIn)
    .some((choice) => areAlike(branches(choice)));
}

/** True when two of the ways are for values that nothing tells apart at first sight. */
const areAlike = (ways: readonly Branch[]): boolean =>
  ways.some((one, at) => ways.slice(at + 1).some((other) => one.kind === other.kind && !areApart(one, other)));

const areApart = (one: Branch, other: Branch): boolean =>
  [...one.literals].some(([key, values]) => {
    const others = other.literals.get(key);
    return others !== undefined && !values.some((value) => others.includes(value));
  });

function formsOf(decl: TypeDecl, profile: JsonProfile): readonly JsonForm[] {
  switch (decl.kind) {
    case "message":
    case "union":
      return objectForm({ fields: decl.fields ?? [] }, profile).properties.map(({ form }) => form);
    case "alias":
      return [jsonForm(decl.type, profile)];
    case "external":
      return decl.as ? [jsonForm(decl.as, profile)] : [];
    case "enum":
      return [];
  }
}

/** The unions without a name within a form. */
function choicesIn(form: JsonForm): readonly JsonForm[] {
  switch (form.kind) {
    case "list":
      return choicesIn(form.item);
    case "map":
      return choicesIn(form.value);
    case "union":
      return [form, ...form.variants.flatMap(choicesIn)];
    default:
      return [];
  }
}

/** The ways in which a form takes a value that has parts, through the unions and aliases it names. */
function branchesOf(form: JsonForm, view: View, profile: JsonProfile, within: readonly Name[] = []): readonly Branch[] {
  const inner = (part: JsonForm, more: readonly Name[] = within): readonly Branch[] =>
    branchesOf(part, view, profile, more);
  switch (form.kind) {
    case "list":
    case "map":
      return [{ kind: form.kind === "list" ? "array" : "object", names: namesInForm(form), literals: new Map() }];
    case "union":
      return form.variants.flatMap((variant) => inner(variant));
    case "named": {
      const { name } = form;
      if (within.includes(name)) return [];
      const decl = view.type(name);
      if (decl.kind === "message") return [{ kind: "object", names: [name], literals: literalsOf(decl, profile) }];
      if (decl.kind !== "union") return formsOf(decl, profile).flatMap((part) => inner(part, [...within, name]));
      return decl.variants.flatMap((variant) => {
        const tags = tagLiterals(decl, variant, view, profile);
        const found = inner(jsonForm(variant, profile), [...within, name]);
        return found.map((branch) => ({ ...branch, literals: new Map([...branch.literals, ...tags]) }));
      });
    }
    default:
      return [];
  }
}

function literalsOf(
  message: Parameters<typeof objectForm>[0],
  profile: JsonProfile,
): ReadonlyMap<string, readonly Literal[]> {
  const { properties } = objectForm(message, profile);
  return new Map(
    properties.flatMap(({ name, form, required }) =>
      required && form.kind === "literal" ? [[name, [form.value]] as const] : [],
    ),
  );
}

/** What a union asks for in its tag before it asks a variant. */
function tagLiterals(
  { tag, variants }: Union,
  variant: Union["variants"][number],
  view: View,
  profile: JsonProfile,
): ReadonlyMap<string, readonly Literal[]> {
  const declares = (type: Union["variants"][number]): boolean =>
    messageOf(type, view)?.fields.some((field) => field.name === tag?.field) ?? false;
  if (!tag || variants.every(declares)) return new Map();
  const values = Object.entries(tag.values).flatMap(([value, name]) =>
    variant.kind === "named" && variant.name === name ? [value] : [],
  );
  return values.length > 0 ? new Map([[jsonKey({ name: tag.field }, profile), values]]) : new Map();
}
