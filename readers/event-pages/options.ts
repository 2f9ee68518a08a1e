import { type ColumnName, columnNames } from "./column-words.ts";

/** What a configuration may teach every reader of such pages. */
export interface PageOptions {
  readonly groups?: Readonly<Record<string, string>>;
  readonly columns?: Readonly<Record<string, ColumnName>>;
  readonly types?: Readonly<Record<string, string>>;
}

/** The schema of {@link PageOptions}, property by property, for the schema of a reader's options. */
export const pageOptions = {
  groups: {
    type: "object",
    description: "Heading to the group of the components under it, where that is not the heading in snake case.",
    additionalProperties: { type: "string", minLength: 1 },
  },
  columns: {
    type: "object",
    description: "Word in the header of a table to the column it stands for.",
    additionalProperties: { enum: [...columnNames] },
  },
  types: {
    type: "object",
    description: "Spelling of a type in a table to a type expression: `float64`, `list<string>`, `shop.Order`.",
    additionalProperties: { type: "string", minLength: 1 },
  },
} as const;
