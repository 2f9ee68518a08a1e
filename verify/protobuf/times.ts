/** A moment or a span of time, as Protobuf holds it. */
export interface Time {
  readonly seconds: bigint;
  readonly nanos: number;
}

const second = 1_000_000_000n;
const day = 86_400n;

/** An RFC 3339 date-time, in UTC where the year is one from 1 to 9999 there; `undefined` for what none can say. */
export function dateTime({ seconds, nanos }: Time): string | undefined {
  if (nanos < 0 || BigInt(nanos) >= second) return undefined;
  for (const [offset, zone] of [
    [0n, "Z"],
    [86_340n, "+23:59"],
    [-86_340n, "-23:59"],
  ] as const) {
    const local = seconds + offset;
    const days = local / day - (local % day < 0n ? 1n : 0n);
    const { year, month, date } = civil(Number(days));
    if (year < 1 || year > 9999) continue;
    const time = Number(local - days * day);
    const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map((part) => digits(part, 2));
    return `${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}T${clock.join(":")}${fraction(nanos)}${zone}`;
  }
  return undefined;
}

/** The date of a day, counted from 1970-01-01, by cycles of 400 years that begin in March. */
function civil(days: number): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** All nanoseconds of a span; `undefined` where its two parts have different signs, or it is longer than JSON can say. */
export function span({ seconds, nanos }: Time): bigint | undefined {
  if (Math.abs(nanos) > 999_999_999 || seconds >= 10n ** 12n || seconds <= -(10n ** 12n)) return undefined;
  if ((seconds > 0n && nanos < 0) || (seconds < 0n && nanos > 0)) return undefined;
  return seconds * second + BigInt(nanos);
}

/** `-1.500`: seconds with no, three, six or nine digits behind the point. */
export function secondsText(total: bigint): string {
  const amount = total < 0n ? -total : total;
  return `${total < 0n ? "-" : ""}${amount / second}${fraction(Number(amount % second))}`;
}

function fraction(nanos: number): string {
  if (nanos === 0) return "";
  return `.${digits(nanos, 9).replace(/(?:000){1,2}$/, "")}`;
}

const digits = (value: number, count: number): string => String(value).padStart(count, "0");
