import { readFileSync } from "node:fs";
import { join } from "node:path";
import avsc from "avsc";
import { type Event, type Json, type Name, unalias } from "../../../pipeline/index.ts";
import type { WireValue } from "../../../verify/index.ts";
import { type AvroCodec, type AvroValue, avroCodec, avscOptions } from "../../../verify/index.ts";
import { type Bench, type MakeJudge, refused, taken } from "../judge.ts";
import { differences, messageDifferences } from "../meaning.ts";

/** An event's generated Avro schema: parsed by avsc, and with our values of it. */
export interface EventAvro {
  readonly schema: Json;
  readonly codec: AvroCodec;
  readonly type: avsc.Type;
}

/** Loads an event's schema once, when it is first asked for. */
export function loadAvro({ generated }: Bench): (event: Event) => EventAvro {
  const loaded = new Map<Name, EventAvro>();
  return (event) => {
    const known = loaded.get(event.name);
    if (known) return known;
    const file = join(generated, event.system, "avro", `${event.name}.avsc`);
    const schema = JSON.parse(readFileSync(file, "utf8")) as Json;
    const type = avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));
    const made = { schema, type, codec: avroCodec(schema) };
    loaded.set(event.name, made);
    return made;
  };
}

/** The generated Avro schema, through avsc's bytes and back. */
export const avro: MakeJudge = (bench) => {
  const load = loadAvro(bench);
  return {
    name: "avro",
    targets: ["avro"],
    judge: (event, samples) => {
      const { codec, type } = load(event);
      return samples.map(({ value }) => {
        const encoded = codec.toAvro(value as Json);
        if (!encoded.ok) {
          const [problem] = encoded.problems;
          return refused(problem?.message ?? "", problem?.path);
        }
        const decoded = codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value)) as AvroValue);
        if (!decoded.ok) return refused(`read back: ${decoded.problems[0]?.message}`, decoded.problems[0]?.path);
        const found = eventDifferences(bench, event, value, decoded.value);
        if (found.length === 0) return taken;
        return { kind: "changed", got: JSON.stringify(decoded.value), differences: found };
      });
    },
  };
};

/**
 * What the schema takes by itself, as any implementation of Avro reads it: the attributes that only our own conversion
 * obeys are left out. It sees nothing but faults.
 */
export const avroAlone: MakeJudge = (bench) => {
  const load = loadAvro(bench);
  const plain = new Map<Name, AvroCodec>();
  return {
    name: "avro, schema alone",
    targets: ["avro"],
    sees: "faults",
    judge: (event, samples) => {
      const codec = plain.get(event.name) ?? avroCodec(withoutOurs(load(event).schema));
      plain.set(event.name, codec);
      return samples.map(({ value }) => {
        const encoded = codec.toAvro(value as Json);
        return encoded.ok ? taken : refused(encoded.problems[0]?.message ?? "", encoded.problems[0]?.path);
      });
    },
  };
};

/** The schema without constants, and with any text where it has that of a JSON object. */
function withoutOurs(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutOurs);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => key !== "const");
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === "json" && part === "object" ? "any" : withoutOurs(part)]),
  );
}

/** Where two values of an event differ in meaning. */
export function eventDifferences(bench: Bench, event: Event, wanted: WireValue, got: WireValue, cells = false) {
  const how = { view: bench.view, profile: bench.system(event).json, cells };
  const message = bench.view.eventMessage(event);
  return message
    ? messageDifferences(message, wanted, got, how)
    : differences(unalias(event.payload, bench.view), wanted, got, how);
}
