import { compareText, type Event, type OutputFile, type View } from "../../model/index.ts";
import { sampleMaker, wireText } from "../../verify/index.ts";
import type { PackageConfig } from "../config.ts";
import { type EventNames, eventNames } from "./event-names.ts";

/** Shorter ones show too little. */
const leastLength = 150;

/** A program that uses the package: an event of the model with its type and its validators; absent when there is none. */
export function example(
  { name }: PackageConfig,
  view: View,
  files: ReadonlyMap<string, OutputFile>,
): { readonly program: string; readonly event: Event } | undefined {
  const [found] = view.systems
    .flatMap((system) =>
      view.events(system.name).flatMap((event) => {
        const { type, stem } = eventNames(event, files);
        if (type === undefined || stem === undefined) return [];
        const samples = [...sampleMaker(view, system, event, { seed: 1 }).valid(2)].map(({ value }) => wireText(value));
        return samples.map((text) => ({ event, names: { type, stem }, text }));
      }),
    )
    .sort((a, b) => cost(a.text) - cost(b.text) || compareText(a.event.name, b.event.name));
  return found && { event: found.event, program: programText(name, found.event.system, found.names, found.text) };
}

/** How far a sample is from one that is short and still shows something. */
const cost = ({ length }: string): number => (length < leastLength ? 1e6 - length : length);

function programText(
  packageName: string,
  system: string,
  { type, stem }: Required<Pick<EventNames, "type" | "stem">>,
  sample: string,
): string {
  const imported = /^\w+/.exec(type)?.[0] ?? type;
  return [
    `import type { ${imported} } from "${packageName}/${system}";`,
    `import { is${stem}, validate${stem} } from "${packageName}/${system}/validators";`,
    "",
    `const event: ${type} = ${indented(sample)};`,
    "",
    "const received: unknown = JSON.parse(JSON.stringify(event));",
    `if (is${stem}(received)) console.log("It is one.");`,
    `else for (const { path, message } of validate${stem}(received)) console.error(path, message);`,
  ].join("\n");
}

/** JSON over several lines. Numbers keep their digits: they are not read on the way. */
function indented(json: string): string {
  let depth = 0;
  return json.replace(/"(?:\\.|[^"\\])*"|\{\}|\[\]|[{}[\],:]|[^"{}[\],:]+/g, (token) => {
    if (token === "{" || token === "[") return `${token}\n${"  ".repeat(++depth)}`;
    if (token === "}" || token === "]") return `\n${"  ".repeat(--depth)}${token}`;
    if (token === ",") return `,\n${"  ".repeat(depth)}`;
    return token === ":" ? ": " : token;
  });
}
