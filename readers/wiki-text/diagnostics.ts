import { diagnostic } from "../../model/index.ts";

export * from "../event-pages/diagnostics.ts";

export const nothingRead = diagnostic<{ path: string }>(
  "wiki-text/nothing-read",
  "warning",
  (a) => `${a.path} declares nothing.`,
  () => "Describe an event by a title, a line `Topic: …`, a line `Name Type Description` and a line per field.",
);

export const pageChrome = diagnostic<{ text: string }>(
  "wiki-text/page-chrome",
  "info",
  (a) => `"${a.text}" belongs to the site and not to the page; it is passed over.`,
);

export const blankLineInTable = diagnostic<{ section: string }>(
  "wiki-text/blank-line-in-table",
  "warning",
  (a) => `An empty line parts the table of ${a.section}; what follows it is read as its next rows.`,
  () => "Remove the empty line, or put a title above what follows.",
);

export const repeatedHeader = diagnostic<{ section: string }>(
  "wiki-text/repeated-header",
  "warning",
  (a) => `The header of the table of ${a.section} stands in it a second time and is passed over.`,
  () => "Remove it, or put a title above the table that it begins.",
);

export const rowsWithoutHeader = diagnostic<{ section: string; near: string | undefined }>(
  "wiki-text/rows-without-header",
  "error",
  (a) => `The line in ${a.section} looks like the row of a table, but there is no header above it.`,
  (a) =>
    a.near
      ? `Is the line above it meant to say ${a.near}?`
      : "Put a line such as Name Type Description above the rows, without an empty line between them.",
);

export const unsplitColumn = diagnostic<{ section: string; column: string }>(
  "wiki-text/unsplit-column",
  "warning",
  (a) => `Single blanks do not tell where the column ${a.column} of ${a.section} begins, and it is not read.`,
  () => "Put tabs between the cells, as copying the table from a browser does.",
);

export const unreadWords = diagnostic<{ row: string; words: string }>(
  "wiki-text/unread-words",
  "warning",
  (a) => `The words ${a.words} of the row ${a.row} belong to no column, and are not read.`,
  () => "Add a column Description, or put tabs between the cells.",
);

export const rowWithoutOwner = diagnostic<{ row: string }>(
  "wiki-text/row-without-owner",
  "warning",
  (a) => `The row ${a.row} does not end in an owner that is known.`,
  () => "Name the owners of your components in the option `owners`, or correct the end of the row.",
);

export const joinedRow = diagnostic<{ row: string; lines: number }>(
  "wiki-text/joined-row",
  "info",
  (a) => `The row ${a.row} is spread over ${a.lines} lines, which are read as one.`,
  () => "A row ends with its owners: when what follows is a row of its own, name the owners of this one.",
);
