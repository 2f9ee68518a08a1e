import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Direction } from "../../../checks/index.ts";
import typescript from "../../../generators/typescript/index.ts";
import { compileWith, strictest } from "../../support/compilers.ts";
import type { Engine, Pair, Side } from "./side.ts";

/**
 * Programs that were written against the old types and meet the new ones, all in one run of the compiler: one that reads
 * every property, one that makes values with all of them and with as few as may be, one with a `switch` over every enum.
 */
export async function typescriptEngine(pairs: readonly Pair[]): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "concordat-programs-"));
  try {
    mkdirSync(join(folder, "types"));
    for (const { old, new: next } of pairs)
      for (const side of [old, next]) writeFileSync(join(folder, "types", `${side.id}.ts`), typesOf(side));
    for (const pair of pairs)
      for (const part of parts) writeFileSync(join(folder, `${nameOf(pair, part)}.ts`), program(pair, part));
    const compilerOptions = { ...strictest("typescript"), noUnusedLocals: false };
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const said = await compileWith("typescript", join(folder, "tsconfig.json"));
    const refused = new Set<string>();
    for (const [line, place = ""] of said.matchAll(/^(\S.*?)\(\d+,\d+\): error .*$/gm)) {
      const name = /([\w]+-\w+)\.ts$/.exec(place)?.[1];
      if (!name) throw new Error(line);
      refused.add(name);
    }
    if (said !== "" && refused.size === 0) throw new Error(said.slice(0, 2000));
    return (pair, direction) => (refused.has(nameOf(pair, direction)) ? "breaking" : "safe");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const parts = ["reader", "writer", "exhaustive"] as const;
const nameOf = ({ new: next }: Pair, part: Direction): string => `${next.id}-${part}`;

function typesOf({ view }: Side): string {
  const { files } = typescript.generate(view, { options: {}, report: () => undefined }) as {
    readonly files: readonly { readonly path: string; readonly content: string }[];
  };
  return files.find(({ path }) => path.endsWith("shop/index.d.ts"))?.content ?? "";
}

function program(pair: Pair, part: (typeof parts)[number]): string {
  const lines = [
    `import type * as Old from "./types/${pair.old.id}.ts";`,
    `import type * as New from "./types/${pair.new.id}.ts";`,
    "type Of<T, K extends keyof T> = Exclude<T[K], undefined>;",
  ];
  const { fields, inner, values, group } = pair.old.made;
  const messages = [
    { name: "Paid", fields, group: group.length > 1 ? group : [] },
    { name: "Line", fields: inner, group: [] },
  ];
  if (part === "reader") {
    for (const { name, fields: own } of messages)
      for (const field of own)
        lines.push(
          `export const ${name}_${field.name} = (v: New.${name}): Old.${name}["${field.name}"] => v.${field.name};`,
        );
    lines.push("export const color = (v: New.Color): Old.Color => v;");
    lines.push("export const all = (v: New.Paid): Old.Paid => v;");
  }
  if (part === "writer") {
    for (const { name, fields: own, group: members } of messages) {
      const needed = own.filter(({ presence }) => presence === "required").map((field) => field.name);
      // Of a one-of, a program sets one.
      const choices = members.length > 0 ? members : [undefined];
      const makes = choices.map((chosen) =>
        own.map((field) => field.name).filter((field) => !members.includes(field) || field === chosen),
      );
      for (const [at, keys] of [...makes, ...(members.some((key) => needed.includes(key)) ? [] : [needed])].entries()) {
        const takes = keys.map((key) => `${key}: Of<Old.${name}, "${key}">`);
        lines.push(`export const ${name}_${at} = (${takes.join(", ")}): New.${name} => ({ ${keys.join(", ")} });`);
      }
    }
    lines.push("declare const Color: typeof New.Color;");
    for (const { name } of values) lines.push(`export const ${name}: New.Color = Color.${name};`);
    lines.push("export const color = (v: Old.Color): New.Color => v;");
  }
  if (part === "exhaustive") {
    const cases = values.map(({ name }) => `case "${name}": return v;`).join(" ");
    lines.push(
      `const each = (v: New.Color): string => { switch (v) { ${cases} default: { const no: never = v; return no; } } };`,
    );
    const kept = new Set(pair.new.made.fields.map(({ name }) => name));
    for (const { name, type } of fields)
      if (type.kind === "named" && type.name === "shop.Color" && kept.has(name))
        lines.push(`export const of_${name} = (v: New.Paid): string => each(v.${name}!);`);
  }
  return `${lines.join("\n")}\nexport {};\n`;
}
