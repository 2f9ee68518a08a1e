import type { Bench, Judge, MakeJudge } from "../judge.ts";
import { ajv, ajvPlain } from "./ajv.ts";
import { avro, avroAlone } from "./avro.ts";
import { clickhouse } from "./clickhouse.ts";
import { clickhouseAvro } from "./clickhouse-avro.ts";
import { codec, protobufjs } from "./codecs.ts";
import { guard } from "./guard.ts";
import { channelsOf, ingest, isChecked } from "./ingest.ts";
import { protoc } from "./protoc.ts";
import { schemasafe } from "./schemasafe.ts";
import { openTables, type Tables } from "./tables.ts";
import { numbers, typescript } from "./typescript.ts";
import { validator } from "./validator.ts";

const single: Readonly<Record<string, MakeJudge>> = {
  guard,
  validator,
  ajv,
  "ajv, no formats": ajvPlain,
  schemasafe,
  tsc: typescript,
  "js numbers": numbers,
  avro,
  "avro, schema alone": avroAlone,
  codec,
  protobufjs,
  protoc,
};
const inTables = ["clickhouse", "clickhouse from avro", "clickhouse ingest"];

/** The judges at work, and the two that say what a sample is worth when a smaller one is looked for. */
export interface Judges {
  readonly all: readonly Judge[];
  readonly references: readonly Judge[];
  readonly close: () => void;
}

/** Opens the judges; `only` names some of them, by their own names or by the targets they judge. */
export async function openJudges(bench: Bench, only?: readonly string[]): Promise<Judges> {
  const wanted = ({ name, targets }: Judge): boolean => !only || [name, ...targets].some((word) => only.includes(word));
  const made = await Promise.all(Object.values(single).map((make) => make(bench)));
  const asksTables = !only || only.some((word) => inTables.includes(word));
  const tables = asksTables ? openTables(bench) : undefined;
  const stored = tables ? storedJudges(bench, tables) : [];
  const opened = [...made, ...stored];
  return {
    all: opened.filter(wanted),
    references: made.filter(({ name }) => name === "validator" || name === "ajv"),
    close: () => {
      for (const judge of opened) judge.close?.();
      tables?.close();
    },
  };
}

function storedJudges(bench: Bench, tables: Tables): readonly Judge[] {
  const channels = channelsOf(bench);
  return [
    { ...clickhouse(bench, tables), leavesFaults: isChecked(tables, channels) },
    clickhouseAvro(bench, tables),
    ingest(bench, tables, channels),
  ];
}
