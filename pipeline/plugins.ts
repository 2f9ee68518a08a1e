import generatorFolder from "concordat:generators";
import readerFolder from "concordat:readers";
import ruleFolder from "concordat:rules";
import type { Generated, Generator, Reader, Rule } from "../model/index.ts";

/** All readers, by the name of their folder. */
export const readers: Readonly<Record<string, Reader>> = readerFolder;
/** All generators, by the name of their folder. */
export const generators: Readonly<Record<string, Generator<unknown, Generated | Promise<Generated>>>> = generatorFolder;
/** All rules, in the order of their file names. */
export const rules: readonly Rule[] = Object.values(ruleFolder);
