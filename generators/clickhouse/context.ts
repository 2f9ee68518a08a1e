import type { JsonProfile, PropertyForm, View } from "../../model/index.ts";
import type { ColumnType } from "./column-type.ts";
import type { Ledger } from "./ledger.ts";
import type { Options } from "./options.ts";
import type { Note } from "./reasons.ts";

/** What the projection of a system's types needs to know. */
export interface Context {
  readonly view: View;
  readonly profile: JsonProfile;
  readonly options: Options;
  readonly ledger: Ledger;
}

/** A type of the model as a type of ClickHouse, and what that costs. */
export interface Projected {
  readonly type: ColumnType;
  readonly notes: readonly Note[];
}

/** A field as it is stored: its type with NULL where it may be absent. */
export interface ProjectedField extends Projected {
  readonly property: PropertyForm;
  /** The value that stands for absence, where ClickHouse would take another one. */
  readonly default?: string;
}
