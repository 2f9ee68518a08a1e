/** One thing the compiler said. */
export interface CompilerMessage {
  /** The file it is about as the compiler names it; `undefined` when it is about the run. */
  readonly file?: string;
  /** Line and column, both counted from 1; absent when the compiler gives none. */
  readonly at?: { readonly line: number; readonly column: number };
  readonly warning: boolean;
  readonly text: string;
}

const located = /^(.+?):(\d+):(\d+): (warning: )?(.*)$/;
const ofFile = /^([^":]+): (warning: )?(.*)$/;

/** Splits what the compiler printed. A line that begins no message continues the one before, as names may hold line feeds. */
export function parseCompilerMessages(output: string): readonly CompilerMessage[] {
  const messages: CompilerMessage[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (line === "") continue;
    const place = located.exec(line);
    if (place) {
      const [, file = "", row, column, warning, text = ""] = place;
      messages.push({ file, at: { line: Number(row), column: Number(column) }, warning: warning !== undefined, text });
      continue;
    }
    const about = ofFile.exec(line);
    const last = messages.at(-1);
    if (about) messages.push({ file: about[1] ?? "", warning: about[2] !== undefined, text: about[3] ?? "" });
    else if (last) messages[messages.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else messages.push({ warning: false, text: line });
  }
  return messages;
}
