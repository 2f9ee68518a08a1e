import { diagnostic } from "../../model/index.ts";

export * from "./list/diagnostics.ts";
export * from "./tables/diagnostics.ts";

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
