import { wireJson } from "../../../verify/index.ts";
import { type MakeJudge, taken } from "../judge.ts";
import { loadValidators } from "./load-validators.ts";

/** The generated `validateEvent`: all findings, each with its place and keyword. Fields that nobody declared are findings. */
export const validator: MakeJudge = async (bench) => {
  const validators = await loadValidators(bench);
  return {
    name: "validator",
    targets: ["validators"],
    judge: (event, samples) => {
      const { event: validate } = validators(event);
      return samples.map(({ value }) => {
        const findings = validate(event.name, wireJson(value), { unknown: "error" });
        const [first] = findings;
        return first ? { kind: "refused", why: first.message, pointer: first.path, findings } : taken;
      });
    },
  };
};
