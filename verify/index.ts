export { avscOptions } from "./avro-avsc.ts";
export { checkLogicalTypes } from "./avro-logical-types.ts";
export { type TopicCodec, type TopicEvent, topicCodec } from "./avro-topic.ts";
export { type AvroCodec, type AvroProblem, type AvroResult, type AvroValue, avroCodec } from "./avro-value.ts";
export {
  type ProtobufDecoder,
  type ProtobufLimits,
  type ProtobufResult,
  protobufDecoder,
} from "./protobuf/decoder.ts";
export { fieldAt } from "./samples/field-at.ts";
export { type SampleMaker, type SampleOptions, sampleMaker } from "./samples/maker.ts";
export { type Fault, type Sample, type SamplePlace, type WireValue, wireJson, wireText } from "./samples/sample.ts";
