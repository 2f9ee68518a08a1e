import type { Json } from "../model/index.ts";
import { type AvroResult, type AvroValue, finish, start } from "./avro/codec.ts";
import { compile } from "./avro/compile.ts";
import type { WireValue } from "./samples/sample.ts";

export type { AvroProblem, AvroResult, AvroValue } from "./avro/codec.ts";

/** Both directions between an event as JSON and the value an Avro implementation encodes for it. */
export interface AvroCodec {
  readonly toAvro: (json: WireValue) => AvroResult<AvroValue>;
  readonly fromAvro: (value: AvroValue) => AvroResult<WireValue>;
}

/**
 * Reads a generated Avro schema and converts by it. The schema says itself how each value looks in JSON (`wireName` and
 * `json` beside Avro's own attributes), so nothing else is needed, neither the model nor an Avro implementation.
 *
 * `fromAvro(toAvro(event))` is the event again, apart from what Avro does not keep: the digits of a timestamp beyond the
 * schema's, its offset from UTC, how many zeros end a fraction, null where a key may be absent as well, keys without a
 * field, enum values without a symbol, digits of a 32-bit float that it cannot hold, the text of free-form JSON.
 */
export function avroCodec(schema: Json): AvroCodec {
  const codec = compile(schema, { namespace: "", named: new Map() });
  return {
    toAvro(json) {
      const at = start();
      return finish(codec.encode(json, at), at);
    },
    fromAvro(value) {
      const at = start();
      return finish(codec.decode(value, at), at);
    },
  };
}
