import { wireJson } from "../../../verify/index.ts";
import { closing, type MakeJudge, refused, taken } from "../judge.ts";
import { loadValidators } from "./load-validators.ts";

/** The generated `is…` functions: a word, and no reason. */
export const guard: MakeJudge = async (bench) => {
  const validators = await loadValidators(bench);
  return {
    name: "guard",
    targets: ["validators"],
    judge: (event, samples) => {
      const { is } = validators(event).named(event.name);
      return samples.map(({ value, fault }) => {
        if (fault && closing.has(fault.keyword)) return { kind: "unasked" };
        return is(wireJson(value)) ? taken : refused("The guard says no.");
      });
    },
  };
};
