import { join } from "node:path";
import { expect, test } from "vitest";
import { type Json, localName, type Name, named, wireTypes } from "../../model/index.ts";
import { read, sampleMaker, wireJson } from "../../pipeline/index.ts";
import { codecsOf, messageCodec, moduleFolder } from "./testing.ts";

/** Samples by the hundred: what the codec writes, the codec and protobufjs read, and both say the same as the sample. */
const { project } = await read({ folder: join(import.meta.dirname, "cases/everything") });
if (!project) throw new Error("There is no model.");
const { view } = project;
const [system] = view.systems;
const { module } = await codecsOf(view, "acme", moduleFolder("codecs-samples"));

test.each([...wireTypes(view).messages.keys()].filter((name) => name !== "acme.Everything"))("%s", (name) =>
  samples(name, 100),
);
test("acme.Everything", () => samples("acme.Everything", 300));

async function samples(name: Name, count: number): Promise<void> {
  if (!system) throw new Error("There is no system.");
  const { encode, decode, verify } = await messageCodec(module, view, name, localName(name));
  let made = 0;
  for (const { value, shows } of sampleMaker(view, system, named(name), { seed: 4 }).valid(count)) {
    const json = wireJson(value);
    const refused = isRefused(json);
    if (refused) {
      expect(() => encode(json), shows).toThrow();
      continue;
    }
    const bytes = encode(json);
    const back = decode(bytes);
    expect(verify(bytes), shows).toStrictEqual(back);
    expect(encode(back), shows).toEqual(bytes);
    expect(meaning(back as Json), shows).toEqual(meaning(json));
    made++;
  }
  expect(made).toBeGreaterThan(0);
}

/** What the ledger calls lossy: the forms of Any, Empty and FieldMask that the model does not tell apart. */
function isRefused(json: Json): boolean {
  if (json === null || typeof json !== "object") return false;
  if (Array.isArray(json)) return json.some(isRefused);
  return Object.entries(json).some(
    ([key, value]) =>
      ((key === "packedMessage" || key === "nothing") && JSON.stringify(value) !== "{}") ||
      (key === "mask" && value !== "" && !/^[a-z]+(?:[A-Z][a-z]*)*$/.test(String(value))) ||
      isRefused(value as Json),
  );
}

/** A value without what means nothing: zeros without presence, empty lists, how a moment and a number are spelt. */
function meaning(json: Json, key = ""): Json {
  if (typeof json === "number") return key.startsWith("single") || key === "wrappedSingle" ? Math.fround(json) : json;
  if (typeof json === "string") {
    const [, moment = "", fraction = "", zone = ""] =
      /^(\d{4}-\d\d-\d\dT[\d:]{8})(?:\.(\d+))?(Z|[+-][\d:]+)$/.exec(json) ?? [];
    if (moment !== "") return `${Date.parse(moment + zone)}.${fraction.padEnd(9, "0")}`;
    const [, seconds, digits = ""] = /^(-?\d+)(?:\.(\d+))?s$/.exec(json) ?? [];
    const text = seconds === undefined ? json : `${seconds}.${digits.padEnd(9, "0")}s`;
    return /^-0\.0+s$/.test(text) ? text.slice(1) : text;
  }
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map((item) => meaning(item, key));
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => {
      if (implicit.has(name) && isNothing(value as Json)) return [];
      if (name.startsWith("wrapped") && value === null) return [];
      return [[name, meaning(value as Json, name)]];
    }),
  );
}

const implicit = new Set(
  [...wireTypes(view).messages.values()].flatMap(({ fields }) =>
    fields.flatMap(({ field }) => (field.presence === "implicit" ? [keyOf(field)] : [])),
  ),
);

function keyOf({ name, jsonName }: { readonly name: string; readonly jsonName?: string }): string {
  return jsonName ?? name.replace(/_(.)/g, (_, sign: string) => sign.toUpperCase());
}

const isNothing = (value: Json): boolean =>
  value === "" ||
  value === "0" ||
  value === false ||
  value === "COLOR_UNSPECIFIED" ||
  Object.is(value, 0) ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);
