import {
  compareText,
  type Environment,
  type JsonForm,
  type Message,
  type Name,
  namesIn,
  type System,
  type View,
} from "../../model/index.ts";
import { findRepeating } from "./choices.ts";
import { environmentImport, environmentReader, isRead } from "./environments.ts";
import { engineCall, guardName, pure, runtime, shapeGuardName } from "./expressions.ts";
import { type GuardContext, shapeGuard, typeGuard } from "./guards.ts";
import { lookupTexts } from "./lookups.ts";
import { findRecursion, namesInForm, type Recursion } from "./recursion.ts";
import type { TagLookup } from "./tag-lookup.ts";
import { type Target, validatorName } from "./targets.ts";
import { commentLine, quote } from "./text.ts";

/** The text of `validators.js`: a guard per type, then the validators, then the ways to find one. */
export function moduleText(
  view: View,
  system: System,
  targets: readonly Target[],
  tags: TagLookup | undefined,
  environments: readonly Environment[],
): string {
  const recursion = findRecursion(
    targets.flatMap(({ shape }) => namesInShape(shape)),
    view,
  );
  const repeating = findRepeating(view, system.json, recursion);
  const patterns = new Map<string, string>();
  const context: GuardContext = {
    view,
    profile: system.json,
    isRecursive: recursion.isRecursive,
    isLoop: recursion.isLoop,
    isRepeating: (name) => repeating.has(name),
    pattern: (source) => {
      const name = patterns.get(source) ?? `pattern${patterns.size + 1}`;
      patterns.set(source, name);
      return name;
    },
  };
  const guards = [
    ...[...recursion.reachable].sort(compareText).map((name) => typeGuard(view.type(name), context)),
    ...targets.flatMap(({ stem, shape }) => (shape.kind === "named" ? [] : [shapeGuard(stem, shape, context)])),
  ];
  const lookups = lookupTexts(view, system, targets, tags);
  const sections = [
    `// ${commentLine(view.header(system.name))}`,
    environments.some(isRead) ? `${imports}\n${environmentImport}` : imports,
    'export { ValidationError } from "../runtime/validate.js";',
    [...patterns].map(([source, name]) => `const ${name} = ${pure(`new RegExp(${quote(source)}, "u")`)};`).join("\n"),
    guards.length > 0
      ? `// What a guard takes is valid; what it refuses is for the schema to explain.\n\n${guards.join("\n\n")}`
      : "",
    `const define = ${engineCall("createDefine", "{ closed, open }")};`,
    ...targets.map((target) => validatorText(target, recursion)),
    ...lookups,
    ...environments.filter(isRead).map((environment) => environmentReader(environment, targets)),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const imports = `import * as $ from "../runtime/guards.js";
import * as $$ from "../runtime/validate.js";
import { closed, open } from "./schemas/index.js";`;

const namesInShape = (shape: Message | JsonForm): readonly Name[] =>
  shape.kind === "message" ? shape.fields.flatMap((field) => namesIn(field.type)) : namesInForm(shape);

/**
 * The guard stands on its own; what is built on the schema engine is called in ways that bundlers may leave out. Where a
 * type contains itself, the engine decides how deep is too deep.
 */
function validatorText(target: Target, recursion: Recursion): string {
  const { stem, names, shape } = target;
  const name = validatorName(target);
  const guard = shape.kind === "named" ? guardName(stem) : shapeGuardName(stem);
  const parameters = [quote(names[0] ?? ""), guard];
  const define = (...more: readonly string[]): string =>
    `const ${name} = ${pure(`define(${[...parameters, ...more].join(", ")})`)};`;
  return [
    ...(recursion.leadsToRecursion(namesInShape(shape))
      ? [define(), `export const is${stem} = ${engineCall("isOf", name)};`]
      : [`export const is${stem} = ${pure(`${runtime("decides")}(${guard})`)};`, define(`is${stem}`)]),
    `export const validate${stem} = ${engineCall("validateOf", name)};`,
    `export const assert${stem} = ${engineCall("assertOf", name)};`,
  ].join("\n");
}
