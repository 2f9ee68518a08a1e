import { diagnostic, type UndecidedFeed } from "../../model/index.ts";

/** All that the validators generator can say. */
export const nameCollision = diagnostic<{ subject: string; other: string; name: string }>(
  "validators/name-collision",
  "error",
  (a) => `The validators of ${a.subject} and ${a.other} would both be called ${a.name}.`,
  () => "Rename one of the two, or give it another scope with an overlay.",
);

export const feedsNothing = diagnostic<{ component: string; variable: string; field: string; why: string }>(
  "validators/feeds-nothing",
  "warning",
  (a) => `${a.variable} of ${a.component} is to feed ${a.field}, but ${a.why}.`,
  (a) => `Correct what ${a.variable} feeds with an overlay; until then ${a.field} is not read from the environment.`,
);

/** Why a variable feeds nothing, in words. */
export const feedReasons: Readonly<Record<UndecidedFeed["why"], string>> = {
  "no such variable": "no variable of the environment has that name",
  "no such field": "none of its events has that field",
  "no one form": "the types of that field do not say how its text is to be read",
  "fed twice": "another variable feeds that field as well",
};
