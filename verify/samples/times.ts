import type { Random } from "./prng.ts";

/** A text and what it shows. */
export type Labelled = readonly [shows: string, text: string];

/** Instants as text, everyday ones. */
export const instants: readonly Labelled[] = [
  ["an instant", "2024-05-14T09:30:00Z"],
  ["milliseconds", "2024-05-14T09:30:00.250Z"],
  ["an offset", "2024-05-14T11:30:00+02:00"],
];

/** Instants at which calendars, clocks and databases have their edges. */
export const instantEdges: readonly Labelled[] = [
  ["the epoch", "1970-01-01T00:00:00Z"],
  ["just before the epoch", "1969-12-31T23:59:59.999Z"],
  ["a leap day", "2024-02-29T12:00:00Z"],
  ["the leap day of a century", "2000-02-29T23:59:59Z"],
  ["the last second of 32 bits", "2038-01-19T03:14:07Z"],
  ["one past the last second of 32 bits", "2038-01-19T03:14:08Z"],
  ["an offset far east", "2024-01-01T00:00:00+14:00"],
  ["an offset far west", "2023-12-31T23:59:59-12:00"],
  ["an offset of half an hour", "2024-05-14T09:30:00+05:30"],
  ["an offset of nothing", "2024-05-14T09:30:00+00:00"],
  ...Array.from(
    { length: 9 },
    (_, i): Labelled => [`${i + 1} digits of fraction`, `2024-05-14T09:30:00.${"123456789".slice(0, i + 1)}Z`],
  ),
  ["a fraction that ends in zeros", "2024-05-14T09:30:00.100000000Z"],
  ["the year 1", "0001-01-01T00:00:00Z"],
  ["the year 1900", "1900-01-01T00:00:00Z"],
  ["before the year 1900", "1899-12-31T23:59:59Z"],
  ["the first of 64-bit nanoseconds", "1677-09-21T00:12:43.145224193Z"],
  ["the last of 64-bit nanoseconds", "2262-04-11T23:47:16.854775807Z"],
  ["one past the last of 64-bit nanoseconds", "2262-04-11T23:47:16.854775808Z"],
  ["the end of the year 2299", "2299-12-31T23:59:59.999Z"],
  ["the year 2300", "2300-01-01T00:00:00Z"],
  ["the end of time", "9999-12-31T23:59:59.999999999Z"],
];

/** What looks like an instant and is none. */
export const noInstants: readonly Labelled[] = [
  ["29 February of a year without it", "2023-02-29T00:00:00Z"],
  ["29 February of a century without it", "1900-02-29T00:00:00Z"],
  ["31 April", "2024-04-31T00:00:00Z"],
  ["a space for the T", "2024-05-14 09:30:00Z"],
  ["no offset", "2024-05-14T09:30:00"],
  ["a date alone", "2024-05-14"],
  ["a leap second", "2016-12-31T23:59:60Z"],
  ["the hour 24", "2024-05-14T24:00:00Z"],
  ["the month 13", "2024-13-01T00:00:00Z"],
  ["the day 0", "2024-05-00T00:00:00Z"],
  ["ten digits of fraction", "2024-05-14T09:30:00.1234567890Z"],
  ["small letters", "2024-05-14t09:30:00z"],
  ["an offset without minutes", "2024-05-14T09:30:00+05"],
  ["an offset of a day", "2024-05-14T09:30:00+24:00"],
  ["the year 0", "0000-01-01T00:00:00Z"],
  ["a year of five digits", "10000-01-01T00:00:00Z"],
  ["seconds since the epoch", "1715679000"],
];

/** An everyday instant. */
export function typicalInstant(random: Random): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `20${two(20 + random.below(10))}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
  const time = `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;
  const fraction = random.percent(50) ? `.${String(random.below(1000)).padStart(3, "0")}` : "";
  return `${date}T${time}${fraction}${random.percent(85) ? "Z" : random.pick(["+02:00", "-05:00", "+05:30"])}`;
}

/** An instant of any year, with any fraction and offset. */
export function anyInstant(random: Random): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const year = String(random.percent(50) ? 1900 + random.below(400) : 1 + random.below(9999)).padStart(4, "0");
  const length = random.below(10);
  const fraction = length === 0 ? "" : `.${String(random.below(10 ** length)).padStart(length, "0")}`;
  const offset = `${random.pick(["+", "-"])}${two(random.below(15))}:${random.pick(["00", "15", "30", "45"])}`;
  const time = `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}${fraction}`;
  return `${year}-${two(1 + random.below(12))}-${two(1 + random.below(28))}T${time}${random.percent(60) ? "Z" : offset}`;
}

/** The same edges as numbers since the epoch. */
export const epochEdges = (encoding: "epoch-seconds" | "epoch-millis"): readonly (readonly [string, bigint])[] => {
  const unit = encoding === "epoch-millis" ? 1000n : 1n;
  return [
    ["an instant", 1715679000n * unit],
    ["just before the epoch", -1n],
    ["the last second of 32 bits", (2n ** 31n - 1n) * unit],
    ["the year 1900", -2208988800n * unit],
    ["the year 1", -62135596800n * unit],
    ["the last of 64-bit nanoseconds", 9223372036n * unit],
    ["the end of the year 2299", 10413791999n * unit],
    ["the end of time", 253402300799n * unit],
  ];
};

/** Spans of time in seconds, everyday ones; then the ends of the range that Protobuf gives them, and fractions. */
export const spans: readonly Labelled[] = [
  ["a second and a half", "1.5s"],
  ["an hour", "3600s"],
  ["nothing", "0s"],
];
export const spanEdges: readonly Labelled[] = [
  ["a nanosecond", "0.000000001s"],
  ["a nanosecond backwards", "-0.000000001s"],
  ["half a second backwards", "-0.5s"],
  ["back by seconds and a fraction", "-1.5s"],
  ["nine digits of fraction", "1.123456789s"],
  ["a fraction that ends in zeros", "1.500s"],
  ["the longest", "315576000000s"],
  ["the longest backwards", "-315576000000s"],
];
export const noSpans: readonly Labelled[] = [
  ["no unit", "1.5"],
  ["milliseconds", "1500ms"],
  ["ISO 8601", "PT1.5S"],
  ["a sign before", "+1s"],
  ["a zero before", "01s"],
  ["no digit before the point", ".5s"],
  ["no digit after the point", "1.s"],
  ["ten digits of fraction", "1.0123456789s"],
  ["an exponent", "1e3s"],
  ["a second past the longest", "315576000001s"],
  ["a second past the longest backwards", "-315576000001s"],
  ["nothing", ""],
];

/** The same in ISO 8601. */
export const isoSpans: readonly Labelled[] = [
  ["an hour", "PT1H"],
  ["a second and a half", "PT1.5S"],
  ["days", "P3D"],
];
export const isoSpanEdges: readonly Labelled[] = [
  ["nothing", "PT0S"],
  ["every unit", "P1Y2M3DT4H5M6.789S"],
  ["a week", "P1W"],
  ["a nanosecond", "PT0.000000001S"],
  ["months, not minutes", "P1M"],
];
export const noIsoSpans: readonly Labelled[] = [
  ["a P alone", "P"],
  ["a T without time", "P1DT"],
  ["no P", "1H"],
  ["in words", "1 hour"],
  ["backwards", "-PT1H"],
  ["a fraction of an hour", "PT1.5H"],
];
