import {
  type Diagnostic,
  type Json,
  type JsonProfile,
  type Name,
  type Span,
  type SystemDescriptor,
  systemDescriptor,
  type View,
  type WireTypes,
  wireTypes,
} from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import { type Decoded, isDecoded } from "./scalars.ts";
import { messageJson, type Reading } from "./to-json.ts";

/** What the bytes of a message hold, or everything that is wrong with them. */
export type ProtobufResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly findings: readonly Diagnostic[] };

/** Reads one kind of message. */
export interface ProtobufDecoder {
  /** Decodes a message as the JSON of its system; \`from\` is where its bytes come from, for the findings. */
  readonly decode: (bytes: Uint8Array, from?: Span) => ProtobufResult;
}

/** Bounds on what is decoded. How deep messages lie in one another is bounded to 100 in any case. */
export interface ProtobufLimits {
  readonly bytes: number;
}

const defaultLimits: ProtobufLimits = { bytes: 64 * 1024 * 1024 };
const mostFindings = 100;

/** A decoder of a message of the model, made at run time from the same descriptors that the codecs are generated from. */
export async function protobufDecoder(
  view: View,
  name: Name,
  limits: ProtobufLimits = defaultLimits,
): Promise<ProtobufDecoder> {
  const wire = wireTypes(view);
  const message = wire.messages.get(name);
  if (!message) {
    const why = wire.without.get(name) ?? "no source declares such a message.";
    return { decode: (_, from) => ({ ok: false, findings: [say.noMessage(from, { at: name, why })] }) };
  }
  const descriptor = systemDescriptor(view, message.message.system, wire);
  const read = await loadMessages(descriptor);
  return {
    decode(bytes, from) {
      if (bytes.length > limits.bytes) {
        const finding = say.tooLarge(from, { at: name, bytes: bytes.length, limit: limits.bytes });
        return { ok: false, findings: [finding] };
      }
      const decoded = read(name, bytes);
      if (typeof decoded === "string")
        return { ok: false, findings: [say.malformed(from, { at: name, said: decoded })] };
      const findings: Diagnostic[] = [];
      const reading = readingOf(view, wire, read, (path, said) => {
        if (findings.length < mostFindings) findings.push(say.notJson(from, { at: name, path, said }));
      });
      const value = messageJson(message, decoded, "", reading);
      return findings.length > 0 ? { ok: false, findings } : { ok: true, value };
    },
  };
}

type Read = (name: Name, bytes: Uint8Array) => Decoded | string;

function readingOf(view: View, { messages }: WireTypes, read: Read, problem: Reading["problem"]): Reading {
  const profiles = new Map<Name, JsonProfile>();
  for (const decl of view.model.decls) if (decl.kind === "system") profiles.set(decl.name, decl.json);
  return {
    view,
    messages,
    problem,
    profileOf: (system) => {
      const profile = profiles.get(system);
      if (!profile) throw new Error(`The system ${system} is not in the model.`);
      return profile;
    },
    unpack: (name, bytes) => {
      const decoded = read(name, bytes);
      return typeof decoded === "string" ? undefined : decoded;
    },
  };
}

/** The messages of a descriptor, as protobufjs reads them: decoded, or what it says of bytes that it cannot read. */
async function loadMessages({ file, messages, nameOf }: SystemDescriptor): Promise<Read> {
  const [{ default: protobuf }] = await Promise.all([import("protobufjs"), import("protobufjs/ext/descriptor.js")]);
  const root = protobuf.Root.fromDescriptor({ file: [file] } as never, { keepCase: true });
  root.resolveAll();
  const known = new Set(messages.map(({ message }) => message.name));
  return (name, bytes) => {
    if (!known.has(name)) return `${name} is not known here`;
    try {
      const decoded: unknown = root.lookupType(nameOf(name)).decode(bytes);
      return isDecoded(decoded) ? decoded : "nothing could be decoded";
    } catch (error) {
      return (error as Error).message;
    }
  };
}
