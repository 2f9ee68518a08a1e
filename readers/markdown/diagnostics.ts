import { diagnostic } from "../../model/index.ts";

export * from "../event-pages/diagnostics.ts";
export * from "./list/diagnostics.ts";

export const nothingRead = diagnostic<{ path: string }>(
  "markdown/nothing-read",
  "warning",
  (a) => `${a.path} declares nothing.`,
  () =>
    "Describe types under headings in backticks with a bullet per field, or events in tables Name | Type | Description.",
);

export const tooDeep = diagnostic<{ path: string }>(
  "markdown/too-deep",
  "error",
  (a) => `${a.path} nests lists or quotes more than 100 deep here, and is not read.`,
  () => "Give what is nested a section of its own.",
);

export const brokenTable = diagnostic<{ section: string }>(
  "markdown/broken-table",
  "error",
  (a) => `A row in ${a.section} stands in no table, and is not read.`,
  () => "A table is a header, a line of dashes below it and its rows, without an empty line between them.",
);

export const unclosedCode = diagnostic<{ section: string }>(
  "markdown/unclosed-code",
  "error",
  (a) => `The code in ${a.section} does not end, so that nothing after it is read.`,
  () => "Close it with a line like the one it begins with.",
);
