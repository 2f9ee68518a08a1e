import { readFileSync } from "node:fs";
import { join } from "node:path";
import avsc from "avsc";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../checks/index.ts";
import avro from "../../../generators/avro/index.ts";
import typescript from "../../../generators/typescript/index.ts";
import type { View } from "../../../model/index.ts";
import { avroCodec, avscOptions } from "../../../verify/index.ts";
import { compileWith, strictest } from "../../support/compilers.ts";
import { folderWith } from "../../support/project.ts";
import { columns, judgePair, letters, type Pair, viewOf } from "./judge-pair.ts";

const known: Readonly<Record<string, { readonly says: string; readonly shown?: boolean }>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "known-disagreements.json"), "utf8"),
);

type Member = Pair["old"]["fields"][number];

const pair = (was: Member["type"], now: Member["type"]): Pick<Pair, "old" | "new"> => {
  const side = (type: Member["type"]) => ({
    fields: [
      { num: 1, name: "id", type: "string", req: true },
      { num: 2, name: "w", type },
    ],
  });
  return { old: side(was), new: side(now) };
};
const enumOf = (...names: readonly string[]): Member["type"] => ({
  enum: names.map((name, at) => [name, at] as const),
});

// The cells of the measurement that we judge milder than it did, since what we generate is not what it measured. Each is
// executed here with what we generate.
const enums = {
  "enum.value.add": pair(enumOf("A", "B"), enumOf("A", "B", "C")),
  "enum.value.remove": pair(enumOf("A", "B", "C"), enumOf("A", "B")),
  "enum.value.remove (reserved)": pair(enumOf("A", "B", "C"), enumOf("A", "B")),
  "enum.value.rename (same number)": pair(enumOf("A", "B"), enumOf("A", "BB")),
};
const texts = {
  "type.int64->string": pair("int64", "string"),
  "type.string->bytes": pair("string", "bytes"),
  "type.bytes->string": pair("bytes", "string"),
  "type.int64(epoch ms)->timestamp": pair("int64", "timestamp"),
  "type.string->timestamp": pair("string", "timestamp"),
};

test("every cell that is judged milder than measured is executed here", () => {
  const shown = Object.entries(known).flatMap(([cell, { shown: is }]) => (is ? [cell] : []));
  const executed = [...Object.keys(enums).map((kind) => `${kind}: av`), ...Object.keys(texts).map((k) => `${k}: ts`)];
  expect(shown.sort()).toEqual(executed.sort());
});

describe("a symbol that the reader's schema does not have becomes its default, as avsc reads it", () => {
  for (const [kind, sides] of Object.entries(enums))
    test(kind, () => {
      const [old, next] = [avroOf(sides.old), avroOf(sides.new)];
      const executed = `${reads(old, next)}/${reads(next, old)}`;
      expect(executed).toBe(known[`${kind}: av`]?.says);
      expect(judgePair({ kind, ...sides }, "av")).toBe(executed);
    });

  test("and without a default it is refused", () => {
    const [old, next] = [avroOf(enums["enum.value.add"].old), avroOf(enums["enum.value.add"].new)];
    const bare = { ...old, schema: JSON.parse(JSON.stringify(old.schema).replace(/,"default":"A"/, "")) };
    expect(reads(next, bare)).toBe("B");
  });
});

test("texts in JSON are strings to the compiler, whatever they say: old programs compile with the new types", async () => {
  const all = { ...texts, "type.int32->string": pair("int32", "string") };
  const files = Object.entries(all).flatMap(([, { old, new: next }], at) => {
    const program = [
      `import type { M as Old } from "./old${at}/index.d.ts";`,
      `import type { M as New } from "./new${at}/index.d.ts";`,
      "export const read = (value: New): Old => value;",
      "export const write = (value: Old): New => value;",
      "",
    ];
    return [
      [`old${at}/index.d.ts`, typesOf(old)],
      [`new${at}/index.d.ts`, typesOf(next)],
      [`program${at}.ts`, program.join("\n")],
    ] as const;
  });
  const folder = folderWith({
    ...Object.fromEntries(files),
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions: strictest("typescript"), include: ["*.ts"] }),
  });
  const said = await compileWith("typescript", join(folder, "tsconfig.json"));
  const executed = (at: number): string =>
    [...[3, 4].map((line) => (said.includes(`program${at}.ts(${line},`) ? "B" : "S")), "S"].join("/");
  Object.entries(all).forEach(([kind, sides], at) => {
    expect([kind, executed(at)]).toEqual([kind, known[`${kind}: ts`]?.says ?? "B/B/S"]);
    expect([kind, judgePair({ kind, ...sides }, "ts")]).toEqual([kind, executed(at)]);
  });
}, 60_000);

const generated = (made: unknown, ending: string): string =>
  (made as { readonly files: readonly { readonly path: string; readonly content: string }[] }).files.find(({ path }) =>
    path.endsWith(ending),
  )?.content ?? "";

const quietly = { options: {}, report: () => undefined };

const viewFor = (side: Pair["old"], column: keyof typeof columns): View => {
  const { json, proto3 } = columns[column];
  return viewOf(side, { ...json, enums: "name", timestamp: "rfc3339", duration: "seconds-string" }, proto3);
};

const typesOf = (side: Pair["old"]): string =>
  generated(typescript.generate(viewFor(side, "ts"), quietly), "index.d.ts");

function avroOf(side: Pair["old"]) {
  const symbols = side.fields.flatMap(({ type }) => (typeof type === "string" ? [] : type.enum.map(([name]) => name)));
  return { schema: JSON.parse(generated(avro.generate(viewFor(side, "av"), quietly), ".avsc")), symbols };
}

/** What becomes of every symbol of one side when the other reads it, in the letters of the measurement. */
function reads(writer: ReturnType<typeof avroOf>, reader: ReturnType<typeof avroOf>): string {
  const typeOf = (schema: object): avsc.Type =>
    avsc.Type.forSchema(schema as never, avscOptions<avsc.Type>(avsc as never));
  const [from, to] = [typeOf(writer.schema), typeOf(reader.schema)];
  let verdict: Verdict = "safe";
  for (const symbol of writer.symbols) {
    const value = avroCodec(writer.schema).toAvro({ id: "x", w: symbol });
    if (!value.ok) throw new Error(`${symbol} is a symbol of the writer.`);
    try {
      const read = to.fromBuffer(from.toBuffer(value.value), to.createResolver(from));
      const json = avroCodec(reader.schema).fromAvro(read);
      if (!json.ok || (json.value as { readonly w: string }).w !== symbol) verdict = "lossy";
    } catch {
      return letters.breaking;
    }
  }
  return letters[verdict];
}
