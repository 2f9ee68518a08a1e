/** What a change does to those who read across it, from harmless to worst. */
export const verdicts = ["safe", "hazard", "unknown-field", "lossy", "breaking"] as const;

/**
 * `safe`: nothing happens. `hazard`: nothing happens today, and the next change may hurt. `unknown-field`: the reader passes
 * over something it does not know. `lossy`: it is read, and a value is changed or lost. `breaking`: it is refused.
 */
export type Verdict = (typeof verdicts)[number];

/**
 * `backward`: old data read by the new side. `forward`: new data read by the old side. The others are parts of a program
 * that was written against the old types and meets the new ones: what reads values, what makes them, and a `switch` over
 * all of them.
 */
export type Direction = "backward" | "forward" | "reader" | "writer" | "exhaustive";

/** Which directions are asked about. Programs meet new types whichever way data goes: their parts are in every mode. */
export type Mode = "backward" | "forward" | "full";

/** Whether a mode asks about a direction. */
export const isAsked = (mode: Mode, direction: Direction): boolean =>
  mode === "full" || direction === mode || (direction !== "backward" && direction !== "forward");

/** True when a verdict is as bad as another, or worse. */
export const isAtLeast = (verdict: Verdict, other: Verdict): boolean =>
  verdicts.indexOf(verdict) >= verdicts.indexOf(other);

/** The worst of some verdicts; `safe`, when there is none. */
export const worst = (all: readonly Verdict[]): Verdict =>
  all.reduce<Verdict>((found, verdict) => (isAtLeast(verdict, found) ? verdict : found), "safe");
