import { spawn } from "node:child_process";
import { join } from "node:path";

/** A TypeScript compiler, by the folder it is installed in. */
export type Compiler = "typescript54" | "typescript59" | "typescript";

/** The oldest, the last in JavaScript, and the current one. */
export const compilers: readonly Compiler[] = ["typescript54", "typescript59", "typescript"];

/** Settings under which every compiler is as strict as it can be; declaration files are checked like any other. */
export const strictest = (compiler: Compiler): Readonly<Record<string, unknown>> => ({
  target: "es2022",
  lib: ["es2023"],
  module: "nodenext",
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  // Not known before 5.8.
  ...(compiler !== "typescript54" && { erasableSyntaxOnly: true }),
});

/** What a compiler has to say of a project; nothing when all is well. By path: all of them are called `tsc`. */
export function compileWith(compiler: Compiler, settings: string): Promise<string> {
  const program = join(import.meta.dirname, "../../node_modules", compiler, "bin/tsc");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, "-p", settings]);
    let text = "";
    child.stdout.on("data", (part) => {
      text += String(part);
    });
    child.stderr.on("data", (part) => {
      text += String(part);
    });
    child.on("error", reject);
    child.on("close", () => resolve(text));
  });
}
