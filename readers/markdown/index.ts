import type { Decl, OptionsSchema, Reader } from "../../model/index.ts";
import { pageContext } from "../event-pages/context.ts";
import { type PageOptions, pageOptions } from "../event-pages/options.ts";
import { readPage } from "../event-pages/read-page.ts";
import { nothingRead, tooDeep } from "./diagnostics.ts";
import { deeplyNestedLine, parseDocument, sectionsUnder } from "./document.ts";
import { readList } from "./list/index.ts";
import { pageOf } from "./page.ts";
import { recognises } from "./recognises.ts";

/** A document may mix both dialects: each reads the sections it recognises, and leaves prose alone. */
const reader: Reader<PageOptions | undefined> = {
  title: "Markdown: types as lists under headings, or events as tables",
  options: {
    type: "object",
    additionalProperties: false,
    properties: pageOptions,
  } satisfies OptionsSchema,
  recognises,
  read(source, { system, options, report }) {
    const { path } = source;
    const deep = deeplyNestedLine(source.text);
    if (deep !== undefined) {
      report(tooDeep({ path, start: deep, end: deep }, { path }));
      return [];
    }
    const document = parseDocument(path, source.text);
    const sections = [...sectionsUnder(document.root)];
    const context = pageContext(path, { system, reader: "markdown", report, ...(options && { options }) });
    const decls: readonly Decl[] = [
      ...readList(document, sections, { system, report }),
      ...readPage(pageOf(document, [document.root, ...sections], report), context),
    ];
    if (decls.length === 0) report(nothingRead({ path, start: 0, end: 0 }, { path }));
    return decls;
  },
};

export default reader;
