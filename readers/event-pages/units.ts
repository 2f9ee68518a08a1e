/** Units by the words that tables use, to UCUM. A unit that is not listed is kept as it is written. */
const units: ReadonlyMap<string, string> = new Map([
  ["byte", "By"],
  ["bytes", "By"],
  ["b", "By"],
  ["kb", "kBy"],
  ["mb", "MBy"],
  ["gb", "GBy"],
  ["tb", "TBy"],
  ["kib", "KiBy"],
  ["mib", "MiBy"],
  ["gib", "GiBy"],
  ["bit", "bit"],
  ["bits", "bit"],
  ["byte/s", "By/s"],
  ["bytes/s", "By/s"],
  ["b/s", "By/s"],
  ["bytes per second", "By/s"],
  ["kb/s", "kBy/s"],
  ["mb/s", "MBy/s"],
  ["ns", "ns"],
  ["nanoseconds", "ns"],
  ["µs", "us"],
  ["us", "us"],
  ["microseconds", "us"],
  ["ms", "ms"],
  ["millis", "ms"],
  ["milliseconds", "ms"],
  ["s", "s"],
  ["sec", "s"],
  ["second", "s"],
  ["seconds", "s"],
  ["min", "min"],
  ["minutes", "min"],
  ["h", "h"],
  ["hour", "h"],
  ["hours", "h"],
  ["d", "d"],
  ["days", "d"],
  ["%", "%"],
  ["percent", "%"],
  ["°c", "Cel"],
  ["celsius", "Cel"],
  ["w", "W"],
  ["watt", "W"],
  ["hz", "Hz"],
]);

/** The unit that a cell names; dashes and blanks name none. */
export function readUnit(text: string): string | undefined {
  const word = text.trim();
  if (/^[-–—]?$/.test(word)) return undefined;
  return units.get(word.toLowerCase()) ?? word;
}
