import type { Environment, System, View } from "../../model/index.ts";
import { environmentDeclaration, environmentTypes, isRead } from "./environments.ts";
import type { TagLookup } from "./tag-lookup.ts";
import type { Target } from "./targets.ts";
import { commentLine, parameterList, quote } from "./text.ts";

/** The text of `validators.d.ts`. */
export function declarationText(
  view: View,
  system: System,
  targets: readonly Target[],
  tags: TagLookup | undefined,
  environments: readonly Environment[],
): string {
  const sections = [
    `// ${commentLine(view.header(system.name))}`,
    environments.some(isRead) ? `${environmentTypes.import}\n${imports}` : imports,
    environments.some(isRead) ? `${environmentTypes.export}\n${exports}` : exports,
    ...targets.map(functions),
    validatorMap(targets),
    ...(view.events(system.name).length > 0 ? [validateEvent] : []),
    ...(tags ? [validateByType(tags)] : []),
    ...environments.filter(isRead).map(environmentDeclaration),
  ];
  return `${sections.join("\n\n")}\n`;
}

const imports = `import type { ValidateOptions, Validator, Violation } from "../runtime/validate.js";
import type * as types from "./index.js";`;

const exports = `export { ValidationError } from "../runtime/validate.js";
export type { ValidateOptions, Validator, Violation } from "../runtime/validate.js";`;

const declare = (name: string, parameters: readonly string[], result: string): string =>
  parameterList(`export declare function ${name}(`, parameters, `): ${result};`);

function functions({ stem, names, batches, type }: Target): string {
  const subjects = names.map((name) => (batches.includes(name) ? `a line of ${name}` : name));
  return `/** ${commentLine(subjects.join(", "))} */
${declare(`is${stem}`, ["value: unknown"], `value is types.${type}`)}
${declare(`validate${stem}`, ["value: unknown", "options?: ValidateOptions"], "readonly Violation[]")}
${declare(`assert${stem}`, ["value: unknown"], `asserts value is types.${type}`)}`;
}

function validatorMap(targets: readonly Target[]): string {
  const rows = targets.flatMap(({ names, batches, type }) =>
    names.map((name) => `${batches.includes(name) ? line : ""}  readonly ${quote(name)}: Validator<types.${type}>;\n`),
  );
  return `/** All validators: by the name of an event, or of an operation, its version and side. */
export interface ValidatorMap {
${rows.join("")}}

export declare function validatorFor<Name extends keyof ValidatorMap>(name: Name): ValidatorMap[Name];
export declare function validatorFor(name: string): Validator<unknown> | undefined;`;
}

const line = "  /** Takes one line of the request, of which `OperationMap` lists all. */\n";

const validateEvent = `/** Validates an event by its name; a name that no event has is a violation. */
export declare function validateEvent(
  name: types.EventName | (string & {}),
  value: unknown,
  options?: ValidateOptions,
): readonly Violation[];`;

const validateByType = ({
  key,
}: TagLookup): string => `/** Validates an event by what stands in its own ${commentLine(quote(key))}. */
export declare function validateByType(value: unknown, options?: ValidateOptions): readonly Violation[];`;
