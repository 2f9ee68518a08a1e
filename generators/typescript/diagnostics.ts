import { diagnostic } from "../../model/index.ts";

export const nameCollision = diagnostic<{ subject: string; other: string; name: string }>(
  "typescript/name-collision",
  "error",
  (a) => `${capital(a.subject)} and ${a.other} both get the name ${a.name} in TypeScript.`,
  () => "Give one of them another name with an overlay.",
);
export const unusableName = diagnostic<{ subject: string; name: string }>(
  "typescript/unusable-name",
  "error",
  (a) =>
    `${capital(a.subject)} gets ${a.name === "" ? "no name" : `the name ${a.name}`} in TypeScript, which is no identifier.`,
  () => "Give it a name that begins with a Latin letter with an overlay.",
);

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
