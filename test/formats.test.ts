import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validator } from "@exodus/schemasafe";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Session } from "chdb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FormatDefinition, formats, hasFormat, type StringFormat } from "../model/index.ts";

/** Each form of a string means the same to its definition, to the page that explains it, to two engines and to ClickHouse. */
const all = Object.entries(formats) as readonly (readonly [StringFormat, FormatDefinition])[];
const page = readFileSync(join(import.meta.dirname, "../docs/formats.md"), "utf8");
const spans = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
const rows = new Map(
  [...page.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, name = "", rest = ""]) => {
    const [, keyword = "", taken = "", refused = ""] = rest.split(" | ");
    return [name, { keyword: spans(keyword), taken: spans(taken), refused: spans(refused) }] as const;
  }),
);

describe("the page about them", () => {
  test("has a row for each", () => {
    expect([...rows.keys()].sort()).toEqual(all.map(([name]) => name).sort());
  });
  test.each(all)("tells %s as it is", (name, { keyword, pattern }) => {
    const { taken, refused, keyword: told } = rows.get(name) ?? { taken: [], refused: [], keyword: [] };
    expect(taken.filter((text) => !hasFormat(name, text))).toEqual([]);
    expect(refused.filter((text) => hasFormat(name, text))).toEqual([]);
    expect([taken.length > 0, refused.length > 0]).toEqual([true, true]);
    expect(told).toEqual(Object.entries(keyword ?? { "x-format": name }).map(([key, value]) => `${key}: ${value}`));
    if (pattern !== undefined) expect(page).toContain(`\n${name.padEnd(16)} ${pattern}\n`);
  });
});

/** Texts on both sides of the edge: those of the page, with a few characters changed. */
const near = (name: StringFormat): fc.Arbitrary<string> => {
  const { taken = [], refused = [] } = rows.get(name) ?? {};
  const edit = fc.tuple(fc.nat(60), fc.nat(2), fc.constantFrom(...'019aFzZTtPYMWDHSs:-+.=/%@[]# {}"\n\u0000é'));
  return fc.tuple(fc.constantFrom(...taken, ...refused), fc.array(edit, { maxLength: 3 })).map(([text, edits]) =>
    edits.reduce((now, [at, how, sign]) => {
      const place = now.length === 0 ? 0 : at % now.length;
      return now.slice(0, place) + (how === 1 ? "" : sign) + now.slice(how === 2 ? place : place + 1);
    }, text),
  );
};
const options = { seed: 20240514, numRuns: 5000 };

describe.each(all)("%s", (name, { keyword, pattern }) => {
  const schema = { type: "string", ...keyword, ...(pattern !== undefined && { pattern }) } as const;
  const own = keyword && "format" in keyword ? { [keyword.format]: (text: string) => hasFormat(name, text) } : {};
  const safe = (given: typeof own | undefined) =>
    validator(schema as never, { ...(given && { formats: given }), contentValidation: true, isJSON: true } as never);
  const plain = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const engines = [plain, new Ajv2020({ strict: false, formats: own }).compile(schema), safe(own)];
  // What a pattern cannot say: there an engine may take more, and the ledger says so.
  const takesMore = ["int64", "uint64", "json"].includes(name);

  test("two engines take what the definition takes, whether or not they know of formats", () => {
    fc.assert(
      fc.property(near(name), (text) => {
        const expected = hasFormat(name, text);
        return engines.every((accepts) => accepts(text) === expected || (takesMore && accepts(text)));
      }),
      options,
    );
  });
  if (takesMore)
    test("an engine without formats takes more indeed", () => {
      const { refused = [] } = rows.get(name) ?? {};
      expect(refused.some((text) => plain(text))).toBe(true);
    });
  if (keyword && "format" in keyword)
    test("an engine's own idea of the format refuses nothing of it", () => {
      const accepts = safe(undefined);
      fc.assert(
        fc.property(near(name), (text) => !hasFormat(name, text) || accepts(text)),
        options,
      );
    });
});

describe("ClickHouse", () => {
  let session: Session;
  beforeAll(() => {
    session = new Session();
  });
  afterAll(() => session.close());
  const lines = (query: string): readonly string[] => session.query(query, "TSVRaw").trimEnd().split("\n");

  const two = (value: number): string => String(value).padStart(2, "0");
  const year = fc.oneof(
    fc.constantFrom(1, 4, 1677, 1678, 1899, 1900, 1969, 1970, 2000, 2024, 2261, 2262, 9999),
    fc.integer({ min: 1, max: 9999 }),
  );
  const offset = fc
    .tuple(fc.constantFrom("+", "-"), fc.nat(23), fc.nat(59))
    .map(([sign, h, m]) => `${sign}${two(h)}:${two(m)}`);
  const instant = fc
    .tuple(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), fc.nat(23), fc.nat(59), fc.nat(59))
    .chain(([y, month, day, h, m, s]) =>
      fc.tuple(fc.stringMatching(/^(?:\.[0-9]{1,9})?$/), fc.oneof(fc.constant("Z"), offset)).map(([fraction, zone]) => {
        const date = `${String(y).padStart(4, "0")}-${two(month)}-${two(day)}`;
        return `${date}T${two(h)}:${two(m)}:${two(s)}${fraction}${zone}`;
      }),
    )
    .filter((text) => hasFormat("date-time", text));
  const [texts = []] = fc.sample(fc.array(instant, { minLength: 3000, maxLength: 3000, size: "max" }), {
    seed: 7,
    numRuns: 1,
  });

  /** Nanoseconds since the epoch, counted without ClickHouse. */
  const nanoseconds = (text: string): bigint => {
    const [, seconds = "", fraction = "", zone = ""] = /^(.{19})(?:\.([0-9]+))?(.+)$/.exec(text) ?? [];
    return BigInt(Date.parse(seconds + zone)) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  };
  const isHeld = (scale: number, value: bigint): boolean => scale < 9 || BigInt.asIntN(64, value) === value;
  const endOfTime = nanoseconds("9999-12-31T23:59:59.999999999Z");
  const floor = (value: bigint, unit: bigint): bigint => (value - (((value % unit) + unit) % unit)) / unit;

  test.each([3, 6, 9])("takes every date-time into DateTime64(%i) as the moment that it is", (scale) => {
    const held = texts.filter((text) => isHeld(scale, nanoseconds(text)));
    session.query(`CREATE TABLE instants${scale} (place UInt32, value DateTime64(${scale}, 'UTC')) ENGINE = Memory`);
    session.query(
      `INSERT INTO instants${scale} SETTINGS date_time_input_format = 'best_effort' FORMAT JSONEachRow ${held.map((value, place) => JSON.stringify({ place, value })).join("\n")}`,
    );
    const found = lines(`SELECT reinterpretAsInt64(value) FROM instants${scale} ORDER BY place`).map(BigInt);
    const unit = 10n ** BigInt(9 - scale);
    const odd = held.filter((text, i) => {
      const value = nanoseconds(text);
      return value <= endOfTime && found[i] !== floor(value, unit);
    });
    expect(odd).toEqual([]);
    expect(found.length).toBe(held.length);
    expect(held.length).toBeGreaterThan(500);
  });
  test("refuses what DateTime64(9) does not hold, and keeps no moment after the year 9999", () => {
    const parse = (text: string, scale: number): string =>
      lines(`SELECT toString(parseDateTime64BestEffortOrNull('${text}', ${scale}, 'UTC'))`)[0] ?? "";
    for (const text of ["1677-09-21T00:12:42Z", "2262-04-11T23:47:17Z"]) expect(parse(text, 9)).toBe("\\N");
    expect(parse("9999-12-31T23:59:59-23:59", 3)).toBe("9999-12-31 23:59:59.000");
  });
  test("is the reason why there is no year 0", () => {
    expect(lines("SELECT toYear(parseDateTime64BestEffort('0000-06-01T00:00:00Z', 3, 'UTC')) > 2000")).toEqual(["1"]);
    expect(hasFormat("date-time", "0000-06-01T00:00:00Z")).toBe(false);
  });
  test.each([
    ["uuid", "toUUIDOrNull(text)"],
    ["ip", "toIPv6OrNull(text)"],
  ] as const)("takes every %s", (name, read) => {
    const sample = fc.sample(near(name), options).filter((text) => hasFormat(name, text));
    const values = sample.map((text) => JSON.stringify({ text })).join("\n");
    session.query(`CREATE TABLE ${name}s (text String) ENGINE = Memory`);
    session.query(`INSERT INTO ${name}s FORMAT JSONEachRow ${values}`);
    expect(lines(`SELECT text FROM ${name}s WHERE ${read} IS NULL`)).toEqual([""]);
    expect(lines(`SELECT count() FROM ${name}s`)).toEqual([String(sample.length)]);
  });
});
