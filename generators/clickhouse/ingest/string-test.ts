import { formats, type JsonForm, type StringFormat } from "../../../model/index.ts";
import type { ColumnType, TimeScale } from "../column-type.ts";
import { text } from "../sql.ts";
import { all, any, content, inQuotes, isString } from "./wire.ts";

/** The condition that a JSON text is a string of this form, and one that the column can hold. */
export function stringTest(form: JsonForm & { kind: "string" }, raw: string, type: ColumnType | undefined): string {
  const length = `lengthUTF8(${content(raw)})`;
  const limits = [
    ...(form.minLength === undefined ? [] : [`${length} >= ${form.minLength}`]),
    ...(form.maxLength === undefined ? [] : [`${length} <= ${form.maxLength}`]),
    ...patternTest(form.pattern, raw),
  ];
  const format = form.format === undefined ? [isString(raw)] : formatTest(form.format, raw, type);
  return all(...format, ...limits);
}

function formatTest(format: StringFormat, raw: string, type: ColumnType | undefined): readonly string[] {
  switch (format) {
    case "uuid":
      return [quoted(raw, format)];
    case "date-time": {
      const scale: TimeScale = type?.kind === "time" ? type.scale : 3;
      const time = `parseDateTime64BestEffortOrNull(${inQuotes(raw)}, ${scale}, 'UTC')`;
      // Where an offset leads out of the years that can be printed, another moment would be read back.
      const ends = `NOT match(${raw}, '^"(?:9999-12-31T.*-|0001-01-01T.*[+])..:..')`;
      return [quoted(raw, format), ends, `isNotNull(${time})`];
    }
    case "int64":
      return [quoted(raw, format), `isNotNull(toInt64OrNull(${inQuotes(raw)}))`];
    case "uint64":
      return [quoted(raw, format), `isNotNull(toUInt64OrNull(${inQuotes(raw)}))`];
    case "ip":
      return [isString(raw), any(`isIPv4String(${content(raw)})`, `isIPv6String(${content(raw)})`)];
    case "base64":
      return [isString(raw), `length(${content(raw)}) % 4 = 0`, `match(${content(raw)}, '^[A-Za-z0-9+/]*={0,2}$')`];
    case "duration-iso8601":
      // RE2 looks at what is ahead in no way: that something follows P and T is a condition of its own.
      return [isString(raw), `match(${content(raw)}, ${text(isoDuration)})`, `NOT match(${raw}, '[PT]"$')`];
    case "json":
      return [isString(raw), `isValidJSON(${content(raw)})`, `NOT startsWith(${content(raw)}, ${byteOrderMark})`];
    case "uri":
    case "duration-seconds":
      return [isString(raw), `match(${content(raw)}, ${text(formats[format].pattern ?? "")})`];
    default:
      return [isString(raw)];
  }
}

/** ClickHouse reads past it; JSON has none. */
export const byteOrderMark = "'\\xEF\\xBB\\xBF'";

const isoDuration =
  "^P(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:[.][0-9]{1,9})?S)?)?$";

/** The pattern of a format with the quotes of JSON around it: for forms without any character that JSON escapes. */
const quoted = (raw: string, format: StringFormat): string =>
  `match(${raw}, ${text((formats[format].pattern ?? "").replace(/^\^(.*)\$$/s, '^"(?:$1)"$$'))})`;

/** A contract's own pattern, where RE2 has the same one; else nothing, and the ledger says that it is not checked. */
function patternTest(pattern: string | undefined, raw: string): readonly string[] {
  const expression = pattern === undefined ? undefined : re2(pattern);
  return expression === undefined ? [] : [`match(${content(raw)}, ${text(expression)})`];
}

/** An ECMAScript expression as RE2 writes it; `undefined` where it looks around, refers back, or names what RE2 does not know. */
export function re2(pattern: string): string | undefined {
  // RE2 repeats no more than a thousand times.
  if (/\(\?(?:[=!]|<)|\{\d*,?\d{4,}|\\[1-9]|\\k|\\c|\\[sSbBpP]|\\u[dD][89a-fA-F]/.test(pattern)) return undefined;
  return `(?-s)${pattern
    .replace(/\\u\{([0-9A-Fa-f]+)\}/g, "\\x{$1}")
    .replace(/\\u([0-9A-Fa-f]{4})/g, "\\x{$1}")
    .replaceAll("\\/", "/")}`;
}
