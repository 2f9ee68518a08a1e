import type { Reader } from "../../model/index.ts";
import { rootIsList } from "./clearml/diagnostics.ts";
import { type EventRule, readService } from "./clearml/index.ts";
import { defaultLimits, type HoconLimits, readHocon } from "./syntax/index.ts";

interface Options {
  readonly strict?: boolean;
  readonly events?: Partial<EventRule>;
  readonly limits?: Partial<HoconLimits>;
}

const limit = (description: string, maximum = 1e9) => ({ type: "integer", minimum: 1, maximum, description }) as const;

/** HOCON in the form of the ClearML API server: services with endpoints in versions, and types under `_definitions`. */
const hocon: Reader<Options | undefined> = {
  title: "HOCON service files of the ClearML API server",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      strict: { type: "boolean", description: "Escapes that JSON does not know are errors instead of warnings." },
      events: {
        type: "object",
        description: "The endpoint whose request is one of several events, and the field that tells them apart.",
        additionalProperties: false,
        properties: { operation: { type: "string" }, discriminator: { type: "string" } },
      },
      limits: {
        type: "object",
        description: "How much a text may ask for.",
        additionalProperties: false,
        properties: {
          depth: limit("Objects, lists and path elements inside one another.", 1000),
          chain: limit("Substitutions that wait for one another."),
          steps: limit("Units of work while resolving substitutions."),
          size: limit("Values, and characters of joined texts, in the result."),
          includes: limit("Files included, the same one counted again each time."),
        },
      },
    },
  },
  read(source, { system, options, report, include }) {
    const { strict = false, events, limits } = options ?? {};
    const { root, damaged } = readHocon(source, { report, include, strict, limits: { ...defaultLimits, ...limits } });
    // Where brackets do not match, nothing stands where its author sees it: what follows from that is not worth saying.
    if (damaged || root.kind === "unknown") return [];
    if (root.kind === "object")
      return readService(root, { system, report, events: { operation: "add", discriminator: "type", ...events } });
    report(rootIsList(root.span, { path: source.path }));
    return [];
  },
};
export default hocon;
