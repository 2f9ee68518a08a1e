import type { Reader } from "../../model/index.ts";
import { rootIsList } from "./clearml/diagnostics.ts";
import { type EventRule, readService } from "./clearml/index.ts";
import { recognises } from "./recognises.ts";
import { defaultLimits, type HoconLimits, type HoconOptions, readHocon } from "./syntax/index.ts";

interface Options {
  readonly strict?: boolean;
  readonly service?: string;
  readonly events?: Partial<EventRule>;
  readonly limits?: Partial<HoconLimits>;
}

const limit = (description: string, maximum = 1e9) => ({ type: "integer", minimum: 1, maximum, description }) as const;

/** Beside the services, and said of all of them. */
const defaultsFile = "_api_defaults.conf";

/** HOCON in the form of the ClearML API server: services with endpoints in versions, and types under `_definitions`. */
const hocon: Reader<Options | undefined> = {
  title: "HOCON service files of the ClearML API server",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      strict: { type: "boolean", description: "Escapes that JSON does not know are errors instead of warnings." },
      service: {
        type: "string",
        pattern: "^[a-z][a-z0-9_]*$",
        description:
          "The name that the endpoints and types of this file have before their own, where a system has several.",
      },
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
          // Reading goes down with the text, and the stack ends at some 800 levels.
          depth: limit("Objects, lists and path elements inside one another.", 500),
          chain: limit("Substitutions that wait for one another."),
          steps: limit("Units of work while resolving substitutions."),
          size: limit("Values, and characters of joined texts, in the result."),
          includes: limit("Files included, the same one counted again each time."),
        },
      },
    },
  },
  recognises,
  read(source, { system, options, report, include }) {
    const { strict = false, service, events, limits } = options ?? {};
    const how: HoconOptions = { report, include, strict, limits: { ...defaultLimits, ...limits } };
    const { root, damaged } = readHocon(source, how);
    // Where brackets do not match, nothing stands where its author sees it: what follows from that is not worth saying.
    if (damaged || root.kind === "unknown") return [];
    if (root.kind !== "object") {
      report(rootIsList(root.span, { path: source.path }));
      return [];
    }
    const beside = include(defaultsFile, source.path);
    return readService(root, {
      system,
      service,
      report,
      events: { operation: "add", discriminator: "type", ...events },
      defaults: beside && { root: readHocon(beside, how).root, path: beside.path },
    });
  },
};
export default hocon;
