import { diagnostic } from "../../model/index.ts";

/** All that the validators generator can say. */
export const nameCollision = diagnostic<{ subject: string; other: string; name: string }>(
  "validators/name-collision",
  "error",
  (a) => `The validators of ${a.subject} and ${a.other} would both be called ${a.name}.`,
  () => "Rename one of the two, or give it another scope with an overlay.",
);
