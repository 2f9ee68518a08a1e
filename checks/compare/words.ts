import type { Declared } from "../../model/index.ts";
import type { Tell, Told } from "./collect.ts";

/** Whatever has a description, and may be on its way out. */
interface Words {
  readonly doc?: string | undefined;
  readonly deprecated?: Declared["deprecated"] | undefined;
  readonly owners?: Declared["owners"] | undefined;
}

/** What is said about a thing and changes none of its values. */
export function compareWords(before: Words, after: Words, told: Told, tell: Tell): void {
  const place = { ...told, was: undefined, now: undefined };
  if (JSON.stringify(before.deprecated) !== JSON.stringify(after.deprecated)) {
    const words = after.deprecated?.reason ?? "deprecated";
    if (after.deprecated) tell("deprecated", { ...place, now: words }, { now: words });
    else tell("undeprecated", place, {});
  }
  if ((before.doc ?? "") !== (after.doc ?? ""))
    tell("documentation", { ...place, was: before.doc, now: after.doc }, {});
  const [old, next] = [before, after].map(({ owners }) => (owners ?? []).join(", "));
  if (old !== next) tell("owners", { ...place, was: old, now: next }, {});
}
