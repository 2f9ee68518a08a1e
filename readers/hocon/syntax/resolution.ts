import type { Span } from "../../../model/index.ts";
import type { HoconLimits, HoconOptions } from "./options.ts";
import type { Parsed } from "./parser.ts";
import type { Head, Slot } from "./slot.ts";

/** What one resolution knows and has spent. */
export interface Resolution {
  readonly options: HoconOptions;
  readonly limits: HoconLimits;
  readonly root: Slot;
  /** Texts read so far, by path. */
  readonly files: Map<string, Parsed>;
  /** What findings have been made about: each is made once. */
  readonly reported: Set<object>;
  /** The slots being worked out, outermost first. */
  readonly frames: Slot[];
  /** Heads found while an outer frame was not finished; they hold once it is. */
  readonly pending: { readonly slot: Slot; readonly head: Head | undefined }[];
  /** The head the last finished task found. */
  returned: Head | undefined;
  /** The outermost frame whose lower layers were looked at since the current frame began. */
  lookedBack: number;
  /** The outermost frame that was asked for what it has not, likewise. */
  cycle: number;
  /** How many such questions were asked in all. */
  cycles: number;
  steps: number;
  size: number;
  includes: number;
  /** Where the last substitution stands: the place to blame for a limit. */
  at: Span;
  /** True when a limit was reached; nothing more is resolved then. */
  exhausted: boolean;
  /** True when brackets of an included file do not match. */
  damaged: boolean;
}

/** Says once that a limit was reached, and ends the resolution. */
export function exhaust(r: Resolution, finding: Parameters<HoconOptions["report"]>[0]): void {
  if (!r.exhausted) r.options.report(finding);
  r.exhausted = true;
}

/** Makes a finding about `subject`, unless it has been made. */
export function reportOnce(r: Resolution, subject: object, finding: Parameters<HoconOptions["report"]>[0]): void {
  if (r.reported.has(subject)) return;
  r.reported.add(subject);
  r.options.report(finding);
}
