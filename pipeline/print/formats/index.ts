import type { Printed, Surroundings } from "../printed.ts";
import { findingsAsGithub } from "./github.ts";
import { findingsAsGitlab } from "./gitlab.ts";
import { findingsAsJson } from "./json.ts";
import { findingsAsJunit } from "./junit.ts";
import { findingsAsMarkdown } from "./markdown.ts";
import { findingsAsSarif } from "./sarif.ts";
import { findingsAsText } from "./text.ts";

const formats = {
  text: findingsAsText,
  json: findingsAsJson,
  github: findingsAsGithub,
  sarif: findingsAsSarif,
  junit: findingsAsJunit,
  gitlab: findingsAsGitlab,
  markdown: findingsAsMarkdown,
} as const satisfies Readonly<Record<string, (printed: Printed, surroundings: Surroundings) => string>>;

/** How findings can be printed. */
export type FindingFormat = keyof typeof formats;

/** The names of all formats of findings, as `--format` takes them. */
export const findingFormats = Object.keys(formats) as readonly FindingFormat[];

/** Prints all that a run has to tell. */
export const printFindingsAs = (format: FindingFormat, printed: Printed, surroundings: Surroundings): string =>
  formats[format](printed, surroundings);
