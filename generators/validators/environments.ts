import { type Environment, localName, type OutputFile, type View } from "../../model/index.ts";
import { pure } from "./expressions.ts";
import { environmentRuntime } from "./runtime/environment.ts";
import { type Target, validatorName } from "./targets.ts";
import { commentLine, parameterList, quote } from "./text.ts";

/** True for an environment that says something of the events. */
export const isRead = ({ fields }: Environment): boolean => fields !== undefined;

/** What a module that reads environments imports. */
export const environmentImport = 'import * as $$$ from "../runtime/environment.js";';

/** What the declarations of such a module import, and hand on. */
export const environmentTypes = {
  import: 'import type { EnvironmentReading, EnvironmentVariables } from "../runtime/environment.js";',
  export: 'export type { EnvironmentReading, EnvironmentVariables } from "../runtime/environment.js";',
};

/** The function that turns an environment into the fields of its producer's events. */
export function environmentReader(environment: Environment, targets: readonly Target[]): string {
  const validator = (type: string | undefined): string => {
    const target = targets.find(({ shape }) => shape.kind === "named" && shape.name === type);
    if (!target) throw new Error(`There is no validator of ${type}.`);
    return validatorName(target);
  };
  const rows = environment.variables.map((row) => `  [${[row.variable, row.key, row.form].map(quote).join(", ")}],\n`);
  const validators = [validator(environment.type), validator(environment.fields)];
  return `export const ${readerName(environment)} = ${pure(`$$$.readerOf(${validators.join(", ")}, [\n${rows.join("")}])`)};`;
}

/** Its declaration. */
export function environmentDeclaration(environment: Environment): string {
  const { component, fields = "" } = environment;
  const title = component.aliases?.[0] ?? component.name;
  const about = `Turns the environment of ${title} into fields of its events; what is missing, or is no such value, is told.`;
  const result = `EnvironmentReading<types.${localName(fields)}>`;
  const head = `export declare function ${readerName(environment)}(`;
  return `/** ${commentLine(about)} */\n${parameterList(head, ["environment: EnvironmentVariables"], `): ${result};`)}`;
}

const readerName = ({ type }: Environment): string => `read${localName(type)}`;

/** The runtime of these functions, where any system of the model has producers whose environment feeds events. */
export function environmentFiles({ model }: View): readonly OutputFile[] {
  const isFed = model.decls.some(
    (decl) => decl.kind === "component" && decl.role === "producer" && Object.keys(decl.feeds ?? {}).length > 0,
  );
  return isFed ? environmentRuntime : [];
}
