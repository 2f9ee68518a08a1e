import type { Json } from "../../model/index.ts";

const width = 120;

/** JSON in two-space steps, with everything that fits on its line kept on one; a record has a line per field. */
export function printSchema(schema: Json): string {
  return `${print(schema, 0, 0, true)}\n`;
}

/** Canonical forms by fingerprint, a line each. */
export function printFingerprints({
  $comment,
  schemas,
}: {
  readonly $comment: string;
  readonly schemas: {
    readonly [fingerprint: string]: { readonly canonical: string; readonly files: readonly string[] };
  };
}): string {
  const lines = Object.entries(schemas).map(
    ([print, { files, canonical }]) =>
      `    ${JSON.stringify(print)}: { "files": ${oneLine(files)}, "canonical": ${JSON.stringify(canonical)} }`,
  );
  return `{\n  "$comment": ${JSON.stringify($comment)},\n  "schemas": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** `indent` is where continued lines begin, `used` what the line has taken already (key and closing comma). */
function print(value: Json, indent: number, used: number, mustSpread: boolean): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const line = oneLine(value);
  if (line.length <= 2 || (!mustSpread && !hasRecord(value) && indent + used + line.length <= width)) return line;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: Json) => pad + print(item, inner, 1, false))
    : entries(value).map(([key, item]) => {
        const label = `${JSON.stringify(key)}: `;
        return pad + label + print(item, inner, label.length + 1, isFields(key, item));
      });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function hasRecord(value: Json): boolean {
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.some(hasRecord);
  return entries(value).some(([key, item]) => isFields(key, item) || hasRecord(item));
}

const isFields = (key: string, value: Json): boolean => key === "fields" && Array.isArray(value);

function oneLine(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  const parts = entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

const entries = (value: Exclude<Json, null | boolean | number | string>): readonly [string, Json][] =>
  Object.entries(value as { readonly [key: string]: Json });
