import { hasFormat } from "../../model/index.ts";

/** A point in time in units of which `perSecond` make a second; further digits are cut. */
export function parseTimestamp(text: string, perSecond: 1_000 | 1_000_000): bigint | undefined {
  if (!hasFormat("date-time", text)) return undefined;
  const [, seconds = "", fraction = "", offset = ""] = /^(.{19})(?:\.([0-9]+))?(.+)$/.exec(text) ?? [];
  const digits = perSecond === 1_000 ? 3 : 6;
  const milliseconds = Date.parse(seconds + offset);
  return (BigInt(milliseconds) / 1000n) * BigInt(perSecond) + BigInt(fraction.slice(0, digits).padEnd(digits, "0"));
}

/** The moment in UTC, with no fraction or as many groups of three digits as it needs. */
export function printTimestamp(value: bigint, perSecond: 1_000 | 1_000_000): string | undefined {
  const unit = BigInt(perSecond);
  const rest = ((value % unit) + unit) % unit;
  const milliseconds = Number((value - rest) / unit) * 1000;
  const text = Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : "";
  // Years outside 0 to 9999 have a sign and no RFC 3339 form.
  return /^[0-9]{4}-/.test(text)
    ? `${text.slice(0, 19)}${printFraction(rest, perSecond === 1_000 ? 3 : 6)}Z`
    : undefined;
}

/** Seconds and nanoseconds of a text such as `"-1.5s"`: both have its sign. */
export function parseDuration(text: string): { readonly seconds: bigint; readonly nanos: number } | undefined {
  if (!hasFormat("duration-seconds", text)) return undefined;
  const [, sign, seconds = "0", fraction = ""] = /^(-?)([0-9]+)(?:\.([0-9]+))?s$/.exec(text) ?? [];
  const nanos = Number(fraction.padEnd(9, "0"));
  return sign === "-"
    ? { seconds: -BigInt(seconds), nanos: nanos === 0 ? 0 : -nanos }
    : { seconds: BigInt(seconds), nanos };
}

/** The text of a duration; `undefined` when the two parts do not make one. */
export function printDuration(seconds: bigint, nanos: number): string | undefined {
  const negative = seconds < 0n || nanos < 0;
  const text = `${negative ? "-" : ""}${abs(seconds)}${printFraction(BigInt(Math.abs(nanos)), 9)}s`;
  const sameSign = !(seconds > 0n && nanos < 0) && !(seconds < 0n && nanos > 0);
  return sameSign && Math.abs(nanos) < 1_000_000_000 && hasFormat("duration-seconds", text) ? text : undefined;
}

/** The big-endian two's complement in as few bytes as hold it: Avro's `decimal` of scale 0. */
export function integerToBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (BigInt.asIntN(8 * bytes.length, value) !== value);
  return Uint8Array.from(bytes);
}

/** Reads what {@link integerToBytes} writes. */
export function integerFromBytes(bytes: Uint8Array): bigint {
  const unsigned = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, unsigned);
}

/** As the JSON mapping of Protobuf prints fractions: nothing, or three, six or nine digits. */
function printFraction(rest: bigint, digits: number): string {
  if (rest === 0n) return "";
  return `.${String(rest)
    .padStart(digits, "0")
    .replace(/(?:000)+$/, "")}`;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
