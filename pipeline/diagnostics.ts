import { diagnostic, type Span } from "../model/index.ts";

export const unknownPlugin = diagnostic<{
  kind: string;
  name: string;
  near: string | undefined;
  known: readonly string[];
}>(
  "config/unknown-plug-in",
  "error",
  (a) => `There is no ${a.kind} ${a.name}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `There are: ${a.known.join(", ")}.`),
);
export const missingRequirement = diagnostic<{ name: string; requires: string }>(
  "config/missing-requirement",
  "error",
  (a) => `The generator ${a.name} uses the files of ${a.requires}, which is not configured.`,
  (a) => `Add \`${a.requires}: {}\` to \`generators\`.`,
);
export const unknownFinding = diagnostic<{ code: string; near: string | undefined }>(
  "config/unknown-finding",
  "error",
  (a) => `There is no finding ${a.code}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "`concordat list findings` shows them all."),
);
export const unknownSubject = diagnostic<{ name: string; near: string | undefined }>(
  "explain/unknown-name",
  "error",
  (a) => `Nothing is called ${a.name}: no rule, finding, event, type, field or topic.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "`concordat list` shows what there is."),
);
export const severalThings = diagnostic<{ name: string; names: readonly string[] }>(
  "explain/several-things",
  "error",
  (a) => `${a.names.length} things are called ${a.name}.`,
  (a) => `Ask for one of them: ${a.names.slice(0, 8).join(", ")}${a.names.length > 8 ? " …" : ""}.`,
);
export const unusedSuppression = diagnostic<{ code: string; place: string }>(
  "config/unused-suppression",
  "warning",
  (a) => `The suppression of ${a.code} at ${a.place} hides nothing.`,
  () => "Remove the entry: it would hide the next one.",
  "An entry of `suppress` hides findings of one code at one place. When there is none any more, it would silently " +
    "hide the next one. Only a run over all systems and targets tells, since others do not look everywhere.",
);
export const errorsAreTold = diagnostic<{ code: string }>(
  "config/suppressed-error",
  "error",
  (a) => `${a.code} is an error, and errors are always told.`,
  () => "Remove the entry, and mend what the error says.",
);
export const noConfig = diagnostic<{ folder: string }>(
  "config/not-found",
  "error",
  (a) => `There is no concordat.yaml in ${a.folder} or above it.`,
  () => `Create one, or change into a project's folder.`,
);
export const unknownName = diagnostic<{
  option: string;
  name: string;
  near: string | undefined;
  known: readonly string[];
}>(
  "config/unknown-name",
  "error",
  (a) => `${a.option} ${a.name}: the configuration has no such name.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `There are: ${a.known.join(", ")}.`),
);
export const yamlSyntax = diagnostic<{ what: string }>(
  "yaml/syntax",
  "error",
  (a) => `The file is not YAML: ${a.what}`,
  () => "Correct the YAML; every other check of this file waits for it.",
);
export const unknownKey = diagnostic<{
  key: string;
  place: string;
  near: string | undefined;
  known: readonly string[];
}>(
  "yaml/unknown-key",
  "error",
  (a) => `The key ${a.key} is not known ${a.place}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `Known here: ${a.known.join(", ")}.`),
);
export const missingKey = diagnostic<{ key: string; place: string }>(
  "yaml/missing-key",
  "error",
  (a) => `The key ${a.key} is missing ${a.place}.`,
  (a) => `Add \`${a.key}: …\`.`,
);
export const wrongValue = diagnostic<{ place: string; fact: string; allowed: string | undefined }>(
  "yaml/wrong-value",
  "error",
  (a) => `The value ${a.place} ${a.fact}.`,
  (a) => a.allowed,
);
export const missingFile = diagnostic<{ path: string }>(
  "source/missing-file",
  "error",
  (a) => `The file ${a.path} does not exist.`,
  () => "Correct the path; it is relative to the file that names it.",
);
export const notAFile = diagnostic<{ path: string; isFolder: boolean }>(
  "source/not-a-file",
  "error",
  (a) => `${a.path} is ${a.isFolder ? "a folder" : "no regular file"}, where a file is expected.`,
  (a) => (a.isFolder ? "Name the file inside it." : "Name a regular file."),
);
export const unreadable = diagnostic<{ path: string; why: string }>(
  "source/unreadable",
  "error",
  (a) => `The file ${a.path} cannot be read: ${a.why}.`,
);
export const notUtf8 = diagnostic<{ path: string }>(
  "source/encoding",
  "error",
  (a) => `The file ${a.path} is not UTF-8 text.`,
  () => "Save it as UTF-8.",
);
export const tooLarge = diagnostic<{ path: string; megabytes: number; maximum: number }>(
  "source/too-large",
  "error",
  (a) => `The file ${a.path} has ${a.megabytes} MB; sources may have ${a.maximum}.`,
  () => "Split it, or leave out what describes no contract.",
);
export const outside = diagnostic<{ path: string; root: string }>(
  "source/outside-root",
  "error",
  (a) => `The path ${a.path} leads out of ${a.root}.`,
  () => "Keep includes inside the source's tree, or name a higher `root` for the source.",
);
export const badType = diagnostic<{ text: string }>(
  "overlay/type-expression",
  "error",
  (a) => `${a.text} is no type expression.`,
  () =>
    "Write a type as in string, int64, uuid, timestamp(epoch-millis), list<string>, map<string, int64> or the name of a type.",
);
export const toBeFilled = diagnostic<{ at: string }>(
  "overlay/to-be-filled",
  "warning",
  (a) => `The type of ${a.at} is still to be filled in.`,
  () => "Put the type in the place of TODO and the reason into `why`, or remove the entry.",
);
export const notAModel = diagnostic<{ path: string; why: string }>(
  "model/unreadable",
  "error",
  (a) => `${a.path} is not a model: ${a.why}.`,
  () => "Write it with `concordat model --format json`.",
);
const notAccepted = (fidelity: "lossy" | "guessed") =>
  diagnostic<{ at: string; target: string; why: string }>(
    `ledger/${fidelity}`,
    "warning",
    (a) =>
      fidelity === "lossy"
        ? `${a.target} cannot hold every value of ${a.at}: ${a.why}`
        : `What ${a.target} makes of ${a.at} is guessed: ${a.why}`,
    (a) =>
      `State the fact in an overlay, or accept it: \`accept: [{ target: ${a.target}, fidelity: ${fidelity}, at: "${a.at}", why: … }]\`.`,
    fidelity === "lossy"
      ? "The target has no type that holds every value: some are rounded, cut or merged, and no error is raised where " +
          "that happens. The reason stands in the ledger. Where such values do not occur, accept the loss and say so."
      : "The type rests on what a reader concluded and nobody has confirmed. An overlay that states it confirms it, for " +
          "all targets at once.",
  );
export const lossy = notAccepted("lossy");
export const guessed = notAccepted("guessed");
export const unusedAcceptance = diagnostic<{ target: string; place: string; fidelity: string }>(
  "ledger/unused-acceptance",
  "warning",
  (a) => `Nothing in ${a.target} is ${a.fidelity} at ${a.place}.`,
  () => "Remove the entry: it would hide the next one.",
  "An entry of `accept` tells which loss or guess is known. When nothing is lost there any more, the entry would " +
    "silently accept the next loss at the same place.",
);
export const outputHoldsSources = diagnostic<{ output: string; path: string }>(
  "config/output-holds-sources",
  "error",
  (a) => `The output folder ${a.output} holds ${a.path}, which people keep.`,
  () => "Name a folder of its own: what is generated replaces and removes files there.",
);
export const missing = diagnostic<{ path: string }>(
  "drift/missing",
  "error",
  (a) => `${a.path} is missing.`,
  () => "Run `concordat generate` and commit the result.",
);
export const changed = diagnostic<{ path: string }>(
  "drift/changed",
  "error",
  (a) => `${a.path} is not what the sources say.`,
  () => "Run `concordat generate` and commit the result; generated files are not edited by hand.",
  "The generated file in the repository is not what the sources, the configuration and this version of Concordat " +
    "make. Either a source was changed and the files were not generated again, or somebody edited a generated " +
    "file.",
);
export const orphaned = diagnostic<{ path: string }>(
  "drift/orphaned",
  "error",
  (a) => `${a.path} was generated, and no source calls for it any more.`,
  () => "Run `concordat generate`: it removes the file.",
  "The file begins with the mark of a generated file, and no event, type or target makes it any more: the event " +
    "was renamed or removed, or the target taken out of the configuration.",
);
export const notWritable = diagnostic<{ path: string; why: string }>(
  "disk/not-writable",
  "error",
  (a) => `${a.path} cannot be written: ${a.why}.`,
  () => "Move away what stands there, check the rights, or name another `output`.",
);
export const foreignFile = diagnostic<{ path: string }>(
  "disk/foreign-file",
  "error",
  (a) => `${a.path} is not a generated file and would be overwritten.`,
  () => "Move it away, or name another `output`.",
);
export const pageFrame = diagnostic<{
  spans: readonly Span[];
  path?: string;
  date?: string;
  lines?: number;
  size?: string;
  language?: string;
  counted: number;
}>(
  "source/page-frame",
  "info",
  (a) => {
    const facts = [a.path, a.date, a.size, a.language].filter((fact) => fact !== undefined);
    const page = facts.length > 0 ? `: ${facts.join(", ")}` : "";
    const count = a.lines === undefined ? "" : ` The page counts ${a.lines} lines, ${a.counted} are here.`;
    return `The page that this text was copied from left its frame, which is passed over${page}.${count}`;
  },
  undefined,
  "Pages of code hosts show a file between a header (path, date, number of lines, size) and a footer. A text that was " +
    "copied together with them is read as if they were empty lines. Where the page counts more lines than are here, the " +
    "copy may not be complete.",
);
