import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** The plan of the house, as CONTRIBUTING draws it: which room may import which. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  readers: ["model"],
  generators: ["model"],
  checks: ["model"],
  verify: ["model"],
  pipeline: ["model", "readers", "generators", "checks", "verify"],
  bin: ["pipeline"],
};
/** Only these see the disk, the clock, the environment, processes and the console. */
const atTheEdge = new Set(["pipeline", "bin"]);

const root = join(import.meta.dirname, "..");
const files = Object.keys(mayImport).flatMap(sources);
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe("the house", () => {
  test("has no other rooms than its plan", () => {
    const others = [
      "schemas",
      "generated",
      "contracts",
      "test",
      "bench",
      "build",
      "docs",
      "scenarios",
      "dist",
      "node_modules",
    ];
    const present = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name);
    expect(present.filter((name) => !(name in mayImport) && !others.includes(name))).toEqual([]);
  });

  test("lets a room import only what the plan allows, and through its door", () => {
    const wrong = edges().filter(({ from, to }) => {
      const [a, b] = [roomOf(from), roomOf(to)];
      if (a === b) return false;
      return to !== "package.json" && (!mayImport[a]?.includes(b) || to !== `${b}/index.ts`);
    });
    expect(wrong).toEqual([]);
  });

  test("keeps plug-ins apart", () => {
    const wrong = edges().filter(({ from, to }) => {
      const [a, b] = [pluginOf(from), pluginOf(to)];
      return a !== undefined && b !== undefined && a !== b && !isLibrary(b);
    });
    expect(wrong).toEqual([]);
  });

  test("lets what plug-ins share stand on the model alone", () => {
    const wrong = edges().filter(({ from, to }) => {
      const [a, b] = [pluginOf(from), pluginOf(to)];
      return a !== undefined && isLibrary(a) && a !== b && to !== "model/index.ts";
    });
    expect(wrong).toEqual([]);
  });

  test("has no import cycle, types included", () => {
    expect(cycles()).toEqual([]);
  });

  test("touches the world at its edge only", () => {
    const world = /^(node:(?!path\/posix$)|fs$|child_process$|os$|process$|path$)/;
    const wrong = files
      .filter((file) => !atTheEdge.has(roomOf(file)))
      .flatMap((file) => {
        const text = code(file);
        const modules = packagesOf(text).filter((name) => world.test(name));
        const globals =
          text.match(/\b(process\.|console\.|Date\.now\(|new Date\(\)|Math\.random\(|localeCompare\(|toLocale)/g) ?? [];
        return [...modules, ...globals].map((what) => `${file}: ${what}`);
      });
    expect(wrong).toEqual([]);
  });

  test("gives every plug-in a door, its findings, cases and a row in the README", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const lacking = ["readers", "generators"].flatMap((room) =>
      readdirSync(join(root, room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !isLibrary(`${room}/${entry.name}`))
        .flatMap(({ name }) => {
          const has = (part: string): boolean => existsSync(join(root, room, name, part));
          return [
            ...["index.ts", "diagnostics.ts", "cases"]
              .filter((part) => !has(part))
              .map((part) => `${room}/${name}/${part}`),
            ...(readme.includes(`\`${name}\``) ? [] : [`README.md: ${name}`]),
          ];
        }),
    );
    expect(lacking).toEqual([]);
  });

  test("keeps files small", () => {
    const long = files.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 400);
    expect(long).toEqual([]);
  });
});

function sources(room: string): readonly string[] {
  if (!existsSync(join(root, room))) return [];
  return readdirSync(join(root, room), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/(?:\.(?:test|d)|^testing)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("/cases/"))
    .sort();
}

/** The text of a file without its comments and templates: a generator writes imports of its own. */
function code(file: string): string {
  return readFileSync(join(root, file), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/`(?:\\.|[^`\\])*`/g, "``");
}

function packagesOf(text: string): readonly string[] {
  return [...text.matchAll(/^(?:import|export)\s[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)].map(
    (m) => m[1] ?? m[2] ?? "",
  );
}

function importsOf(file: string): readonly string[] {
  return packagesOf(code(file))
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, join(root, dirname(file), name)));
}

function edges(): readonly { readonly from: string; readonly to: string }[] {
  return [...imports].flatMap(([from, all]) => all.map((to) => ({ from, to })));
}

function roomOf(file: string): string {
  return file.split("/")[0] ?? "";
}

function pluginOf(file: string): string | undefined {
  const [room, ...rest] = file.split("/");
  if (room === "readers" || room === "generators") return `${room}/${rest[0]}`;
  return file.startsWith("checks/rules/") ? file : undefined;
}

/** A folder of readers without a door and without cases is no plug-in: it holds what several of them share. */
function isLibrary(folder: string): boolean {
  return folder.startsWith("readers/") && !["index.ts", "cases"].some((part) => existsSync(join(root, folder, part)));
}

function cycles(): readonly string[] {
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") return void found.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    state.set(file, "open");
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}
