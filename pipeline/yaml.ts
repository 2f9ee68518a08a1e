import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import {
  type Diagnostic,
  type Json,
  nearest,
  type OptionsSchema,
  type Report,
  type SourceFile,
  type Span,
} from "../model/index.ts";
import { missingKey, unknownKey, wrongValue, yamlSyntax } from "./diagnostics.ts";

/** A YAML text as data that knows where each of its values stands. */
export interface YamlFile {
  readonly value: Json;
  /** The span of the value at a path; with `key`, of the key that leads to it. A missing end falls back to its parent. */
  readonly span: (path: readonly (string | number)[], key?: "key") => Span;
}

/**
 * Parses YAML 1.2 and checks it against a JSON Schema. Every fault is a finding at its own place, an unknown key with the
 * nearest known one. Returns `undefined` when there was any. `empty` is what a file without content stands for. Aliases are limited, so that a small file stays small.
 */
export function readYaml(
  source: SourceFile,
  schema: OptionsSchema,
  report: Report,
  empty?: Json,
): YamlFile | undefined {
  const document = parseDocument(source.text, {
    lineCounter: new LineCounter(),
    prettyErrors: false,
    uniqueKeys: true,
  });
  const span = spans(source, document);
  // One slip makes the parser stumble over much of what follows.
  for (const { message, pos } of document.errors.slice(0, 3))
    report(yamlSyntax({ path: source.path, start: pos[0], end: pos[1] }, { what: `${message.replace(/\.?$/, ".")}` }));
  if (document.errors.length > 0) return undefined;
  let value: Json;
  try {
    value = (document.toJS({ maxAliasCount: 100 }) as Json) ?? empty ?? null;
  } catch (error) {
    report(yamlSyntax({ path: source.path, start: 0, end: 0 }, { what: `${(error as Error).message}.` }));
    return undefined;
  }
  const errors = check(value, schema);
  for (const finding of findings(errors, span)) report(finding);
  return errors.length > 0 ? undefined : { value, span };
}

/** Checks values against a schema; the errors are ajv's. */
export function check(value: Json, schema: OptionsSchema): readonly ErrorObject[] {
  const validate = compiled.get(schema) ?? compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** Compiling takes far longer than checking, and a project has many overlays: a memo, which changes no result. */
const compiled = new WeakMap<OptionsSchema, ValidateFunction>();

function compile(schema: OptionsSchema): ValidateFunction {
  const settings = { allErrors: true, strict: false, verbose: true, ownProperties: true, validateFormats: false };
  const validate = new Ajv2020(settings).compile(schema);
  compiled.set(schema, validate);
  return validate;
}

/** Turns schema errors into findings at the places they are about, each place once. */
export function findings(
  errors: readonly ErrorObject[],
  span: YamlFile["span"],
  base: readonly (string | number)[] = [],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const path = [...base, ...pointer(error.instancePath)];
    const place = path.length === 0 ? "at the top level" : `in ${path.join(".")}`;
    const once = (finding: Diagnostic): readonly Diagnostic[] => {
      const key = `${finding.code} ${finding.span?.start} ${finding.message}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [finding];
    };
    switch (error.keyword) {
      case "additionalProperties":
      case "unevaluatedProperties": {
        const key = String(error.params.additionalProperty ?? error.params.unevaluatedProperty);
        const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
        return once(unknownKey(span([...path, key], "key"), { key, place, near: nearest(key, known), known }));
      }
      case "required":
        return once(missingKey(span(path, "key"), { key: String(error.params.missingProperty), place }));
      case "anyOf":
      case "oneOf":
      case "if":
        return [];
      case "enum": {
        const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
        const near = nearest(String(error.data), allowed);
        const hint = near ? `Did you mean ${near}?` : `Use one of ${allowed.join(", ")}.`;
        return once(wrongValue(span(path), { place, fact: `is ${JSON.stringify(error.data)}`, allowed: hint }));
      }
      case "type":
        return once(
          wrongValue(span(path), {
            place,
            fact: `must be ${withArticle(String(error.params.type))}`,
            allowed: undefined,
          }),
        );
      default:
        return once(wrongValue(span(path), { place, fact: error.message ?? "does not fit", allowed: undefined }));
    }
  });
}

const withArticle = (type: string): string => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type.replace(",", " or ")}`);

const pointer = (text: string): readonly string[] =>
  text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function spans(source: SourceFile, document: Document): YamlFile["span"] {
  const at = (range: readonly [number, number, number] | null | undefined): Span =>
    range ? { path: source.path, start: range[0], end: range[1] } : { path: source.path, start: 0, end: 0 };
  return (path, key) => {
    for (let length = path.length; length >= 0; length--) {
      const part = path.slice(0, length).map((step) => (/^\d+$/.test(String(step)) ? Number(step) : step));
      if (key && length > 0) {
        const parent = document.getIn(part.slice(0, -1), true);
        const pair = isMap(parent)
          ? parent.items.find(
              (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path[length - 1]),
            )
          : undefined;
        if (pair && isScalar(pair.key)) return at(pair.key.range);
      }
      const node = length === 0 ? document.contents : document.getIn(part, true);
      if (isNode(node)) {
        const span = at(node.range);
        return isScalar(node) ? span : firstLine(source, span);
      }
    }
    return at(undefined);
  };
}

/** A mapping's span would cover everything in it: its first line is what a reader wants to see. */
function firstLine(source: SourceFile, span: Span): Span {
  const end = source.text.indexOf("\n", span.start);
  return { ...span, end: end < 0 ? span.end : Math.min(span.end, end) };
}
