import { type Field, type Message, type Report, type TypeRef, unalias } from "../../model/index.ts";
import { type ColumnType, nullable, plain, withoutNull } from "./column-type.ts";
import { columnComment } from "./comment.ts";
import { constraintsOf } from "./constraints.ts";
import type { Context, ProjectedField } from "./context.ts";
import * as say from "./diagnostics.ts";
import { projectFields } from "./project.ts";
import { identifier, oneLine } from "./sql.ts";
import type { Column, IngestNames, Table } from "./table.ts";

/**
 * The columns of an event's table: its fields in their order, what is derived from one right behind it, then ingest. With
 * them the conditions that its rows meet.
 */
export function columnsOf(
  message: Message,
  ingest: IngestNames,
  context: Context,
  report: Report,
): Pick<Table, "columns" | "constraints"> {
  const fields = projectFields(message, context);
  const taken = new Set([...fields.map(({ property }) => property.name), ...Object.values(ingest)]);
  const columns = fields.flatMap((field): readonly Column[] => {
    const column = fieldColumn(field, context);
    const derived = derivedColumn(column, context);
    if (!derived) return [column];
    if (!taken.has(derived.name)) return [column, derived];
    const { property } = field;
    report(
      say.derivedLeftOut(property.field.origins[0]?.span, {
        column: derived.name,
        from: property.name,
        of: message.name,
      }),
    );
    return [column];
  });
  return {
    columns: [...columns, ...ingestColumns(ingest)].map((column) => withCodec(column, context)),
    constraints: constraintsOf(message, fields, context),
  };
}

function fieldColumn({ property, type, default: zero }: ProjectedField, context: Context): Column {
  const { field, name } = property;
  return {
    name,
    type,
    role: "field",
    field,
    ...(zero !== undefined && { value: { how: "DEFAULT", expression: zero } }),
    comment: [columnComment(field), numbersOf(field, type, context)].filter((part) => part !== "").join(" "),
  };
}

/** What the numbers of an enum mean, where the column holds the bare numbers. */
function numbersOf(field: Field, type: ColumnType, { view }: Context): string {
  const bare = withoutNull(type);
  const target = unalias(field.type, view);
  if (bare.kind !== "plain" || target.kind !== "named") return "";
  const decl = view.type(target.name);
  if (decl.kind !== "enum") return "";
  return `(${decl.values.map(({ name, number }) => `${number} = ${oneLine(name)}`).join(", ")})`;
}

/** A point in time beside the number, or seconds beside the text, that carries it. */
function derivedColumn(column: Column, context: Context): Column | undefined {
  const type = column.field && unalias(column.field.type, context.view);
  if (type?.kind !== "scalar" || !type.logical || column.type.kind === "time") return undefined;
  const meaning = meaningOf(type, context);
  const source = identifier(column.name);
  const isNull = column.type.kind === "nullable";
  const make = (suffix: string, derived: ColumnType, expression: string, comment: string): Column => ({
    name: `${column.name}_${suffix}`,
    type: isNull ? nullable(derived) : derived,
    role: "derived",
    value: { how: "MATERIALIZED", expression },
    comment: `${comment} ${oneLine(column.name)}`,
  });
  switch (meaning) {
    case "epoch-millis":
      return make("time", { kind: "time", scale: 3 }, `fromUnixTimestamp64Milli(${source}, 'UTC')`, "The moment of");
    case "epoch-seconds":
      return make("time", { kind: "time", scale: 3 }, `toDateTime64(${source}, 3, 'UTC')`, "The moment of");
    case "seconds-string": {
      const convert = isNull ? "toDecimal128OrNull" : "toDecimal128OrZero";
      const seconds = { kind: "decimal", precision: 21, scale: 9 } as const;
      return make("seconds", seconds, `${convert}(trimRight(${source}, 's'), 9)`, "The seconds of");
    }
    default:
      return undefined;
  }
}

function meaningOf({ logical }: TypeRef & { kind: "scalar" }, { profile }: Context): string | undefined {
  if (logical?.name !== "timestamp" && logical?.name !== "duration") return undefined;
  return logical.encoding === "protobuf" ? profile[logical.name] : logical.encoding;
}

const ingestColumns = (names: IngestNames): readonly Column[] => [
  {
    name: names.ingestedAt,
    type: { kind: "time", scale: 3 },
    role: "ingest",
    value: { how: "DEFAULT", expression: "now64(3, 'UTC')" },
    comment: "When the row was written",
  },
  { name: names.topic, type: { kind: "word" }, role: "ingest", comment: "The topic that delivered the event" },
  { name: names.partition, type: plain("UInt32"), role: "ingest", comment: "The partition of that topic" },
  {
    name: names.offset,
    type: plain("UInt64"),
    role: "ingest",
    // Rows arrive in its order, so that the steps between them are small.
    codec: "Delta, ZSTD(1)",
    comment: "The offset in that partition",
  },
];

function withCodec({ codec: own, ...column }: Column, { options }: Context): Column {
  const codec = options.codecs === false ? undefined : (own ?? codecOf(withoutNull(column.type)));
  return codec === undefined ? column : { ...column, codec };
}

/** Neighbouring rows have near times and small numbers; UUIDs and the codes of words and enums do not shrink further. */
function codecOf(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "time":
      return "Delta, ZSTD(1)";
    case "plain":
      if (type.name === "Bool" || type.name === "UUID") return undefined;
      return /^U?Int/.test(type.name) ? "T64, ZSTD(1)" : "ZSTD(1)";
    case "word":
    case "enum":
      return undefined;
    default:
      return "ZSTD(1)";
  }
}
