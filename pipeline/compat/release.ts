import type { Name } from "../../model/index.ts";

/** The part of a version that has to grow. */
export type Bump = "none" | "patch" | "minor" | "major";

/** What the types package needs. */
export interface Release {
  readonly baseline: string;
  readonly bump: Bump;
  /** The changes that ask for that much. */
  readonly because: readonly { readonly at: Name; readonly fact: string; readonly message: string }[];
  /** The version of the baseline, and the least that may follow; absent, where the baseline names none. */
  readonly from?: string;
  readonly needed?: string;
  /** The version that the configuration gives the package. */
  readonly version?: string;
}
