const width = 110;
/** What would begin a line of its own when a comment is read: list items, table rows, tags. */
const ownLine = /^(?:[-*+|#@]|\d+[.)]$)/;

/** A text as the lines of a `//` comment, long paragraphs wrapped; read again they are the same text. */
export function commentLines(doc: string | undefined, indent: string): readonly string[] {
  if (doc === undefined) return [];
  // A control character would end the comment, or the file.
  const text = doc.replace(/\r\n?/g, "\n").replace(/[\0-\x09\x0b-\x1f\x7f]/g, " ");
  return text.split("\n").flatMap((line) => wrapped(line).map((part) => `${indent}// ${part}`.trimEnd()));
}

function wrapped(line: string): readonly string[] {
  // Whoever indents a line or begins it with a mark wants it as it is.
  if (line.length <= width || /^\s/.test(line) || ownLine.test(line)) return [line];
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    const joined = `${last} ${word}`;
    if (last !== undefined && (joined.length <= width || ownLine.test(word) || word === ""))
      lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}
