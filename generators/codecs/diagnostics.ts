import { diagnostic } from "../../model/index.ts";

/** All that the codecs generator can say. */
export const nameCollision = diagnostic<{ at: string; other: string; name: string }>(
  "codecs/name-collision",
  "error",
  (a) => `The encoders of ${a.at} and ${a.other} would both be called ${a.name}.`,
  () => "Rename one of the two, or give it another scope with an overlay.",
);
