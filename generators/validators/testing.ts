import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { OutputFile } from "../../model/index.ts";

/** One thing that is wrong, as the runtime declares it. */
export interface Violation {
  readonly path: string;
  readonly keyword: string;
  readonly property?: string;
  readonly message: string;
  readonly expected: string;
}

/** Lists what is wrong with a value. */
export type Validate = (value: unknown, options?: { unknown: "error" | "ignore" }) => readonly Violation[];

/** All that can be done with one shape. */
export interface Validator {
  readonly name: string;
  readonly is: (value: unknown) => boolean;
  readonly validate: Validate;
  readonly assert: (value: unknown) => void;
}

/** A system's `validators.js`, loaded. */
export interface ValidatorModule {
  readonly validateEvent: (name: unknown, ...rest: Parameters<Validate>) => readonly Violation[];
  readonly validateByType: Validate;
  readonly validatorFor: (name: string) => Validator | undefined;
  readonly [exported: string]: unknown;
}

/** Folders for generated modules, inside node_modules, so that they find ajv; they go when the tests of the file are over. */
export function moduleFolders(name: string): (files: readonly OutputFile[]) => string {
  const parent = join(import.meta.dirname, "../../node_modules/.concordat-test");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return (files) => {
    const root = join(folder, String(count++));
    for (const { path, content } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  };
}

/** Loads the validators of a system from the folder its files were written to. */
export const loadValidators = (root: string, system: string): Promise<ValidatorModule> =>
  import(/* @vite-ignore */ join(root, system, "validators.js")) as Promise<ValidatorModule>;
