import { diagnostic } from "../../model/index.ts";

/** All that `concordat import` can say. */
export const unrecognised = diagnostic<{ path: string; readers: readonly string[] }>(
  "import/unrecognised",
  "error",
  (a) => `What form ${a.path} has cannot be told by its text.`,
  (a) => `Name the reader: \`--reader\` with one of ${a.readers.join(", ")}.`,
);
export const severalForms = diagnostic<{ path: string; first: string; second: string }>(
  "import/several-forms",
  "error",
  (a) => `${a.path} could be read by ${a.first} as well as by ${a.second}.`,
  (a) => `Name the reader: \`--reader ${a.first}\`.`,
);
export const fileExists = diagnostic<{ path: string }>(
  "disk/file-exists",
  "error",
  (a) => `${a.path} exists already, and an import overwrites nothing.`,
  () => "Name another folder with `--out`, or move the file away.",
);
export const leftOut = diagnostic<{ at: string; kind: string; form: string }>(
  "import/left-out",
  "warning",
  (a) => `The ${a.kind} ${a.at} has no place in ${a.form}, and is left out.`,
  () => "Keep the document as a source for it, or write it in a form that has one.",
);
export const differs = diagnostic<{ at: string; what: string }>(
  "import/differs",
  "warning",
  (a) => `Read again from the clean source, ${a.at} ${a.what}.`,
  () => "State the fact in the overlay; what the clean form has no words for belongs there.",
);
export const notHeld = diagnostic<{ at: string; why: string }>(
  "import/not-held",
  "warning",
  (a) => `Protobuf does not hold all of ${a.at}: ${a.why}`,
  () => "Keep it in mind, or state it in an overlay of the new source.",
);
export const noNumbers = diagnostic<{ at: string; members: string }>(
  "import/no-numbers",
  "error",
  (a) => `${a.at} cannot become Protobuf: there is no number for ${a.members}.`,
  (a) =>
    `Numbers are never made up: give the document a place in concordat.yaml, then lock them with \`concordat lock --message ${a.at}\`.`,
);
export const nothingToWrite = diagnostic<{ path: string }>(
  "import/nothing-to-write",
  "error",
  (a) => `${a.path} declares nothing that a clean source could hold.`,
);
export const unreadableResult = diagnostic<{ path: string; what: string }>(
  "import/unreadable-result",
  "warning",
  (a) => `The clean source ${a.path} does not read without findings: ${a.what}`,
);
