import type { SourceFile } from "../../../model/index.ts";
import { buildValue } from "./build.ts";
import { defaultLimits, type HoconOptions } from "./options.ts";
import { parse } from "./parser.ts";
import type { Resolution } from "./resolution.ts";
import { slotOf, written } from "./slot.ts";
import type { HoconValue } from "./value.ts";

/** What a HOCON text means. */
export interface HoconDocument {
  /** An object or, where the text is one, a list. */
  readonly root: HoconValue;
  /**
   * True when brackets do not match or a limit was reached: the findings say so, and what the value holds is not what
   * its author means.
   */
  readonly damaged: boolean;
}

/** Reads a HOCON text: parses it, includes what it includes, and resolves its substitutions. */
export function readHocon(source: SourceFile, options: HoconOptions): HoconDocument {
  const limits = { ...defaultLimits, ...options.limits };
  const parsed = parse(source.path, source.text, limits, options);
  const scope = { path: source.path, prefix: [], outer: undefined };
  const root = slotOf([written(parsed.root, scope, parsed.comments)]);
  const start = { path: source.path, start: 0, end: 0 };
  const r: Resolution = {
    options,
    limits,
    root,
    files: new Map([[source.path, parsed]]),
    reported: new Set(),
    frames: [],
    pending: [],
    returned: undefined,
    lookedBack: Number.POSITIVE_INFINITY,
    cycle: Number.POSITIVE_INFINITY,
    cycles: 0,
    steps: 0,
    size: 0,
    includes: 0,
    at: start,
    exhausted: false,
    damaged: parsed.damaged,
  };
  const value = buildValue(r, root, undefined, 0) ?? { kind: "unknown", span: start, comments: [] };
  return { root: value, damaged: r.damaged || r.exhausted };
}
