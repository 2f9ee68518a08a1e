import { printable } from "./printable.ts";

/** A text that shows as it is in Markdown: no markup, no table cells of its own, nobody called by name, no issue referred to. */
export const prose = (text: string): string =>
  printable(text)
    .replace(/[\\`*_{}[\]<>~|!&]/g, (character) =>
      character === "&" ? "&amp;" : character === "<" ? "&lt;" : `\\${character}`,
    )
    .replace(/^(\s*)([-+#=]|\d+[.)])/, "$1\\$2")
    // An escaped sign still calls people and issues: what stands between parts the two.
    .replace(/([@#])(?=\w)/g, "$1<!-- -->")
    .replace(/\b(https?|www)([:.])/gi, "$1<!-- -->$2");

/** A name as code; what code cannot hold in every place, a table's cell among them, is shown as it is. */
export function code(text: string): string {
  const shown = printable(text);
  return shown === "" || /[|\\`]/.test(shown) ? prose(shown) : `\`${shown}\``;
}
