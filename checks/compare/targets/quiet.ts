import type { ChangeKind } from "../change.ts";
import type { DataDirection, Measure, Table } from "../target.ts";
import { type Verdict, worst } from "../verdict.ts";

type Cell<K extends ChangeKind> = Verdict | Measure<K, DataDirection>;

/** The cells of a row for data. */
export type DataRow<K extends ChangeKind> = CellsOf<Cell<K>>;

interface CellsOf<C> {
  readonly backward: C;
  readonly forward: C;
  readonly why: string;
  readonly fix?: string;
}

/** What old data is to the new side, and new data to the old one. */
export const row = <K extends ChangeKind>(
  backward: Cell<K>,
  forward: Cell<K>,
  why: string,
  fix?: string,
): DataRow<K> => ({ backward, forward, why, ...(fix !== undefined && { fix }) });

/** The same in both directions. */
export const both = <K extends ChangeKind>(cell: Cell<K>, why: string, fix?: string): DataRow<K> =>
  row(cell, cell, why, fix);

/** A measure of what else a value could be taken for: where nothing refuses it, it is still another time than was meant. */
export const meansOther = <K extends ChangeKind>(measure: Measure<K, DataDirection>): Measure<K, DataDirection> => ({
  ...measure,
  of: (change, sides, direction) => worst(["lossy", measure.of(change, sides, direction)]),
  why: { ...measure.why, lossy: "Nothing refuses it, and it is taken for another time." },
});

const none = [both<ChangeKind>("safe", "It is no part of the data.")] as const;

const unit =
  "Every reader takes the number for another quantity, and nothing in the data tells old numbers from new ones.";

/** What no format of data knows of, and whole events that come and go: the same for every target that is data. */
export const quiet = {
  "topic.added": none,
  "topic.removed": none,
  "topic.changed": none,
  "topic.renumbered": none,
  "component.added": none,
  "component.removed": none,
  "component.changed": none,
  "event.added": [row("safe", "unknown-field", "Readers of before have no schema for the event.")],
  "event.removed": [
    row(
      "unknown-field",
      "safe",
      "What was sent of the event has no schema any more.",
      "Mark the event as deprecated, and remove it once nothing of it is left to be read.",
    ),
  ],
  "event.moved": none,
  "event.identity": none,
  "event.pairing": none,
  "operation.added": [row("safe", "unknown-field", "The side of before does not know the endpoint.")],
  "operation.removed": [
    row(
      "unknown-field",
      "safe",
      "Calls to the endpoint have no schema any more.",
      "Mark the endpoint as deprecated, and remove it once nobody calls it.",
    ),
  ],
  "operation.renamed": [
    both("hazard", "Bodies are the same, and schemas are found under another name.", "Keep serving the former name."),
  ],
  "version.added": [row("safe", "unknown-field", "The side of before does not know the version.")],
  "version.removed": [
    row(
      "unknown-field",
      "safe",
      "Bodies of the version have no schema any more.",
      "Mark the version as deprecated, and remove it once nobody calls it.",
    ),
  ],
  "body.added": [row("safe", "unknown-field", "The side of before does not expect a body.")],
  "body.removed": [row("unknown-field", "safe", "Bodies that are still sent are not read.")],
  "type.added": none,
  "type.removed": none,
  "field.reordered": none,
  "value.reordered": none,
  "oneof.renamed": none,
  "reserved.added": none,
  "reserved.removed": [
    row(
      "hazard",
      "safe",
      "A field to come may take what was reserved, and old data would be read as that field.",
      "Keep what was reserved.",
    ),
  ],
  "field.unit": [both("lossy", unit, "Add a field with the new unit in its name, and deprecate this one.")],
  deprecated: none,
  undeprecated: none,
  documentation: none,
  owners: none,
  storage: none,
} satisfies Partial<Table<DataDirection>>;
