import type { Event, Name } from "./model.ts";

/** Splits a name into words: at separators, at lower-to-upper changes, and before the last capital of a run. */
export function words(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
}

/** `app_runtime`, from any spelling. */
export const snakeCase = (text: string): string => words(text).join("_").toLowerCase();

/** `LAUNCH_PLAN`, from any spelling. */
export const upperSnakeCase = (text: string): string => words(text).join("_").toUpperCase();

/** `AppRuntime`. Two numbers that meet keep an underscore between them: `v2_16` is `V2_16`. */
export function pascalCase(text: string): string {
  return words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .reduce((all, word) => all + (/\d$/.test(all) && /^\d/.test(word) ? "_" : "") + word, "");
}

/** The lowerCamelCase of a snake_case field name, by the rule of the Protobuf JSON mapping. */
export const lowerCamelCase = (text: string): string =>
  text.replace(/_+([a-zA-Z0-9]?)/g, (_, next: string) => next.toUpperCase());

/** The part of a qualified name after its last dot. */
export const lastSegment = (name: Name): string => name.slice(name.lastIndexOf(".") + 1);

/** The part of a qualified name before its last dot, empty for a bare name. */
export const scopeOf = (name: Name): string => name.slice(0, Math.max(0, name.lastIndexOf(".")));

/**
 * The name a declaration has within the output of its system: without its root package, the rest in PascalCase, and
 * without saying again what its scope has just said: `h2o.app.AppRuntime` is `AppRuntime`, `h2o.mlops.Project` is
 * `MlopsProject`, `flyteidl.event.TaskExecutionEvent` is `TaskExecutionEvent`.
 */
export function localName(name: Name): string {
  const segments = name.split(".").map(pascalCase);
  return (segments.length > 1 ? segments.slice(1) : segments).reduce(joinSegments);
}

function joinSegments(scope: string, segment: string): string {
  const [outer, inner] = [scope.toLowerCase(), segment.toLowerCase()];
  if (inner.endsWith(outer) && isWordStart(segment, segment.length - scope.length)) return segment;
  // The longest run of whole words that ends the scope and begins the segment is said once.
  for (let from = 0; from < scope.length; from++) {
    const length = scope.length - from;
    if (isWordStart(scope, from) && isWordStart(segment, length) && inner.startsWith(outer.slice(from)))
      return scope.slice(0, from) + segment;
  }
  return joinWords(scope, segment);
}

const isWordStart = (text: string, at: number): boolean =>
  at === 0 || at === text.length || /[A-Z]/.test(text.charAt(at));

const joinWords = (a: string, b: string): string => a + (/\d$/.test(a) && /^\d/.test(b) ? "_" : "") + b;

/** An event's name without its system: `app.create` of `h2o.app.create`; a name that lacks it stays whole. */
export const eventStem = (event: Pick<Event, "name" | "system">): string =>
  event.name.startsWith(`${event.system}.`) ? event.name.slice(event.system.length + 1) : event.name;

/** The identifier of an event in code: `AppCreate`, `XumiWeightsLoadStart`. */
export const eventTypeName = (event: Pick<Event, "name" | "system">): string => pascalCase(eventStem(event));
