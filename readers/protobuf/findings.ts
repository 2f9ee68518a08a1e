import type { Diagnostic, Span } from "../../model/index.ts";
import { type CompilerMessage, parseCompilerMessages } from "./compiler-messages.ts";
import * as say from "./diagnostics.ts";
import { type Compiled, explain, isNote, isUnknownType } from "./explain.ts";
import { said } from "./said.ts";
import { importSpan, mapValueSpans, type ProtoText, tokenSpan } from "./source-text.ts";

const maximumFindings = 50;

/**
 * Makes findings of what the compiler printed about one file. What it says of imported files becomes one finding at the
 * import; a type that a file which does not compile may declare is not reported as missing.
 */
export function findings(output: string, compiled: Compiled): readonly Diagnostic[] {
  const messages = parseCompilerMessages(output);
  const own = messages.filter((message) => message.file === compiled.file);
  const foreign = messages.filter((message) => message.file !== compiled.file && !message.warning);
  const blind = own.some((message) => failedImport(message) !== undefined);

  const found = new Map<string, Diagnostic>();
  const beside = groupByPlace(own);
  for (const [index, message] of own.entries()) {
    if (isNote(message) || (blind && isUnknownType(message))) continue;
    // Every finding searches the text, so an endless row of them must not be made.
    if (found.size === maximumFindings) return [...found.values(), more(found, own.length - index, compiled)];
    const finding = explained(message, index);
    if (finding) found.set(`${finding.code} ${finding.span?.start} ${finding.message}`, finding);
  }
  return [...found.values()];

  function explained(message: CompilerMessage, index: number): Diagnostic | undefined {
    const others = (beside.get(placeOf(message)) ?? []).filter((other) => other !== message.text);
    const path = failedImport(message);
    if (path === undefined) {
      const place = { span: spanOf(message, own.slice(0, index), compiled.source), beside: others };
      return withNote(explain(message, place, compiled), own[index + 1], compiled.source);
    }
    const circular = others.some((other) => other.startsWith("File recursively imports itself"));
    return circular ? undefined : importFinding(path, start(message, compiled.source), foreign, compiled);
  }
}

const placeOf = ({ at }: CompilerMessage): string => (at ? `${at.line}:${at.column}` : "");

function groupByPlace(messages: readonly CompilerMessage[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const message of messages) {
    const group = groups.get(placeOf(message));
    if (group) group.push(message.text);
    else groups.set(placeOf(message), [message.text]);
  }
  return groups;
}

/** What stands for the findings that are not made; its place is that of the last one made. */
function more(found: ReadonlyMap<string, Diagnostic>, count: number, { file }: Compiled): Diagnostic {
  return say.moreFindings([...found.values()].at(-1)?.span, { file, count });
}

/** Of a comment that never ends the compiler tells as well where it began. */
function withNote(finding: Diagnostic, next: CompilerMessage | undefined, source: ProtoText): Diagnostic {
  if (next === undefined || !next.text.trim().startsWith("Comment started here")) return finding;
  return { ...finding, related: [{ message: "It begins here.", span: tokenSpan(source, start(next, source)) }] };
}

const failedImport = (message: CompilerMessage): string | undefined =>
  /^Import "([\s\S]+)" was not found or had errors\.$/.exec(message.text)?.[1]?.replace(/\s/g, " ");

function importFinding(path: string, at: number, foreign: readonly CompilerMessage[], compiled: Compiled): Diagnostic {
  const span = importSpan(compiled.source, at);
  const about = foreign.filter((message) => message.file === path);
  if (path.startsWith("/") || about.some((message) => message.text.startsWith("Backslashes, consecutive slashes")))
    return say.importPath(span, { path });
  if (about.some((message) => message.text === "File not found.")) return say.missingImport(span, { path });
  const cause = [...about, ...foreign].find((message) => message.at && message.file !== undefined);
  const text = cause?.file === undefined ? undefined : compiled.sibling(cause.file);
  const related = cause &&
    text && [
      { message: `The compiler stops here: ${said(cause.text, "")}`, span: tokenSpan(text, start(cause, text)) },
    ];
  return say.brokenImport(span, { path, file: compiled.file }, related);
}

const start = ({ at }: CompilerMessage, { positions }: ProtoText): number =>
  at ? positions.offset(at.line - 1, at.column - 1) : 0;

/** The place of a message. Of a map's values the compiler tells none: its n-th complaint is about the n-th such map. */
function spanOf(message: CompilerMessage, before: readonly CompilerMessage[], source: ProtoText): Span {
  if (/^(?:File recursively imports itself|Import )/.test(message.text))
    return importSpan(source, start(message, source));
  if (message.at) return tokenSpan(source, start(message, source));
  const name = /^"([^"]+)"/.exec(message.text)?.[1];
  const earlier = before.filter((other) => !other.at && other.text === message.text).length;
  const spans = name === undefined ? [] : mapValueSpans(source, name);
  return spans[earlier] ?? { path: source.path, start: 0, end: 0 };
}
