import { type Diagnostic, nearest, type Span } from "../../model/index.ts";
import { wellKnownImport } from "../protobuf-common/well-known.ts";
import type { CompilerMessage } from "./compiler-messages.ts";
import * as say from "./diagnostics.ts";
import { said } from "./said.ts";
import { declaredBeside, declaredTypes, importedPaths, nameAfter, nameBefore, type ProtoText } from "./source-text.ts";

/** The file that was compiled, and how to reach the files it imports. */
export interface Compiled {
  readonly source: ProtoText;
  /** The file's path as the compiler names it. */
  readonly file: string;
  /** The text of another file by the compiler's name for it. */
  readonly sibling: (file: string) => ProtoText | undefined;
}

/** Where a message belongs, and what else the compiler said about that place. */
export interface Place {
  readonly span: Span;
  readonly beside: readonly string[];
}

interface Explanation {
  readonly pattern: RegExp;
  readonly make: (groups: readonly (string | undefined)[], place: Place, compiled: Compiled) => Diagnostic;
}

/** Says in our own words what the compiler found fault with; what is not recognised is passed on in the compiler's. */
export function explain(message: CompilerMessage, place: Place, compiled: Compiled): Diagnostic {
  for (const { pattern, make } of message.warning ? warnings : errors) {
    const match = pattern.exec(message.text);
    if (match) return make(match.slice(1), place, compiled);
  }
  const { file, source } = compiled;
  const words = said(message.text, source.text.slice(place.span.start, place.span.end));
  if (message.warning) return say.compilerWarning(place.span, { file, said: words });
  return (syntaxFault.test(message.text) ? say.syntax : say.compiler)(place.span, { file, said: words });
}

/** True for what the compiler says of a type it cannot find. */
export const isUnknownType = (message: CompilerMessage): boolean =>
  /^"[^"]+" (?:is not defined\.|is resolved to "|seems to be defined in ")/.test(message.text);

/** True for what only adds to another message about the same place. */
export const isNote = (message: CompilerMessage): boolean =>
  /^(?:Note that enum values|Suggested field numbers for|\s*Comment started here\.)/.test(message.text);

const syntaxFault =
  /^(?:Expected|Unexpected|Missing|Reached|Need space|Invalid (?:control|escape)|Interpreting|End-of-file|Multiline|Numbers starting|Hex and octal|Already saw|"(?:0x|e)" must|"\/\*" inside|Unrecognized|Unmatched)/;

const warnings: readonly Explanation[] = [
  { pattern: /^Import (.+) is unused\.$/, make: ([path = ""], { span }) => say.unusedImport(span, { path }) },
];

const errors: readonly Explanation[] = [
  {
    pattern: /^"([^"]+)" is not defined\.$/,
    make: ([name = ""], { span }, compiled) => unknownType(name, span, compiled, typeHint(name, compiled)),
  },
  {
    pattern: /^"([^"]+)" seems to be defined in "([^"]+)", which is not imported/,
    make: ([name = "", file = ""], { span }, compiled) =>
      unknownType(name, span, compiled, `It stands in ${file}: add \`import "${file}";\`.`),
  },
  {
    pattern: /^"([^"]+)" is resolved to "([^"]+)", which is not defined\./,
    make: ([name = "", resolved = ""], { span }, compiled) =>
      unknownType(
        name,
        span,
        compiled,
        `The innermost scope comes first, so it is looked for as ${resolved}: begin with a dot (.${name}) to name it in full.`,
      ),
  },
  {
    pattern: /^"([^"]+)" is not a (?:message )?type\.$/,
    make: ([name = ""], { span }) => say.notAType(span, { name }),
  },
  {
    pattern:
      /^Field number (\d+) has already been used in "[^"]+" by field "([^"]+)"\.(?: Next available field number is (\d+)\.)?/,
    make: ([number = "", other = "", next], { span }, { source }) =>
      say.duplicateNumber(
        span,
        {
          name: nameBefore(source, span.start) ?? "This field",
          other,
          number,
          ...(next && next !== number && { next }),
        },
        first(source, other, span),
      ),
  },
  {
    pattern: /^"([^"]+)" uses the same enum value as "([^"]+)"\.(?:[\s\S]*next available enum value is (-?\d+))?/,
    make: ([name = "", other = "", next], { span }, { source }) =>
      say.duplicateNumber(
        span,
        { name: bare(name), other: bare(other), ...(next && { next }) },
        first(source, bare(other), span),
      ),
  },
  {
    pattern:
      /^"([^"]+)" is already defined(?: in (?:file )?"([^"]+)")?(?: \(as something other than a package\).*)?\.$/,
    make: ([name = "", scope], { span, beside }, { source }) =>
      say.duplicateName(
        span,
        { name, scope, sibling: beside.some((text) => text.startsWith("Note that enum values")) },
        first(source, bare(name), span),
      ),
  },
  {
    pattern: /^(?:Field|Enum value) "([^"]+)" uses reserved number (-?\d+)\.$/,
    // The compiler points at the reservation; the author has to change the field.
    make: ([name = "", number], { span }, { source }) => {
      const field = declaredBeside(source, name, span.start);
      return say.reserved(field ?? span, { name, number }, field && [{ message: "It is reserved here.", span }]);
    },
  },
  {
    pattern: /^(?:Field name|Enum value) "([^"]+)" is reserved\.$/,
    make: ([name = ""], { span }) => say.reserved(span, { name, number: undefined }),
  },
  {
    pattern: /^Field number(?:s must be positive|s cannot be greater|s \d+ through \d+ are reserved| out of bounds)/,
    make: (_, { span, beside }, { source }) =>
      say.numberRange(span, { name: nameBefore(source, span.start), free: suggested(beside) }),
  },
  {
    pattern: /^File recursively imports itself: (.+)$/,
    make: ([cycle = ""], { span }) => say.importCycle(span, { cycle }),
  },
];

const unknownType = (name: string, span: Span, { source }: Compiled, hint: string | undefined): Diagnostic =>
  say.unknownType(span, { name, of: nameAfter(source, span.start), hint });

/** The import that is missing for a well-known type, or a declared name that is spelled nearly so. */
function typeHint(name: string, { source, sibling }: Compiled): string | undefined {
  const needed = wellKnownImport(name);
  if (needed !== undefined) return `It comes with the compiler: add \`import "${needed}";\`.`;
  const imported = importedPaths(source).flatMap((path) => sibling(path) ?? []);
  // Between two names of three letters everything is near.
  if (bare(name).length <= 3) return undefined;
  const near = nearest(bare(name), [...scalarNames, ...[source, ...imported].flatMap(declaredTypes)]);
  const scope = name.slice(0, name.length - bare(name).length);
  return near !== undefined && near !== bare(name) ? `Did you mean ${scope}${near}?` : undefined;
}

const scalarNames =
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(" ");

const bare = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

const suggested = (beside: readonly string[]): string | undefined =>
  beside.flatMap((text) => /^Suggested field numbers for [^:]+: (.+)$/.exec(text)?.[1] ?? [])[0];

function first(source: ProtoText, name: string, after: Span): Diagnostic["related"] {
  const span = declaredBeside(source, name, after.start);
  return span && [{ message: `${name} comes first here.`, span }];
}
