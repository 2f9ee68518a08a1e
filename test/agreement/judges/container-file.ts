import type { Json } from "../../../pipeline/index.ts";

/** An Avro object container file of one block, from records that are encoded already. */
export function containerFile(schema: Json, records: readonly Buffer[]): Buffer {
  const sync = Buffer.alloc(16, 7);
  const data = Buffer.concat(records);
  return Buffer.concat([
    Buffer.from("Obj\u0001"),
    long(2),
    text("avro.schema"),
    text(JSON.stringify(schema)),
    text("avro.codec"),
    text("null"),
    long(0),
    sync,
    long(records.length),
    long(data.length),
    data,
    sync,
  ]);
}

/** A non-negative number as Avro's long: zigzag, seven bits a byte. */
export function long(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value * 2;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([long(bytes.length), bytes]);
}
