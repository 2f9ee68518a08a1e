import type { Generated, Generator, Report, System, View } from "../../model/index.ts";
import { collectContents } from "./contents.ts";
import { writeDeclarationFile } from "./declaration-file.ts";
import { projectionsOf } from "./ledger.ts";
import { writeRuntimeFile } from "./runtime-file.ts";
import { createScope } from "./scope.ts";

/** Types for TypeScript: what every event, every type and every version of an operation looks like as JSON. */
const typescript: Generator = {
  title: "TypeScript types",
  options: { type: "object", properties: {}, additionalProperties: false },
  generate(view, { report }): Generated {
    const systems = view.systems.map((system) => generateSystem(view, system, report));
    return {
      files: systems.flatMap((system) => system.files),
      projections: systems.flatMap((system) => system.projections),
    };
  },
};

export default typescript;

function generateSystem(view: View, system: System, report: Report): Generated {
  const scope = createScope(view, system, report);
  const contents = collectContents(scope);
  return {
    files: [
      { path: `${system.name}/index.d.ts`, content: writeDeclarationFile(scope, contents) },
      { path: `${system.name}/index.js`, content: writeRuntimeFile(scope, contents) },
    ],
    projections: projectionsOf(scope, contents),
  };
}
