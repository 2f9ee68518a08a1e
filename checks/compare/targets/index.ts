import type { DataDirection, Target } from "../target.ts";
import { avro } from "./avro.ts";
import { clickhouse } from "./clickhouse.ts";
import { ingest } from "./ingest.ts";
import { jsonSchema, jsonSchemaOpen } from "./json-schema.ts";
import { protobuf } from "./protobuf.ts";
import { protobufJson } from "./protobuf-json.ts";
import { type ProgramPart, typescript } from "./typescript.ts";

/** Every target there is: adding one is adding its table here. */
export const targets: readonly (Target<DataDirection> | Target<ProgramPart>)[] = [
  protobuf,
  protobufJson,
  jsonSchema,
  jsonSchemaOpen,
  avro,
  clickhouse,
  ingest,
  typescript,
];
