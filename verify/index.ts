export { avscOptions } from "./avro-avsc.ts";
export { checkLogicalTypes } from "./avro-logical-types.ts";
export { type AvroCodec, type AvroProblem, type AvroResult, type AvroValue, avroCodec } from "./avro-value.ts";
