import type { Contents, Target } from "./targets.ts";
import { commentLine, propertyKey } from "./text.ts";

/** The text of `codecs/index.d.ts`. */
export function declarationText({ view, system, targets, events }: Contents): string {
  const sections = [
    `// ${commentLine(view.header(system.name))}`,
    `import type * as types from "../index.js";`,
    `export { CodecError } from "../../runtime/codec.js";`,
    ...targets.map(functions),
    ...(events.length > 0 ? [eventMap(events), eventFunctions] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

const functions = ({ message, stem }: Target): string => `/** \`${commentLine(message.name)}\` in binary. */
export declare function encode${stem}(value: types.${stem}): Uint8Array;
/** \`${commentLine(message.name)}\` as JSON. */
export declare function decode${stem}(bytes: Uint8Array): types.${stem};`;

function eventMap(events: Contents["events"]): string {
  const rows = events.map(
    ({ event }) => `  ${propertyKey(event.name)}: types.EventMap[${JSON.stringify(event.name)}];\n`,
  );
  return `/** The events that have a form in binary. */\nexport interface BinaryEventMap {\n${rows.join("")}}`;
}

const eventFunctions = `/** An event in binary, by its name. */
export declare function encodeEvent<Name extends keyof BinaryEventMap>(
  name: Name,
  value: BinaryEventMap[Name],
): Uint8Array;
/** An event as JSON, by its name. */
export declare function decodeEvent<Name extends keyof BinaryEventMap>(
  name: Name,
  bytes: Uint8Array,
): BinaryEventMap[Name];`;
