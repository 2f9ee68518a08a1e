import type { Span } from "./diagnostic.ts";
import type { Json } from "./json.ts";

/** A name qualified by scope, dots between the parts: `h2o.mlops.Project`. */
export type Name = string;

/** Everything all sources say, in one shape. Declarations are sorted by name; names are unique within a kind. */
export interface Model {
  readonly irVersion: 1;
  readonly decls: readonly Decl[];
}

/** Anything that has a name of its own in the model. */
export type Decl = System | Topic | Component | Event | Operation | TypeDecl;

/** A declaration that a {@link TypeRef} can name. */
export type TypeDecl = Message | Enum | Union | Alias | External;

/** Where a fact comes from. */
export interface Origin {
  readonly span: Span;
  /** The reader, or `overlay`, that found it. */
  readonly reader: string;
  /** `stated` by the source, `inferred` by the reader, set by an `overlay`, or the system's `default` for a bare `number`. */
  readonly basis: "stated" | "inferred" | "overlay" | "default";
  /** Why, for everything that is not simply stated. */
  readonly why?: string;
  /** The keys of the facts that come from here, where other origins give the rest: `type`, or `oneofs.name` of a message. */
  readonly facts?: readonly string[];
}

/** What every named thing can carry. */
export interface Declared {
  /** The wire name, exactly as written. */
  readonly name: Name;
  /** What it means, in plain text; paragraphs are separated by an empty line. */
  readonly doc?: string;
  readonly deprecated?: { readonly reason?: string; readonly replacedBy?: string; readonly since?: string };
  /** Former names, or other names under which it travels. */
  readonly aliases?: readonly string[];
  /** The teams that answer for it. */
  readonly owners?: readonly string[];
  readonly origins: readonly Origin[];
}

/** The unit of JSON profile, output folder and package subpath. */
export interface System extends Declared {
  readonly kind: "system";
  readonly title?: string;
  readonly json: JsonProfile;
}

/** How values of one system are written as JSON. Every target reads this, so they cannot disagree. */
export interface JsonProfile {
  readonly fieldNames: "declared" | "lowerCamel";
  /** 64-bit integers as decimal strings, or as JSON numbers (exact up to 2^53). */
  readonly int64: "string" | "number";
  readonly enums: "name" | "number";
  /** How a timestamp is written whose source does not say it: {@link Logical} encoding `protobuf`. */
  readonly timestamp: "rfc3339" | "epoch-seconds" | "epoch-millis";
  /** Likewise for durations; `seconds-string` is the form `"1.5s"`. */
  readonly duration: "seconds-string" | "iso8601" | "seconds" | "millis";
}

/** A channel that carries events. */
export interface Topic extends Declared {
  readonly kind: "topic";
  readonly system?: Name;
  readonly transport?: "kafka" | "event-hubs";
  /** Names of the components that write to it. */
  readonly producers?: readonly Name[];
  /** The numbers that members of its message have, for formats that have numbers: locked, as no document states them. */
  readonly numbers?: readonly { readonly name: string; readonly number: number }[];
  readonly reserved?: Message["reserved"];
}

/** A program that produces events, or passes them on. */
export interface Component extends Declared {
  readonly kind: "component";
  readonly system: Name;
  readonly group: Name;
  readonly role: "producer" | "proxy";
  readonly language?: string;
  readonly transport?: string;
  /** Environment variables it is configured by. */
  readonly env: readonly Field[];
  /** Environment variable to the event field that carries its value. */
  readonly feeds?: Readonly<Record<string, string>>;
}

/** Something that happened, as it is sent. */
export interface Event extends Declared {
  readonly kind: "event";
  readonly system: Name;
  readonly group?: Name;
  readonly topic?: Name;
  readonly payload: TypeRef;
  /** `merge`: the payload's fields lie flat among the envelope's. `wrap`: the payload is a field of it. */
  readonly envelope?: { readonly type: Name; readonly how: "merge" | "wrap" };
  /** Fields that make two deliveries one event. */
  readonly identity?: readonly string[];
  /** A finish names its start: this event's field `by` holds the start's field `key`. */
  readonly follows?: { readonly event: Name; readonly by: string; readonly key: string };
}

/** A callable endpoint and its versions, oldest first (2.9 before 2.12). */
export interface Operation extends Declared {
  readonly kind: "operation";
  readonly system: Name;
  readonly versions: readonly OperationVersion[];
}

/** One version of an {@link Operation}. */
export interface OperationVersion {
  readonly version: string;
  readonly doc?: string;
  readonly deprecated?: Declared["deprecated"];
  readonly request?: TypeRef;
  readonly response?: TypeRef;
  /** The request is a stream of that operation's requests, one JSON per line. */
  readonly batchOf?: { readonly operation: Name; readonly version: string };
  readonly origins: readonly Origin[];
}

/** A record with named fields. */
export interface Message extends Declared {
  readonly kind: "message";
  readonly system: Name;
  readonly fields: readonly Field[];
  /** Groups of fields of which at most one is set (exactly one, when required). */
  readonly oneofs?: readonly Oneof[];
  /** True when the source states that unknown fields are welcome. */
  readonly open?: boolean;
  /** Reading only: the fields are added to the message of this name, which is declared elsewhere. */
  readonly extends?: boolean;
  readonly reserved?: { readonly names?: readonly string[]; readonly numbers?: readonly (readonly [number, number])[] };
}

/** A group of a message's fields of which at most one is set. */
export interface Oneof {
  readonly name: string;
  readonly fields: readonly string[];
  readonly required: boolean;
  readonly doc?: string;
  /** Where the group is told of, when it has a place of its own in its message. */
  readonly origins?: readonly Origin[];
}

/** A member of a {@link Message}. */
export interface Field extends Declared {
  readonly type: TypeRef;
  /**
   * `required`: always there. `optional`: may be absent, and absence is told from a default.
   * `implicit`: absent means the type's zero. `unstated`: the source is silent; `buildModel` decides it.
   */
  readonly presence: "required" | "optional" | "implicit" | "unstated";
  /** True when an explicit null is a value. */
  readonly nullable?: boolean;
  readonly default?: Json;
  /** The unit of the value, in UCUM where it has one: `By`, `ms`, `By/s`. */
  readonly unit?: string;
  /** The number on the wire, for formats that have numbers. */
  readonly number?: number;
  /** The key that the source asks for in JSON; a profile that keeps declared names passes it over. */
  readonly jsonName?: string;
  /** How Protobuf writes it, where that does not follow from its type. */
  readonly wire?: Wire;
  readonly limits?: Limits;
  readonly examples?: readonly Json[];
}

/** The Protobuf type of a field, as far as the types of the model leave it open: they do not tell `sint64` from `int64`. */
export interface Wire {
  /** `sint64`, `google.protobuf.Any`; of a list or a map the type of its items. */
  readonly type?: string;
  /** Of a map, the type of its keys. */
  readonly key?: string;
  /** True for a message that stands between two tags instead of behind its length. */
  readonly delimited?: boolean;
}

/** Bounds on a value: numbers by value, strings by code points, lists by items. */
export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** An ECMAScript regular expression in Unicode mode. */
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A closed or open set of named values. */
export interface Enum extends Declared {
  readonly kind: "enum";
  readonly system: Name;
  readonly values: readonly EnumValue[];
  /** True when readers must expect values that are not listed. */
  readonly open: boolean;
}

/** A value of an {@link Enum}: `name` is its symbol, the form it has where enums travel by name. */
export interface EnumValue extends Declared {
  readonly number?: number;
  /** The words a document shows for it, when its symbol was made from them. */
  readonly label?: string;
}

/** One of several whole shapes. */
export interface Union extends Declared {
  readonly kind: "union";
  readonly system: Name;
  readonly variants: readonly TypeRef[];
  /** Fields that every variant has beside its own. */
  readonly fields?: readonly Field[];
  readonly tag?: { readonly field: string; readonly values: Readonly<Record<string, Name>> };
}

/** Another name for a type. */
export interface Alias extends Declared {
  readonly kind: "alias";
  readonly system: Name;
  readonly type: TypeRef;
}

/** A type that is named here and defined elsewhere; `as` is how it is treated. */
export interface External extends Declared {
  readonly kind: "external";
  readonly system: Name;
  readonly url?: string;
  readonly as?: TypeRef;
}

/** The use of a type. */
export type TypeRef =
  | { readonly kind: "scalar"; readonly scalar: Scalar; readonly logical?: Logical }
  /** In a model always a full name. While reading: absolute after a leading dot, else resolved from its scope outwards. */
  | {
      readonly kind: "named";
      readonly name: Name;
      /** Reading only: the scope it resolves from, when that is not the declaration it stands in. */
      readonly scope?: Name;
      /** Reading only: where it is written, for the finding when it resolves to nothing. */
      readonly span?: Span;
    }
  | { readonly kind: "list"; readonly item: TypeRef; readonly unique?: boolean }
  | { readonly kind: "map"; readonly key: MapKey; readonly value: TypeRef }
  | { readonly kind: "union"; readonly variants: readonly TypeRef[] }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** Free-form JSON; `only: "object"` when it must be an object. */
  | { readonly kind: "json"; readonly only?: "object" }
  /** A reader may say it; `buildModel` reports it when no overlay has settled it. */
  | { readonly kind: "unstated" };

/** Value types without structure; `number` is a number whose width the source does not state. */
export type Scalar =
  | "bool"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "float32"
  | "float64"
  | "number"
  | "string"
  | "bytes";

/** Types a map's key may have. */
export type MapKey = "string" | "bool" | "int32" | "int64" | "uint32" | "uint64";

/** What a scalar means beyond its width. */
export type Logical =
  | { readonly name: "uuid" | "uri" | "ip" | "json" }
  | { readonly name: "timestamp"; readonly encoding: "rfc3339" | "epoch-seconds" | "epoch-millis" | "protobuf" }
  | { readonly name: "duration"; readonly encoding: "seconds-string" | "iso8601" | "seconds" | "millis" | "protobuf" };
