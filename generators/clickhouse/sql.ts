const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };
const escaped = (value: string): string => value.replace(/[\\\n\r\t\0]/g, (char) => escapes[char] ?? char);

/** A name in backticks; whatever it contains stays part of the name. */
export const identifier = (name: string): string => `\`${escaped(name).replaceAll("`", "``")}\``;

/** A string literal. */
export const text = (value: string): string => `'${escaped(value).replaceAll("'", "''")}'`;

/** A value as it stands in an expression. */
export const literal = (value: string | number | boolean): string =>
  typeof value === "string" ? text(value) : String(value);

/** Controls, direction marks and zero-width spaces: what changes how a line looks without being seen. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Prose on one line, so that a `--` comment ends where it should and shows all it says. */
export const oneLine = (prose: string): string => prose.replace(/\s+/g, " ").replace(invisible, "").trim();
