import type { OutputFile } from "../../../model/index.ts";
import { header } from "./header.ts";

const source = `
import { own } from "./guards.js";

/** The value that a text stands for; undefined where it stands for none of its kind, or for one that would be changed. */
const forms = {
  text: (text) => text,
  integer: (text) => {
    const value = /^-?[0-9]+$/.test(text) ? Number(text) : NaN;
    return Number.isSafeInteger(value) ? value + 0 : undefined;
  },
  number: (text) => {
    const value = /^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : NaN;
    return Number.isFinite(value) ? value + 0 : undefined;
  },
  boolean: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  json: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
};

const expectations = {
  integer: "an integer that a number holds exactly",
  number: "a number",
  boolean: "true or false",
  json: "JSON",
};

/**
 * Makes a function that reads an environment. The text is judged by one validator, what it becomes by another; a value that
 * neither has refused is a field.
 */
export const readerOf = (texts, values, rows) => (environment) => {
  if (typeof environment !== "object" || environment === null) return refused(texts.validate(environment), {});
  const given = new Map(rows.map(([variable]) => [variable, own(environment, variable)]));
  const present = Object.fromEntries([...given].filter(([, text]) => text !== undefined));
  const violations = texts
    .validate(present)
    .filter(({ path, property }) => given.has(path === "" ? property : variableOf(path)));
  const wrong = new Set(violations.map(({ path }) => variableOf(path)));

  const found = [];
  for (const [variable, key, form] of rows) {
    const text = given.get(variable);
    if (text === undefined || wrong.has(variable)) continue;
    const value = forms[form](text);
    if (value === undefined) violations.push(unreadable(variable, expectations[form], text));
    else found.push([key, value]);
  }

  const variables = new Map(rows.map(([variable, key]) => [key, variable]));
  const misfits = values.validate(Object.fromEntries(found)).filter(({ path }) => path !== "");
  const unfit = new Set(misfits.map(({ path }) => variableOf(path)));
  for (const violation of misfits) {
    const key = variableOf(violation.path);
    const rest = violation.path.slice(escapeStep(key).length + 1);
    violations.push(Object.freeze({ ...violation, path: "/" + escapeStep(variables.get(key)) + rest }));
  }
  const fields = Object.fromEntries(found.filter(([key]) => !unfit.has(key)));
  return violations.length > 0 ? refused(violations, fields) : Object.freeze({ ok: true, fields });
};

const refused = (violations, fields) => Object.freeze({ ok: false, fields, violations: Object.freeze([...violations]) });

/** The first step of a JSON pointer: the name of a variable, or of a field. */
const variableOf = (path) => (path.split("/")[1] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");

const escapeStep = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");

function unreadable(variable, expected, text) {
  const found = text.length > 40 ? "a string of " + text.length + " characters" : JSON.stringify(text);
  const message = "Expected " + expected + ", found " + found + ".";
  return Object.freeze({ path: "/" + escapeStep(variable), keyword: "text", message, expected });
}
`;

const declarations = `
import type { Violation } from "./validate.js";

/** An environment as programs find it, \`process.env\` for one. */
export interface EnvironmentVariables {
  readonly [variable: string]: string | undefined;
}

/** What an environment says: all fields, or as many of them as could be read, and what is wrong with the rest. */
export type EnvironmentReading<Fields> =
  | { readonly ok: true; readonly fields: Fields }
  | {
      readonly ok: false;
      readonly fields: Partial<Fields>;
      /** Their paths begin with the name of the variable: \`/STORAGE_SIZE\`. */
      readonly violations: readonly Violation[];
    };
`;

/** What functions that read an environment have in common. */
export const environmentRuntime: readonly OutputFile[] = [
  { path: "runtime/environment.js", content: header + source },
  { path: "runtime/environment.d.ts", content: header + declarations },
];
