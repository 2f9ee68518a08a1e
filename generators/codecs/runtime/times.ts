/**
 * The part of the runtime that turns moments and spans of time into seconds and nanoseconds and back: in whole numbers, so
 * that no nanosecond is lost on the way.
 */
export const timesSource = `
const dateTime =
  /^(?!0000)([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

const nanosOf = (fraction) => Number((fraction ?? "").padEnd(9, "0"));

/** None, three, six or nine digits, as many as it takes. */
function fractionOf(nanos) {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  return "." + digits.slice(0, nanos % 1e6 === 0 ? 3 : nanos % 1e3 === 0 ? 6 : 9);
}

const at = (year, month, day, hour, minute, second) => {
  // Not Date.UTC, which takes the years up to 99 for those of 1900.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date;
};

function timestampOf(text) {
  const parts = dateTime.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const date = at(year, month, day, hour, minute, second);
  if (year === 0 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const [hours, minutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 3600 + minutes * 60) * (parts[8] === "-" ? -1 : 1);
  return { seconds: BigInt(date.getTime() / 1000 - offset), nanos: nanosOf(parts[7]) };
}

const firstSecond = -62135596800n;
const lastSecond = 253402300799n;
/** The longest offset, 23:59: what lies that far outside of four digits is still written, in another zone. */
const zone = 86340n;

function timestampText({ seconds, nanos }) {
  if (nanos < 0 || nanos > 999999999 || seconds < firstSecond - zone || seconds > lastSecond + zone) return undefined;
  const shift = seconds < firstSecond ? zone : seconds > lastSecond ? -zone : 0n;
  const text = new Date(Number(seconds + shift) * 1000).toISOString().slice(0, 19);
  return text + fractionOf(nanos) + (shift === 0n ? "Z" : shift < 0n ? "-23:59" : "+23:59");
}

/** Ten thousand years: no duration of Protobuf has more seconds. */
const longest = 315576000000n;

function durationOf(text) {
  const parts = /^(-?)(0|[1-9][0-9]{0,11})(?:\\.([0-9]{1,9}))?s$/.exec(text);
  if (!parts || BigInt(parts[2]) > longest) return undefined;
  return signed(parts[1] === "-", BigInt(parts[2]), nanosOf(parts[3]));
}

/** Both have the sign of the whole. */
const signed = (negative, seconds, nanos) =>
  negative ? { seconds: -seconds, nanos: nanos === 0 ? 0 : -nanos } : { seconds, nanos };

function isDuration({ seconds, nanos }) {
  if (nanos < -999999999 || nanos > 999999999 || seconds > 999999999999n || seconds < -999999999999n) return false;
  return seconds === 0n || nanos === 0 || seconds > 0n === nanos > 0;
}

function durationText(duration) {
  const { seconds, nanos } = duration;
  if (!isDuration(duration) || seconds > longest || seconds < -longest) return undefined;
  const negative = seconds < 0n || nanos < 0;
  return (negative ? "-" : "") + (seconds < 0n ? -seconds : seconds) + fractionOf(Math.abs(nanos)) + "s";
}

/** Weeks and days are seven days and 24 hours. Years and months have no length of their own. */
const isoDuration =
  /^P(?!$)(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\\.([0-9]{1,9}))?S)?)?$/;

function isoDurationOf(text) {
  const parts = text.length > 200 ? null : isoDuration.exec(text);
  if (!parts) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1, 6).map((part) => BigInt(part ?? 0));
  return { seconds: (((weeks * 7n + days) * 24n + hours) * 60n + minutes) * 60n + seconds, nanos: nanosOf(parts[6]) };
}

function isoDurationText(duration) {
  if (!isDuration(duration) || duration.seconds < 0n || duration.nanos < 0) return undefined;
  return "PT" + duration.seconds + fractionOf(duration.nanos) + "S";
}

/** The nearest nanosecond to a number of seconds. */
function durationOfSeconds(number) {
  const whole = Math.trunc(number);
  const nanos = Math.round((number - whole) * 1e9);
  const [seconds, rest] = Math.abs(nanos) === 1e9 ? [whole + Math.sign(nanos), 0] : [whole, nanos];
  return { seconds: BigInt(seconds), nanos: rest === 0 ? 0 : rest };
}

/** Whole milliseconds; a moment before the epoch counts its nanoseconds forward all the same. */
function momentOfMillis(number, isTimestamp) {
  const millis = BigInt(number);
  let [seconds, rest] = [millis / 1000n, Number(millis % 1000n)];
  if (isTimestamp && rest < 0) [seconds, rest] = [seconds - 1n, rest + 1000];
  return { seconds, nanos: rest * 1e6 };
}

const millisOf = ({ seconds, nanos }) => seconds * 1000n + BigInt(Math.trunc(nanos / 1e6));
`;
