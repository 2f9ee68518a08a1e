import type { Decl, OptionsSchema, Reader } from "../../model/index.ts";
import { nothingRead, tooDeep } from "./diagnostics.ts";
import { deeplyNestedLine, parseDocument, sectionsUnder } from "./document.ts";
import { readList } from "./list/index.ts";
import { readTables } from "./tables/index.ts";

interface Options {
  readonly groups?: Readonly<Record<string, string>>;
}

/** A document may mix both dialects: each reads the sections it recognises, and leaves prose alone. */
const reader: Reader<Options | undefined> = {
  title: "Markdown: types as lists under headings, or events as tables",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      groups: {
        type: "object",
        description: "Heading to the group of the components under it, where that is not the heading in snake case.",
        additionalProperties: { type: "string", minLength: 1 },
      },
    },
  } satisfies OptionsSchema,
  read(source, { system, options, report }) {
    const { path } = source;
    const deep = deeplyNestedLine(source.text);
    if (deep !== undefined) {
      report(tooDeep({ path, start: deep, end: deep }, { path }));
      return [];
    }
    const document = parseDocument(path, source.text);
    const sections = [...sectionsUnder(document.root)];
    const groups = new Map(Object.entries(options?.groups ?? {}));
    const decls: readonly Decl[] = [
      ...readList(document, sections, { system, report }),
      ...readTables(document, [document.root, ...sections], { system, report, groups }),
    ];
    if (decls.length === 0) report(nothingRead({ path, start: 0, end: 0 }, { path }));
    return decls;
  },
};

export default reader;
