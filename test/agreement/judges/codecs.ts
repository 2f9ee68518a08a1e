import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Event, messageOf, type Name } from "../../../pipeline/index.ts";
import { protobufDecoder, type Sample, type WireValue, wireJson, wireText } from "../../../verify/index.ts";
import { type Bench, type MakeJudge, refused, taken, type Verdict } from "../judge.ts";
import { eventDifferences } from "./avro.ts";

/** Generated codecs of a system. */
export interface Codecs {
  readonly encodeEvent: (name: Name, value: unknown) => Uint8Array;
  readonly decodeEvent: (name: Name, bytes: Uint8Array) => WireValue;
}

/** The codecs of the systems that have them, by system. */
export async function loadCodecs({ generated, events }: Bench): Promise<ReadonlyMap<Name, Codecs>> {
  const loaded = new Map<Name, Codecs>();
  for (const system of new Set(events.map((event) => event.system))) {
    const file = join(generated, system, "codecs/index.js");
    if (existsSync(file)) {
      const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Partial<Codecs>;
      const { encodeEvent, decodeEvent } = module;
      if (encodeEvent && decodeEvent) loaded.set(system, { encodeEvent, decodeEvent });
    }
  }
  return loaded;
}

/** True for an event that is sent as a message whose fields have numbers. */
export const isOnWire = (event: Event, { view }: Bench): boolean => {
  const fields = messageOf(event.payload, view)?.fields ?? [];
  return !event.envelope && fields.some(({ number }) => number !== undefined);
};

/** The bytes that the codec makes of a sample, or its refusal. */
export function encoded({ encodeEvent }: Codecs, event: Event, { value }: Sample): Uint8Array | Verdict {
  try {
    return encodeEvent(event.name, wireJson(value));
  } catch (error) {
    const { path, message } = error as { readonly path?: string; readonly message: string };
    return refused(message, path);
  }
}

/** The generated codec, to bytes and back. */
export const codec: MakeJudge = async (bench) => {
  const codecs = await loadCodecs(bench);
  return {
    name: "codec",
    targets: ["codecs"],
    takes: (event) => codecs.has(event.system) && isOnWire(event, bench),
    judge: (event, samples) =>
      samples.map((sample) => {
        const system = codecs.get(event.system);
        if (!system) return { kind: "unasked" };
        const bytes = encoded(system, event, sample);
        return "kind" in bytes ? bytes : compared(bench, event, sample, system.decodeEvent(event.name, bytes));
      }),
  };
};

/** protobufjs, at run time from the same descriptors, reading what the codec wrote. */
export const protobufjs: MakeJudge = async (bench) => {
  const codecs = await loadCodecs(bench);
  const decoders = new Map<Name, Awaited<ReturnType<typeof protobufDecoder>>>();
  for (const event of bench.events) {
    const message = messageOf(event.payload, bench.view);
    if (message && codecs.has(event.system) && isOnWire(event, bench))
      decoders.set(event.name, await protobufDecoder(bench.view, message.name));
  }
  return {
    name: "protobufjs",
    targets: ["codecs"],
    sees: "values",
    takes: (event) => decoders.has(event.name),
    judge: (event, samples) =>
      samples.map((sample) => {
        const [system, decoder] = [codecs.get(event.system), decoders.get(event.name)];
        const bytes = system && encoded(system, event, sample);
        if (!bytes || !decoder) return { kind: "unasked" };
        if ("kind" in bytes) return bytes;
        const result = decoder.decode(bytes);
        if (!result.ok) return refused(result.findings[0]?.message ?? "");
        return compared(bench, event, sample, result.value);
      }),
  };
};

/** Whether what came back is what went in. */
export function compared(bench: Bench, event: Event, { value, fault }: Sample, got: WireValue): Verdict {
  if (fault) return taken;
  const found = eventDifferences(bench, event, value, got);
  return found.length === 0 ? taken : { kind: "changed", got: wireText(got), differences: found };
}
