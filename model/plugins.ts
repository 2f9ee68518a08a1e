import type { Report, Severity, Span } from "./diagnostic.ts";
import type { Json } from "./json.ts";
import type { Migration, MigrationSides } from "./migration.ts";
import type { Decl, JsonProfile, Name, Origin } from "./model.ts";
import type { View } from "./view.ts";

/** A JSON Schema (2020-12) for the options of a plug-in; they are checked before it runs. */
export type OptionsSchema = { readonly [key: string]: Json };

/** One source text, decoded. The path is relative to the configuration, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** What a file holds that is no text by {@link Reader.binary}; its `text` is empty. */
  readonly bytes?: Uint8Array;
}

/** What a reader is given beside the text. It never opens a file itself. */
export interface ReaderContext<Options> {
  readonly system: Name;
  readonly options: Options;
  readonly report: Report;
  /**
   * Another text of the same source tree, the path relative to the including file; `undefined` when there is none. `by` is
   * where the path stands, for the finding when it leads out of the tree.
   */
  readonly include: (path: string, from: string, by?: Span) => SourceFile | undefined;
  /** Runs the Protobuf compiler on one file of the source tree. */
  readonly compileProto: (path: string) => Promise<ProtoCompilation>;
}

/** What the Protobuf compiler answered. */
export interface ProtoCompilation {
  /** A FileDescriptorSet with imports and source info; absent when the file does not compile. */
  readonly image?: Uint8Array;
  /** The compiler's messages, `file:line:column: text` per line. */
  readonly messages: string;
  /** The file's path as the compiler knows it: relative to the root of its source tree. */
  readonly file: string;
}

/** Turns a text of one form into declarations, each with the place it was read from. */
export interface Reader<Options = unknown> {
  readonly title: string;
  readonly options?: OptionsSchema;
  /** How systems described in this form write JSON, as far as their configuration does not say. */
  readonly json?: Partial<JsonProfile>;
  /** The endings of files that hold bytes and no text, each with its dot. */
  readonly binary?: readonly string[];
  /** How surely a text is of this form, from 0 to 1, by its content alone: what `concordat import` chooses a reader by. */
  recognises?(source: SourceFile): number;
  read(source: SourceFile, context: ReaderContext<Options>): readonly Decl[] | Promise<readonly Decl[]>;
}

/** A file to be written, its path relative to the output folder. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
  /** True when a file that somebody else keeps at this place is as good. */
  readonly givesWay?: boolean;
}

/**
 * How much of a field a target keeps. `exact`: every value, and nothing else is accepted. `widened`: every value, but the
 * target also accepts others. `lossy`: some values are changed or lost. `guessed`: the type rests on an inference that
 * nobody has confirmed. `omitted`: not in this target at all.
 */
export type Fidelity = "exact" | "widened" | "lossy" | "guessed" | "omitted";

/** A row of the ledger: what became of one field, event or operation in one target. */
export interface Projection {
  /** `h2o.mlops.Project.id`, or the name of the declaration when the row is about all of it. */
  readonly at: Name;
  readonly fidelity: Fidelity;
  /** Why, for everything that is not exact. */
  readonly why?: string;
  readonly origin?: Origin;
}

/** What a generator made, and how well its target could hold it. */
export interface Generated {
  readonly files: readonly OutputFile[];
  readonly projections: readonly Projection[];
}

/**
 * Turns the model into files of one target: pure, and the same bytes for the same model and options. One that has something
 * large to load first says so by its result, a promise.
 */
export interface Generator<Options = unknown, Result extends Generated | Promise<Generated> = Generated> {
  readonly title: string;
  readonly options?: OptionsSchema;
  /** Generators whose files these files import. */
  readonly requires?: readonly string[];
  generate(view: View, context: { readonly options: Options; readonly report: Report }): Result;
  /** Plans the way from what was made of one model to what is made of another, where something is kept in it. */
  migrate?(sides: MigrationSides, report: Report): Migration;
}

/** Looks at the whole model and reports what is odd about it, with codes `checks/<id>`. */
export interface Rule {
  readonly id: string;
  /** What holds where the rule has nothing to say. */
  readonly purpose: string;
  /** The severity of what it reports by default, of the worst where there are several. */
  readonly severity: Severity;
  /** Where it comes from: a document, a specification, a practice. */
  readonly source: string;
  /** What goes wrong where it does not hold, and how that is mended. */
  readonly explain: string;
  check(view: View, report: Report): void;
}
