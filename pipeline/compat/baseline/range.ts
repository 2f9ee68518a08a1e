/** A version: major, minor, patch, and what stands before its release. */
export interface Version {
  readonly parts: readonly [number, number, number];
  readonly pre: readonly string[];
}

/** Reads a version; `undefined` for any other text. What is said of a build does not count. */
export function versionOf(text: string): Version | undefined {
  const found = /^v?(\d{1,15})\.(\d{1,15})\.(\d{1,15})(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text.trim());
  if (!found) return undefined;
  return {
    parts: [Number(found[1]), Number(found[2]), Number(found[3])],
    pre: found[4] === undefined ? [] : found[4].split("."),
  };
}

/** Which of two versions is later: negative, zero or positive. A release is later than what stands before it. */
export function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a.parts[i] !== b.parts[i]) return a.parts[i] - b.parts[i];
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let i = 0; i < Math.max(a.pre.length, b.pre.length); i++) {
    const [x, y] = [a.pre[i], b.pre[i]];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    const [m, n] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (m && n) return Number(x) - Number(y);
    return m ? -1 : n || x < y ? (n ? 1 : -1) : 1;
  }
  return 0;
}

/** Whether a version is in a range of npm; `undefined` for a range that is none: a tag. */
export function isInRange(version: string, range: string): boolean | undefined {
  const own = versionOf(version);
  if (!own) return undefined;
  const answers = range.split("||").map((part) => inAll(own, part.trim()));
  return answers.includes(undefined) ? undefined : answers.includes(true);
}

function inAll(version: Version, text: string): boolean | undefined {
  const spans = text.replace(/^(\S+) +- +(\S+)$/, ">=$1 <=$2").replace(/([<>=^~]) +/g, "$1");
  const bounds = (spans === "" ? ["*"] : spans.split(/ +/)).map(boundsOf);
  if (bounds.includes(undefined)) return undefined;
  const all = bounds.flatMap((pair) => pair ?? []);
  // What stands before a release is only meant where its release is named together with such a part.
  const meant = version.pre.length === 0 || all.some(({ at }) => at.pre.length > 0 && same(at, version));
  return (
    meant && all.every(({ at, from }) => (from ? compareVersions(version, at) >= 0 : compareVersions(version, at) < 0))
  );
}

const same = (a: Version, b: Version): boolean => a.parts.every((part, i) => part === b.parts[i]);

interface Bound {
  readonly at: Version;
  /** True for the first version that is inside, false for the first one behind it. */
  readonly from: boolean;
}

function boundsOf(text: string): readonly Bound[] | undefined {
  const [, sign = "", rest = ""] = /^(\^|~|>=|<=|>|<|=)?v?(.*)$/.exec(text) ?? [];
  const [, a, b, c, pre] = /^(\d+|[*xX])(?:\.(\d+|[*xX]))?(?:\.(\d+|[*xX]))?(?:-([\w.-]+))?$/.exec(rest) ?? [];
  if (a === undefined) return undefined;
  const known = [a, b, c].findIndex((part) => part === undefined || !/^\d+$/.test(part));
  const given = known < 0 ? 3 : known;
  const numbers = [a, b, c].map((part, i) => (i < given ? Number(part) : 0)) as unknown as Version["parts"];
  const low: Version = { parts: numbers, pre: given === 3 && pre !== undefined ? pre.split(".") : [] };
  const from = (at: Version): Bound => ({ at, from: true });
  const before = (at: Version): Bound => ({ at, from: false });
  /** The first version behind those that agree in the first places. */
  const behind = (places: number): readonly Bound[] => {
    if (places === 0) return [];
    const parts = numbers.map((part, i) => (i < places - 1 ? part : i === places - 1 ? part + 1 : 0));
    // Nothing that stands before that version is meant either.
    return [before({ parts: parts as unknown as Version["parts"], pre: ["0"] })];
  };
  const first = numbers.findIndex((part, i) => part > 0 && i < given);
  switch (sign) {
    case "^":
      return [from(low), ...behind(first < 0 ? given : first + 1)];
    case "~":
      return [from(low), ...behind(Math.min(2, given))];
    case ">=":
      return [from(low)];
    case "<":
      return [before(low)];
    case ">":
      return given === 3 ? [from(after(low))] : behind(given).map(({ at }) => from({ ...at, pre: [] }));
    case "<=":
      return given === 3 ? [before(after(low))] : behind(given);
    default:
      return given === 3 ? [from(low), before(after(low))] : [from(low), ...behind(given)];
  }
}

/** The least version that is later. */
const after = ({ parts, pre }: Version): Version =>
  pre.length > 0 ? { parts, pre: [...pre, "0"] } : { parts: [parts[0], parts[1], parts[2] + 1], pre: ["0"] };
