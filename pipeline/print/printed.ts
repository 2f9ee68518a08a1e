import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic, Span } from "../../model/index.ts";
import type { Release } from "../compat/release.ts";
import type { ComparisonReport, Waived } from "../compat/report.ts";
import type { SourceStore } from "../source-store.ts";
import type { Paint } from "./paint.ts";

/** A finding, and what only some of them have. */
export interface PrintedFinding extends Diagnostic {
  /** The same for the same finding in every run. */
  readonly fingerprint?: string;
  /** Told, and not counted. */
  readonly waived?: Waived;
}

/** All that a run has to tell. */
export interface Printed {
  readonly findings: readonly PrintedFinding[];
  /** How many findings are not told. */
  readonly suppressed: number;
  /** What a comparison with a baseline found. */
  readonly comparison?: ComparisonReport;
  /** The release that a package needs; printed as JSON only. */
  readonly release?: Release;
}

/** What printing needs to know of its surroundings. */
export interface Surroundings {
  readonly store: SourceStore | undefined;
  /** The folder that spans are relative to. */
  readonly folder: string;
  /** The folder that people see paths relative to. */
  readonly workingFolder: string;
  /** The folder that machines see paths relative to: the repository. */
  readonly root: string;
  /** The release of this tool, where a format has a place for it. */
  readonly version?: string;
  readonly paint?: Paint;
}

/** A place as machines name it: the path in the repository, lines and columns from 1, columns in UTF-16 units. */
export interface Place {
  readonly path: string;
  readonly from?: Point;
  readonly to?: Point;
}

/** A line and a column, both counted from 1. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

/** Where a span is in its repository; only a path, when its text is not at hand. */
export function placeOf(span: Span, { store, folder, root }: Surroundings): Place {
  const path = slashes(relative(root, resolve(folder, span.path))) || span.path;
  if (store?.text(span.path) === undefined) return { path };
  const { line, column } = store.locate(span);
  const end = store.locate({ ...span, start: Math.max(span.start, span.end) });
  return { path, from: { line, column }, to: { line: end.line, column: end.column } };
}

/** The repository that a folder is part of: the nearest folder with a `.git`, or the folder itself. */
export function repositoryOf(folder: string): string {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return resolve(folder);
  }
}

const slashes = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"));
