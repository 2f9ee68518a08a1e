import { assertNever, integerBounds, type JsonForm, localName, type MapKey, type Name } from "../../model/index.ts";
import { formatTests } from "./runtime/index.ts";

/** What the writer of one guard knows beside the form. */
export interface Surroundings {
  /** True when a reference to that type must count depth. */
  readonly isLoop: (name: Name) => boolean;
  /** True when what has been found out about a value is handed on to such a reference. */
  readonly remembers: boolean;
  /** The name of a constant that holds a regular expression. */
  readonly pattern: (source: string) => string;
}

/** A function that guards are made of. Its module is imported under a sign that no name made from a source contains. */
export const runtime = (name: string): string => `$.${name}`;

/** A call of what brings the schema engine along; without its result nobody misses it, which bundlers must be told. */
export const engineCall = (name: string, ...parameters: readonly string[]): string =>
  pure(`$$.${name}(${parameters.join(", ")})`);

/** A call that bundlers leave out where its result is not used. */
export const pure = (call: string): string => `/* @__PURE__ */ ${call}`;

/** The name of a type's guard; the underscore keeps it apart from what is exported. */
export const guardName = (stem: string): string => `is${stem}_`;

/** The name of the guard of a shape that is no type; a type may have the same stem. */
export const shapeGuardName = (stem: string): string => `fits${stem}_`;

/**
 * An expression that is true only for values of a form; `undefined` where every value is one. `v` is an expression that
 * may be read several times, `level` how many functions lie around it.
 */
export function test(form: JsonForm, v: string, around: Surroundings, level = 0): string | undefined {
  const call = (name: string, ...more: readonly string[]) => `${runtime(name)}(${[v, ...more].join(", ")})`;
  switch (form.kind) {
    case "boolean":
      return `typeof ${v} === "boolean"`;
    case "string":
      return stringTest(form, v, around);
    case "integer":
    case "number":
      return numberTest(form, v);
    case "literal":
      return `${v} === ${JSON.stringify(form.value)}`;
    case "named": {
      const name = guardName(localName(form.name));
      if (!around.isLoop(form.name)) return `${name}(${v})`;
      return `${name}(${v}, depth + 1${around.remembers ? ", verdicts" : ""})`;
    }
    case "list": {
      const item = each(form.item, around, level);
      return all([
        item ? call("every", item) : `Array.isArray(${v})`,
        form.minItems !== undefined && `${v}.length >= ${form.minItems}`,
        form.maxItems !== undefined && `${v}.length <= ${form.maxItems}`,
        form.unique && call("isUnique"),
      ]);
    }
    case "map": {
      const item = each(form.value, around, level);
      const key = keyTest(form.key);
      return all([item ? call("everyValue", item) : call("isObject"), key && call("everyKey", key)]);
    }
    case "union": {
      if (form.variants.length === 0) return "false";
      const tests = form.variants.map((variant) => test(variant, v, around, level));
      return tests.includes(undefined) ? undefined : `(${tests.join(" || ")})`;
    }
    case "object":
      return call("isObject");
    case "any":
      return undefined;
    default:
      return assertNever(form);
  }
}

/** All of some conditions, without those that hold anyway. */
export const all = (conditions: readonly (string | false | undefined)[]): string =>
  conditions.filter((condition) => typeof condition === "string").join(" && ");

/** A test as a function of its own: by name where it has one. */
function each(form: JsonForm, around: Surroundings, level: number): string | undefined {
  const v = ["x", "y", "z"][level] ?? `x${level}`;
  const body = test(form, v, around, level + 1);
  const named = body && /^([\w$.]+)\((\w+)\)$/.exec(body);
  return named && named[2] === v ? named[1] : body && `(${v}) => ${body}`;
}

function stringTest(form: JsonForm & { kind: "string" }, v: string, around: Surroundings): string {
  const { minLength = 0, maxLength, pattern } = form;
  return all([
    form.format ? `${runtime(formatTests[form.format])}(${v})` : `typeof ${v} === "string"`,
    minLength === 1 && `${v} !== ""`,
    minLength > 1 && `${runtime("codePoints")}(${v}) >= ${minLength}`,
    // There are never more code points than units.
    maxLength !== undefined && `(${v}.length <= ${maxLength} || ${runtime("codePoints")}(${v}) <= ${maxLength})`,
    pattern !== undefined && `${runtime("matches")}(${around.pattern(pattern)}, ${v})`,
  ]);
}

const integerTests = { int32: "isInt32", uint32: "isUint32", int64: "isInt64", uint64: "isUint64" } as const;

function numberTest(form: JsonForm & { kind: "integer" | "number" }, v: string): string {
  const { minimum, maximum } = form;
  const isInteger = form.kind === "integer";
  for (const scalar of ["int32", "uint32", "int64", "uint64"] as const) {
    const [least, most] = integerBounds[scalar];
    if (isInteger && minimum === least && maximum === most) return `${runtime(integerTests[scalar])}(${v})`;
  }
  return all([
    `Number.${isInteger ? "isInteger" : "isFinite"}(${v})`,
    minimum !== undefined && `${v} >= ${minimum}`,
    maximum !== undefined && `${v} <= ${maximum}`,
  ]);
}

function keyTest(key: MapKey): string | undefined {
  if (key === "string") return undefined;
  return key === "bool" ? '(key) => key === "true" || key === "false"' : runtime(formatTests[key]);
}
