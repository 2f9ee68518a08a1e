import type { System, View } from "../../model/index.ts";
import { engineCall, pure } from "./expressions.ts";
import type { TagLookup } from "./tag-lookup.ts";
import { type Target, validatorName } from "./targets.ts";
import { quote } from "./text.ts";

/** The ways to find a validator: by the name of an event, by any name, and by the tag that events carry. */
export function lookupTexts(
  view: View,
  system: System,
  targets: readonly Target[],
  tags: TagLookup | undefined,
): readonly string[] {
  const byName = new Map(targets.flatMap((target) => target.names.map((name) => [name, target] as const)));
  const row = (key: string, name: string): string => {
    const target = byName.get(name);
    return target ? `  [${key}, ${validatorName(target)}],\n` : "";
  };
  const rows = (names: readonly string[]): string => names.map((name) => row(quote(name), name)).join("");

  const events = view.events(system.name).map(({ name }) => name);
  const others = [...byName.keys()].filter((name) => !events.includes(name));
  const tagged = (tags?.events ?? []).map(([value, event]) =>
    row(typeof value === "string" ? quote(value) : String(value), event),
  );
  const byEvent = `const events = ${pure(`new Map([\n${rows(events)}])`)};\nexport const validateEvent = ${engineCall("validateNamed", "events")};`;
  // Every row is written out: bundlers keep what is spread, for who knows what an iterator does.
  const byAnyName = `const all = ${pure(`new Map([\n${rows([...events, ...others])}])`)};`;
  const validatorFor = (map: string): string => `export const validatorFor = (name) => ${map}.get(name);`;
  return [
    ...(events.length > 0 ? [byEvent] : []),
    others.length > 0 || events.length === 0 ? `${byAnyName}\n${validatorFor("all")}` : validatorFor("events"),
    ...(tags ? [`const byType = ${pure(`new Map([\n${tagged.join("")}])`)};\n${validateByType(tags)}`] : []),
  ];
}

const validateByType = ({ key }: TagLookup): string =>
  `export const validateByType = ${engineCall("validateTagged", quote(key), "byType")};`;
