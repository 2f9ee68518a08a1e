import type { JsonProfile, Message, Name, Report, View } from "../../model/index.ts";
import type { Ledger } from "./ledger.ts";
import type { FullName, Names, Owner } from "./names.ts";

/** What users can set. */
export interface AvroOptions {
  /** Stands before every namespace. */
  readonly namespace?: string;
  /** What holds an RFC 3339 timestamp. */
  readonly timestamps?: "micros" | "millis" | "string";
}

/** What holds for a whole system. */
export interface Context {
  readonly view: View;
  readonly system: Name;
  readonly profile: JsonProfile;
  readonly timestamps: NonNullable<AvroOptions["timestamps"]>;
  readonly names: Names;
  readonly ledger: Ledger;
  readonly report: Report;
  /** Declarations that some file holds, or of which the ledger says already why none does. */
  readonly reached: Set<Name>;
}

/** Where in a file a type is used. */
export interface Place extends Context {
  /** Named types that the file has defined so far: from then on their names stand for them. */
  readonly defined: Set<string>;
  /** Unions and aliases that are being written out around this place. */
  readonly within: readonly Name[];
  readonly depth: number;
  /** The record and the field that types without a name are named after. */
  readonly record: FullName;
  readonly suffix: string;
  /** What findings and the ledger call it. */
  readonly at: Name;
  readonly owner: Owner;
}

/** Fields that become a record: a message's, an event's, or those of a union's variant with what all variants share. */
export interface RecordSource extends Pick<Message, "doc" | "deprecated" | "fields" | "oneofs" | "open" | "origins"> {
  readonly name: FullName;
  /** The name in the model. */
  readonly wireName: Name;
  /** Who takes the name, where that is not the declaration of the name in the model. */
  readonly claimant?: string;
  readonly aliases: readonly FullName[];
  /** Whom the ledger's row of a field belongs to. */
  readonly ownerOf: (field: Message["fields"][number]) => Name;
}
