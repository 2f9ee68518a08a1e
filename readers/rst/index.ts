import type { Diagnostic, Reader } from "../../model/index.ts";
import { suggestions } from "./brief.ts";
import * as say from "./diagnostics.ts";
import { readEnum } from "./enumeration.ts";
import { externals } from "./externals.ts";
import { linesOf } from "./lines.ts";
import { type Context, readMessage } from "./message.ts";
import { outline } from "./outline.ts";

const longest = 20_000_000;
const mostFindings = 500;

/** References that protodoc makes of Protobuf files: everything the files say but numbers and the names of one-of groups. */
const rst: Reader = {
  title: "RST references of Protobuf types, as protodoc makes them",
  // The JSON mapping of Protocol Buffers; the samples show the names as declared.
  json: { fieldNames: "lowerCamel", int64: "string" },
  recognises: ({ text }) => (/^\.\. _(?:\w+_)?api_(?:file|msg|enum)_[^\n]*:\s*$/m.test(text.slice(0, 100_000)) ? 1 : 0),
  read(source, { system, report: reportAll }) {
    const { path, text } = source;
    const whole = { path, start: 0, end: 0 };
    if (text.length > longest) {
      reportAll(say.tooLarge(whole, { path, most: longest }));
      return [];
    }
    let count = 0;
    const report = (finding: Diagnostic): void => {
      if (++count <= mostFindings) reportAll(finding);
    };
    const sections = outline(linesOf(source), report);
    const kinds = new Map(sections.map(({ name, kind }) => [name, kind]));
    const context: Context = { system, kinds, report, suggest: suggestions() };
    const decls = sections.map((section) =>
      section.kind === "enum" ? readEnum(section, context) : readMessage(section, context),
    );
    const others = externals(decls, sections, context);
    if (sections.length === 0) report(say.nothingRead(whole, { path }));
    if (count > mostFindings) reportAll(say.moreFindings(whole, { path, count: count - mostFindings }));
    return [...decls, ...others];
  },
};
export default rst;
