import type { OutputFile, System, View } from "../../model/index.ts";
import type { SchemaFile } from "./documents.ts";
import { printJs } from "./print.ts";

/** All documents of a system as an ECMAScript module, for those who cannot import JSON. */
export function moduleFiles(
  view: View,
  system: System,
  closed: readonly SchemaFile[],
  open: readonly SchemaFile[],
): readonly OutputFile[] {
  const header = `// ${view.header(system.name).replace(/[\s\u2028\u2029]+/g, " ")}\n`;
  const list = (name: string, about: string, files: readonly SchemaFile[]): string =>
    `/** ${about} */\nexport const ${name} = Object.freeze([\n${files.map((file) => `  ${printJs(file.document)},\n`).join("")}]);\n`;
  return [
    {
      path: `${system.name}/schemas/index.js`,
      content: `${header}\n${list("closed", closedAbout, closed)}\n${list("open", openAbout, open)}`,
    },
    { path: `${system.name}/schemas/index.d.ts`, content: header + declarations },
  ];
}

const closedAbout = "For producers: only the declared fields. The definitions come first; the others refer to them.";
const openAbout = "For consumers: fields that are not declared are accepted. The definitions come first.";

const declarations = `
/** A JSON Schema, draft 2020-12. */
export interface SchemaDocument {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  readonly [keyword: string]: unknown;
}

/** ${closedAbout} */
export declare const closed: readonly SchemaDocument[];

/** ${openAbout} */
export declare const open: readonly SchemaDocument[];
`;
