import type { Expression } from "./expression.ts";
import type { Token } from "./tokens.ts";
import type { Type } from "./type.ts";

/** What a CREATE statement says: a table, or a view. */
export type Shape = TableShape | ViewShape | DatabaseShape;

/** The name of a table or view; the database is not always said. */
export interface QualifiedName {
  readonly database?: string;
  readonly name: string;
}

interface Created {
  readonly name: QualifiedName;
  /** ` ON CLUSTER '…'`, or nothing. */
  readonly onCluster: string;
  /** The statement as it is written, without its semicolon. */
  readonly statement: string;
}

/** A table. */
export interface TableShape extends Created {
  readonly kind: "table";
  readonly columns: readonly ColumnShape[];
  readonly constraints: readonly ConstraintShape[];
  /** Indexes and projections, whole. */
  readonly parts: readonly PartShape[];
  readonly engine: { readonly name: string; readonly args: readonly Expression[] };
  readonly partitionBy?: Expression;
  readonly primaryKey?: readonly Expression[];
  readonly orderBy: readonly Expression[];
  /** The two keys as they are written: ClickHouse keeps the brackets of a single column. */
  readonly written: { readonly orderBy?: string; readonly primaryKey?: string };
  readonly sampleBy?: Expression;
  readonly ttl?: Expression;
  readonly settings: ReadonlyMap<string, string>;
  readonly comment: string;
  /** The table whose columns it has. */
  readonly as?: QualifiedName;
}

/** A column. */
export interface ColumnShape {
  readonly name: string;
  readonly type: Type;
  readonly value?: ColumnValue;
  readonly comment: string;
  /** What stands in the brackets of CODEC. */
  readonly codec?: Expression;
  readonly ttl?: Expression;
}

/** Where a column's value comes from when no insert brings one. */
export interface ColumnValue {
  readonly how: "DEFAULT" | "MATERIALIZED" | "ALIAS" | "EPHEMERAL";
  readonly expression: Expression;
  readonly words: readonly Token[];
}

/** A condition on every row. */
export interface ConstraintShape {
  readonly name: string;
  readonly how: "CHECK" | "ASSUME";
  readonly expression: Expression;
  readonly words: readonly Token[];
}

/** An index or a projection. */
export interface PartShape {
  readonly how: "INDEX" | "PROJECTION";
  readonly name: string;
  /** What stands behind the name. */
  readonly rest: Expression;
}

/** A view: stored as a query, or filling a table. */
export interface ViewShape extends Created {
  readonly kind: "view";
  readonly materialized: boolean;
  /** The table that a materialized view writes to; without it, it keeps rows of its own. */
  readonly to?: QualifiedName;
  /** The tables that are read. */
  readonly sources: readonly QualifiedName[];
  readonly query: string;
  readonly replaces: boolean;
}

/** A database. */
export interface DatabaseShape extends Created {
  readonly kind: "database";
}
