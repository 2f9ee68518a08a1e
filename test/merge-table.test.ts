import { expect, test } from "vitest";
import { kinds, type Shape } from "../model/merge/kinds.ts";
import { modelSchema } from "../pipeline/index.ts";

/** A fact that the table of `model/merge/kinds.ts` lacks would be lost where only the second of two sources states it. */
const defs = modelSchema.$defs as unknown as Readonly<Record<string, Schema>>;
interface Schema {
  readonly properties: Readonly<Record<string, Schema & { readonly items?: Schema & { readonly $ref?: string } }>>;
}

/** What makes two things one is no fact about them, and a JSON profile is the configuration's alone. */
const identity = new Set(["kind", "name", "version", "system", "origins", "json"]);

function lacking(at: string, { properties }: Schema, shape: Shape): readonly string[] {
  const facts = new Set(shape.facts.map(({ key }) => key));
  return Object.entries(properties).flatMap(([key, { items }]) => {
    if (identity.has(key) || facts.has(key)) return [];
    const members = shape.members?.find((list) => list.key === key);
    if (!members) return [`${at}.${key}`];
    const name = items?.$ref?.replace("#/$defs/", "");
    const member = name === undefined ? items : defs[name];
    return member?.properties ? lacking(`${at}.${key}`, member, members.shape) : [];
  });
}

test.each(Object.entries(kinds))("every fact of a %s can come from any of its sources", (kind, shape) => {
  const def = defs[kind.charAt(0).toUpperCase() + kind.slice(1)];
  expect(def && lacking(kind, def, shape)).toEqual([]);
});
