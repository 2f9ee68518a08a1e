import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folders whose content is the list of plug-ins: nobody else keeps one. */
const rooms = {
  "concordat:readers": { folder: "readers", entry: (name) => `${name}/index.ts` },
  "concordat:generators": { folder: "generators", entry: (name) => `${name}/index.ts` },
  "concordat:rules": { folder: "checks/rules", entry: (name) => name },
};

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every file that declares findings, so that each of their codes can be explained. */
function diagnosticsText() {
  const files = ["model", "readers", "generators", "checks", "verify", "pipeline"].flatMap((room) =>
    readdirSync(root + room, { recursive: true, withFileTypes: true })
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(root.length))
      .filter((path) => /(?<!\.test|\.d)\.ts$/.test(path))
      .filter((path) => /^export const \w+ = diagnostic[<(]/m.test(readFileSync(root + path, "utf8"))),
  );
  const imports = files.sort().map((path, i) => `import * as file${i} from ${JSON.stringify(root + path)};`);
  return [...imports, `export default [${files.map((_, i) => `file${i}`).join(", ")}];`].join("\n");
}

function moduleText(id) {
  if (id === "concordat:diagnostics") return diagnosticsText();
  const { folder, entry } = rooms[id];
  const names = readdirSync(root + folder)
    .filter(
      (name) =>
        !name.endsWith(".test.ts") && /\.ts$/.test(entry(name)) && existsSync(`${root}${folder}/${entry(name)}`),
    )
    .sort();
  const imports = names.map(
    (name, i) => `import plugin${i} from ${JSON.stringify(`${root}${folder}/${entry(name)}`)};`,
  );
  const rows = names.map((name, i) => `  ${JSON.stringify(name.replace(/\.ts$/, ""))}: plugin${i},`);
  return [...imports, "export default {", ...rows, "};"].join("\n");
}

/** For esbuild: the shipped bundle. */
export const esbuildPluginFolders = {
  name: "plugin-folders",
  setup(build) {
    build.onResolve({ filter: /^concordat:/ }, ({ path }) => ({ path, namespace: "plugin-folders" }));
    build.onLoad({ filter: /.*/, namespace: "plugin-folders" }, ({ path }) => ({
      contents: moduleText(path),
      resolveDir: root,
    }));
  },
};

/** For Vitest: the tests run from the sources. */
export const vitePluginFolders = {
  name: "plugin-folders",
  resolveId: (id) => (id in rooms || id === "concordat:diagnostics" ? `\0${id}` : undefined),
  load: (id) => (id.startsWith("\0concordat:") ? moduleText(id.slice(1)) : undefined),
};
