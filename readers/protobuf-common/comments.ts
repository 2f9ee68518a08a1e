/** The text of a comment as prose: one line per paragraph, list item or indented line. */
export function prose(comment: string): string {
  const lines = unindented(
    comment
      .replace(/^\*+/, "")
      .split(/\r?\n/)
      .map((line) => line.trimEnd()),
  );
  const paragraphs: string[] = [];
  let open = false;
  for (const line of lines) {
    if (line === "" || ruler.test(line)) {
      if (paragraphs.length > 0 && paragraphs.at(-1) !== "") paragraphs.push("");
      open = false;
    } else if (open && !ownLine.test(line)) {
      paragraphs[paragraphs.length - 1] += ` ${line}`;
    } else {
      paragraphs.push(line);
      open = !/^\s/.test(line);
    }
  }
  while (paragraphs.at(-1) === "") paragraphs.pop();
  return paragraphs.join("\n");
}

/** The documentation of a declaration: the comment before it, then the one behind it. Detached comments are neither. */
export function documentation(leading: string, trailing: string): { readonly doc?: string } {
  const doc = [leading, trailing]
    .map(prose)
    .filter((part) => part !== "")
    .join("\n\n");
  return doc === "" ? {} : { doc };
}

const ruler = /^[-=*#/~_]{3,}$/;
/** Lines that must not be joined to the one before: indented, list items, table rows, headings, tags. */
const ownLine = /^(?:\s|[-*+|#@]|\d+[.)]\s)/;

function unindented(lines: readonly string[]): readonly string[] {
  const slashes = lines.every((line) => line === "" || line.startsWith("/"));
  const texts = slashes ? lines.map((line) => line.slice(1)) : lines;
  const indent = texts.reduce(
    (least, line) => (line === "" ? least : Math.min(least, line.length - line.trimStart().length)),
    Number.POSITIVE_INFINITY,
  );
  return texts.map((line) => line.slice(indent));
}
