import type { Message, Name } from "../../model/index.ts";

/** A thing with fields, on both sides. */
export interface Fielded {
  readonly name: Name;
  readonly before: Pick<Message, "fields" | "oneofs" | "reserved" | "origins">;
  readonly after: Pick<Message, "fields" | "oneofs" | "reserved" | "origins">;
}
