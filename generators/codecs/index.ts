import { type Generated, type Generator, type OutputFile, type Report, wireTypes } from "../../model/index.ts";
import { declarationText } from "./declarations.ts";
import * as say from "./diagnostics.ts";
import { projections } from "./ledger.ts";
import { moduleText } from "./module.ts";
import { runtimeFiles } from "./runtime/index.ts";
import { type Contents, contentsOf, type Target } from "./targets.ts";
import { commentLine } from "./text.ts";
import { loadTranspile } from "./transpile.ts";
import { loadTsProto } from "./ts-proto.ts";

/** Encoders and decoders for messages whose fields all have numbers: JSON as its system writes it, to binary and back. */
const codecs: Generator<unknown, Promise<Generated>> = {
  title: "Codecs: Protobuf in binary, by ts-proto",
  options: { type: "object", properties: {}, additionalProperties: false },
  requires: ["typescript"],
  async generate(view, { report }) {
    const wire = wireTypes(view);
    const all = view.systems.flatMap((system) => contentsOf(view, system, wire) ?? []);
    for (const { targets, events } of all) checkNames(targets, events.length > 0, report);
    const files = all.length === 0 ? [] : [...(await systemFiles(all)), ...runtimeFiles];
    return { files, projections: view.systems.flatMap((system) => projections(view, system, wire)) };
  },
};
export default codecs;

/** ts-proto and a compiler take a moment to load: only who writes codecs waits for them. */
async function systemFiles(all: readonly Contents[]): Promise<readonly OutputFile[]> {
  const [tsProto, transpile] = await Promise.all([loadTsProto(), loadTranspile()]);
  return all.flatMap((contents) => {
    const { view, system, descriptor } = contents;
    const folder = `${system.name}/codecs`;
    const head = `// ${commentLine(view.header(system.name))}\n// Messages as they are on the wire, by ts-proto.\n\n`;
    const { js, dts } = transpile(tsProto(descriptor.file));
    return [
      { path: `${folder}/index.js`, content: moduleText(contents) },
      { path: `${folder}/index.d.ts`, content: declarationText(contents) },
      { path: `${folder}/messages.js`, content: head + js },
      { path: `${folder}/messages.d.ts`, content: head + dts },
    ];
  });
}

/** The functions for all events, where there are events, take a name as well. */
function checkNames(targets: readonly Target[], hasEvents: boolean, report: Report): void {
  const taken = new Map<string, { readonly name: string; readonly target?: Target }>();
  if (hasEvents) taken.set("Event", { name: "all events" });
  for (const target of targets) {
    const { message, stem } = target;
    const other = taken.get(stem);
    if (!other) taken.set(stem, { name: message.name, target });
    else {
      const place = other.target?.message.origins[0]?.span;
      report(
        say.nameCollision(
          message.origins[0]?.span,
          { at: message.name, other: other.name, name: `encode${stem}` },
          place && [{ message: "The other is here.", span: place }],
        ),
      );
    }
  }
}
