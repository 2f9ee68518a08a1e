import type { Json, OptionsSchema } from "../model/index.ts";

type Properties = Readonly<Record<string, Json>>;
const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const flag = { type: "boolean" } as const;
const integer = { type: "integer" } as const;
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
const listOf = (items: Json) => ({ type: "array", items });
const object = (properties: Properties, required: readonly string[]) => ({
  type: "object",
  required,
  additionalProperties: false,
  properties,
});

const deprecated = object({ reason: text, replacedBy: text, since: text }, []);
const declared = { name: text, doc: text, deprecated, aliases: texts, owners: texts, origins: listOf(ref("Origin")) };
const declaration = (kind: string, properties: Properties, required: readonly string[]) =>
  object({ kind: { const: kind }, ...declared, ...properties }, ["kind", "name", "origins", ...required]);
const typeRef = (kind: string, properties: Properties, required: readonly string[]) =>
  object({ kind: { const: kind }, ...properties }, ["kind", ...required]);

const fields = listOf(ref("Field"));
const reserved = object(
  {
    names: texts,
    numbers: listOf({ type: "array", prefixItems: [integer, integer], minItems: 2, maxItems: 2 }),
  },
  [],
);
const scalars = ["bool", "int32", "int64", "uint32", "uint64", "float32", "float64", "number", "string", "bytes"];
const mapKeys = ["string", "bool", "int32", "int64", "uint32", "uint64"];

/** The JSON Schema of a model dump; published as `model.schema.json`. */
export const modelSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/model.schema.json",
  title: "Concordat model",
  description: "Everything the sources of a project say, as `concordat model --format json` writes it.",
  type: "object",
  required: ["irVersion", "decls"],
  additionalProperties: false,
  properties: {
    $comment: text,
    irVersion: { const: 1 },
    storage: {
      type: "object",
      description: "By generator: the options that decide how events are stored, where there are any.",
      additionalProperties: { type: "object" },
    },
    decls: listOf(ref("Decl")),
  },
  $defs: {
    Decl: {
      oneOf: [
        "System",
        "Topic",
        "Component",
        "Event",
        "Operation",
        "Message",
        "Enum",
        "Union",
        "Alias",
        "External",
      ].map(ref),
    },
    Span: object({ path: text, start: integer, end: integer }, ["path", "start", "end"]),
    Origin: object(
      {
        span: ref("Span"),
        reader: text,
        basis: { enum: ["stated", "inferred", "overlay", "default"] },
        why: text,
        facts: texts,
      },
      ["span", "reader", "basis"],
    ),
    System: declaration(
      "system",
      {
        title: text,
        json: object(
          {
            fieldNames: { enum: ["declared", "lowerCamel"] },
            int64: { enum: ["string", "number"] },
            enums: { enum: ["name", "number"] },
            timestamp: { enum: ["rfc3339", "epoch-seconds", "epoch-millis"] },
            duration: { enum: ["seconds-string", "iso8601", "seconds", "millis"] },
          },
          ["fieldNames", "int64", "enums", "timestamp", "duration"],
        ),
      },
      ["json"],
    ),
    Topic: declaration(
      "topic",
      {
        system: text,
        transport: { enum: ["kafka", "event-hubs"] },
        producers: texts,
        numbers: listOf(object({ name: text, number: integer }, ["name", "number"])),
        reserved,
      },
      [],
    ),
    Component: declaration(
      "component",
      {
        system: text,
        group: text,
        role: { enum: ["producer", "proxy"] },
        language: text,
        transport: text,
        env: fields,
        feeds: { type: "object", additionalProperties: text },
      },
      ["system", "group", "role", "env"],
    ),
    Event: declaration(
      "event",
      {
        system: text,
        group: text,
        topic: text,
        payload: ref("TypeRef"),
        envelope: object({ type: text, how: { enum: ["merge", "wrap"] } }, ["type", "how"]),
        identity: texts,
        follows: object({ event: text, by: text, key: text }, ["event", "by", "key"]),
      },
      ["system", "payload"],
    ),
    Operation: declaration(
      "operation",
      {
        system: text,
        versions: listOf(
          object(
            {
              version: text,
              doc: text,
              deprecated,
              request: ref("TypeRef"),
              response: ref("TypeRef"),
              batchOf: object({ operation: text, version: text }, ["operation", "version"]),
              origins: listOf(ref("Origin")),
            },
            ["version", "origins"],
          ),
        ),
      },
      ["system", "versions"],
    ),
    Message: declaration(
      "message",
      {
        system: text,
        fields,
        oneofs: listOf(
          object({ name: text, fields: texts, required: flag, doc: text, origins: listOf(ref("Origin")) }, [
            "name",
            "fields",
            "required",
          ]),
        ),
        open: flag,
        reserved,
      },
      ["system", "fields"],
    ),
    Field: object(
      {
        ...declared,
        type: ref("TypeRef"),
        presence: { enum: ["required", "optional", "implicit"] },
        nullable: flag,
        default: true,
        unit: text,
        number: integer,
        jsonName: text,
        wire: object({ type: text, key: text, delimited: flag }, []),
        limits: object(
          {
            minimum: { type: "number" },
            maximum: { type: "number" },
            minLength: integer,
            maxLength: integer,
            pattern: text,
            minItems: integer,
            maxItems: integer,
          },
          [],
        ),
        examples: listOf(true),
      },
      ["name", "type", "presence", "origins"],
    ),
    Enum: declaration(
      "enum",
      {
        system: text,
        open: flag,
        values: listOf(object({ ...declared, number: integer, label: text }, ["name", "origins"])),
      },
      ["system", "values", "open"],
    ),
    Union: declaration(
      "union",
      {
        system: text,
        variants: listOf(ref("TypeRef")),
        fields,
        tag: object({ field: text, values: { type: "object", additionalProperties: text } }, ["field", "values"]),
      },
      ["system", "variants"],
    ),
    Alias: declaration("alias", { system: text, type: ref("TypeRef") }, ["system", "type"]),
    External: declaration("external", { system: text, url: text, as: ref("TypeRef") }, ["system"]),
    TypeRef: {
      oneOf: [
        typeRef("scalar", { scalar: { enum: scalars }, logical: ref("Logical") }, ["scalar"]),
        typeRef("named", { name: text }, ["name"]),
        typeRef("list", { item: ref("TypeRef"), unique: flag }, ["item"]),
        typeRef("map", { key: { enum: mapKeys }, value: ref("TypeRef") }, ["key", "value"]),
        typeRef("union", { variants: listOf(ref("TypeRef")) }, ["variants"]),
        typeRef("literal", { value: { type: ["string", "number", "boolean"] } }, ["value"]),
        typeRef("json", { only: { const: "object" } }, []),
      ],
    },
    Logical: {
      oneOf: [
        object({ name: { enum: ["uuid", "uri", "ip", "json"] } }, ["name"]),
        object(
          {
            name: { const: "timestamp" },
            encoding: { enum: ["rfc3339", "epoch-seconds", "epoch-millis", "protobuf"] },
          },
          ["name", "encoding"],
        ),
        object(
          {
            name: { const: "duration" },
            encoding: { enum: ["seconds-string", "iso8601", "seconds", "millis", "protobuf"] },
          },
          ["name", "encoding"],
        ),
      ],
    },
  },
} as const satisfies OptionsSchema;
