/** A string as a literal of JavaScript. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);

/** Text on one line, as it may stand in a comment. */
export const commentLine = (text: string): string =>
  text.replace(/[\s\u0000-\u001f\u0085\u2028\u2029]+/g, " ").replaceAll("*/", "*\\/");

const lineWidth = 120;

/** The parameters of a function: on one line when they fit, else one per line. */
export function parameterList(open: string, items: readonly string[], close: string): string {
  const line = `${open}${items.join(", ")}${close}`;
  return line.length <= lineWidth ? line : `${open}\n${items.map((item) => `  ${item},\n`).join("")}${close}`;
}
