import type { OptionsSchema, Reader } from "../../model/index.ts";
import { pageContext } from "../event-pages/context.ts";
import { type PageOptions, pageOptions } from "../event-pages/options.ts";
import { readPage } from "../event-pages/read-page.ts";
import { ownersAtEnd } from "./component-rows.ts";
import { nothingRead } from "./diagnostics.ts";
import { pageOf } from "./page.ts";
import { phrasesOfText } from "./phrases.ts";
import { recognises } from "./recognises.ts";

interface Options extends PageOptions {
  readonly owners?: readonly string[];
}

/** Pages that were copied out of a wiki as text: titles are lines of their own, the cells of tables are parted by blanks. */
const reader: Reader<Options | undefined> = {
  title: "Pages pasted as text: events in tables whose cells are parted by blanks or tabs",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      ...pageOptions,
      owners: {
        type: "array",
        description: "Names of teams beyond the common ones, as they stand at the end of rows in tables of components.",
        items: { type: "string", minLength: 1 },
      },
    },
  } satisfies OptionsSchema,
  recognises,
  read({ path, text }, { system, options, report }) {
    const context = pageContext(path, { system, reader: "wiki-text", report, ...(options && { options }) });
    const phrases = phrasesOfText(path, text, context);
    const page = pageOf(path, text, { ...context, phrases, owners: ownersAtEnd(options?.owners ?? []) });
    const decls = readPage(page, context);
    if (decls.length === 0) report(nothingRead({ path, start: 0, end: 0 }, { path }));
    return decls;
  },
};

export default reader;
