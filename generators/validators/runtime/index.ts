import type { OutputFile } from "../../../model/index.ts";
import { engineSource } from "./engine.ts";
import { explainSource } from "./explain.ts";
import { formatsSource, formatTablesSource, formatTests } from "./formats.ts";
import { guardsSource } from "./guards.ts";
import { header } from "./header.ts";
import { validatorsSource } from "./validators.ts";

export { formatTests } from "./formats.ts";

const declarations = `
/** Something that is wrong with a value. */
export interface Violation {
  /** Where, as a JSON pointer: \`/items/0/id\`; empty for the value itself. */
  readonly path: string;
  /** The rule that is broken, named as in JSON Schema where it has a name there. */
  readonly keyword: string;
  /** The field that is missing or not declared; the path is that of the object it belongs to. */
  readonly property?: string;
  /** One sentence: what was expected, and what was found. */
  readonly message: string;
  /** What was expected, in words: \`a UUID\`. */
  readonly expected: string;
}

/** How strict to be. */
export interface ValidateOptions {
  /** What to do about fields that are not declared; they are ignored when nothing is said. */
  readonly unknown?: "error" | "ignore";
}

/** All that can be done with one shape. */
export interface Validator<T> {
  /** The name of the event, or of an operation, its version and side. */
  readonly name: string;
  readonly is: (value: unknown) => value is T;
  readonly validate: (value: unknown, options?: ValidateOptions) => readonly Violation[];
  readonly assert: (value: unknown) => asserts value is T;
}

/** Thrown by assertions. */
export declare class ValidationError extends Error {
  readonly name: "ValidationError";
  /** All that is wrong with the value; never empty. */
  readonly violations: readonly Violation[];
}
`;

const shared = [...Object.values(formatTests), "canonical", "matches", "own", "plainCopy"].sort();

/**
 * What the validators of all systems have in common. Guards have a module of their own, so that who imports one guard does
 * not bring the schema engine along.
 */
export const runtimeFiles: readonly OutputFile[] = [
  { path: "runtime/guards.js", content: [header, guardsSource, formatsSource].join("") },
  {
    path: "runtime/validate.js",
    content: [
      header,
      '\nimport { _, Ajv2020 } from "ajv/dist/2020.js";\n',
      `import {\n${shared.map((name) => `  ${name},\n`).join("")}} from "./guards.js";\n`,
      validatorsSource,
      formatTablesSource,
      engineSource,
      explainSource,
    ].join(""),
  },
  { path: "runtime/validate.d.ts", content: header + declarations },
];
