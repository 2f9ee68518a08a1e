import {
  type Decl,
  eventTypeName,
  type Field,
  type Message,
  mapTypeRef,
  type Name,
  type OptionsSchema,
  type Origin,
  type Overlay,
  type OverlayEntry,
  type OverlaySet,
  parseTypeExpression,
  type Report,
  type SourceFile,
  type Span,
  type TypeRef,
} from "../model/index.ts";
import { badType, toBeFilled } from "./diagnostics.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

const text = { type: "string", minLength: 1 } as const;
const texts = { type: "array", items: text } as const;
const deprecated = {
  type: "object",
  additionalProperties: false,
  properties: { reason: text, replacedBy: text, since: text },
} as const;
const presence = { enum: ["required", "optional", "implicit"] } as const;
const limits = {
  type: "object",
  additionalProperties: false,
  properties: {
    minimum: { type: "number" },
    maximum: { type: "number" },
    minLength: { type: "integer" },
    maxLength: { type: "integer" },
    pattern: text,
    minItems: { type: "integer" },
    maxItems: { type: "integer" },
  },
} as const;
const follows = {
  type: "object",
  required: ["event", "by", "key"],
  additionalProperties: false,
  properties: { event: text, by: text, key: text },
} as const;
const fieldFacts = {
  type: text,
  presence,
  nullable: { type: "boolean" },
  default: true,
  unit: text,
  number: { type: "integer" },
  limits,
  doc: text,
  aliases: texts,
  deprecated,
} as const;

/** The JSON Schema of an overlay; published as `overlay.schema.json`. */
export const overlaySchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/overlay.schema.json",
  title: "Overlay of a Concordat source",
  description: "Corrections to a document that is not ours to edit, each with the reason for it.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    scopes: {
      type: "array",
      description:
        "Moves sections into scopes; a section is selected by its heading and, when it stands twice, its occurrence.",
      items: {
        type: "object",
        required: ["scope", "sections", "why"],
        additionalProperties: false,
        properties: {
          scope: text,
          why: text,
          sections: {
            type: "array",
            items: {
              anyOf: [
                text,
                {
                  type: "object",
                  required: ["heading"],
                  additionalProperties: false,
                  properties: { heading: text, occurrence: { type: "integer", minimum: 1 } },
                },
              ],
            },
          },
        },
      },
    },
    declare: {
      type: "array",
      description: "Adds declarations that the document implies and never writes down.",
      items: {
        type: "object",
        required: ["kind", "name", "why"],
        additionalProperties: false,
        properties: {
          kind: { enum: ["message", "alias", "external", "event", "topic"] },
          name: text,
          why: text,
          doc: text,
          aliases: texts,
          deprecated,
          open: { type: "boolean" },
          fields: {
            type: "object",
            additionalProperties: {
              type: "object",
              required: ["type"],
              additionalProperties: false,
              properties: fieldFacts,
            },
          },
          type: { ...text, description: "What an alias stands for, or how an external type is treated." },
          url: text,
          payload: text,
          group: text,
          topic: text,
          identity: texts,
          envelope: text,
          follows,
          transport: { enum: ["kafka", "event-hubs"] },
          producers: texts,
        },
      },
    },
    entries: {
      type: "array",
      description: "Corrects single facts.",
      items: {
        type: "object",
        required: ["at", "set", "why"],
        additionalProperties: false,
        properties: {
          at: { anyOf: [text, { ...texts, minItems: 1 }], description: "The place, or several that are alike." },
          was: { type: ["string", "boolean", "number"] },
          why: text,
          set: {
            type: "object",
            minProperties: 1,
            additionalProperties: false,
            properties: {
              ...fieldFacts,
              name: text,
              open: { type: "boolean" },
              topic: text,
              group: text,
              identity: texts,
              follows,
              transport: { enum: ["kafka", "event-hubs"] },
              feeds: { type: "object", additionalProperties: text },
            },
          },
        },
      },
    },
  },
} as const satisfies OptionsSchema;

interface RawOverlay {
  scopes?: { scope: string; why: string; sections: (string | { heading: string; occurrence?: number })[] }[];
  declare?: RawDeclaration[];
  entries?: {
    at: string | string[];
    was?: string | number | boolean;
    set: Omit<OverlaySet, "type"> & { type?: string };
    why: string;
  }[];
}
interface RawDeclaration extends Partial<Omit<Field, "type" | "origins">> {
  kind: "message" | "alias" | "external" | "event" | "topic";
  name: Name;
  why: string;
  open?: boolean;
  fields?: Record<string, Omit<Field, "type" | "name" | "origins"> & { type: string }>;
  type?: string;
  url?: string;
  payload?: string;
  group?: string;
  topic?: string;
  identity?: string[];
  envelope?: string;
  follows?: { event: string; by: string; key: string };
  transport?: "kafka" | "event-hubs";
  producers?: string[];
}

/** Reads an overlay; `undefined` after findings when it cannot be used. */
export function readOverlay(source: SourceFile, system: Name, report: Report): Overlay | undefined {
  const file = readYaml(source, overlaySchema, report, {});
  if (!file) return undefined;
  const raw = (file.value ?? {}) as unknown as RawOverlay;
  return {
    path: source.path,
    scopes: (raw.scopes ?? []).map(({ scope, why, sections }, i) => ({
      scope,
      why,
      sections: sections.map((section, j) => ({
        ...(typeof section === "string" ? { heading: section } : section),
        span: file.span(["scopes", i, "sections", j]),
      })),
    })),
    declare: (raw.declare ?? []).flatMap((item, i) => declaration(item, ["declare", i], file, system, report)),
    entries: (raw.entries ?? []).flatMap((entry, i) => toEntry(entry, i, file, report)),
  };
}

function toEntry(
  raw: NonNullable<RawOverlay["entries"]>[number],
  index: number,
  file: YamlFile,
  report: Report,
): readonly OverlayEntry[] {
  const at = ["entries", index];
  const { type: expression, ...facts } = raw.set;
  const places = typeof raw.at === "string" ? [raw.at] : raw.at;
  if (expression === "TODO") {
    // As `concordat import` leaves it: nothing is decided, and nothing is changed.
    for (const name of places) report(toBeFilled(file.span([...at, "set", "type"]), { at: name }));
    return [];
  }
  const type = expression === undefined ? undefined : typeOf(expression, file.span([...at, "set", "type"]), report);
  if (expression !== undefined && !type) return [];
  return places.map((name, i) => ({
    at: name,
    atSpan: file.span(typeof raw.at === "string" ? [...at, "at"] : [...at, "at", i]),
    ...(raw.was !== undefined && { was: { text: String(raw.was), span: file.span([...at, "was"]) } }),
    set: { ...(type && { type }), ...facts },
    why: raw.why,
    span: file.span(at),
  }));
}

function typeOf(expression: string, span: Span, report: Report): TypeRef | undefined {
  const type = parseTypeExpression(expression);
  if (!type || type.kind === "unstated") return void report(badType(span, { text: expression }));
  // What resolves to nothing is then told here, and not at the document.
  return mapTypeRef(type, (part) => (part.kind === "named" ? { ...part, span } : part));
}

function declaration(
  raw: RawDeclaration,
  at: readonly (string | number)[],
  file: YamlFile,
  system: Name,
  report: Report,
): readonly Decl[] {
  const origin = (place: readonly (string | number)[]): Origin => ({
    span: file.span(place, "key"),
    reader: "overlay",
    basis: "overlay",
    why: raw.why,
  });
  const { name, doc, aliases, deprecated } = raw;
  const common = {
    name,
    ...(doc && { doc }),
    ...(aliases && { aliases }),
    ...(deprecated && { deprecated }),
    origins: [origin([...at, "name"])],
  };
  const type = (key: "type" | "payload"): TypeRef | undefined => {
    const expression = raw[key];
    return expression === undefined ? undefined : typeOf(expression, file.span([...at, key]), report);
  };
  const message = (messageName: Name): Message => ({
    ...common,
    kind: "message",
    name: messageName,
    system,
    ...(raw.open && { open: true }),
    fields: Object.entries(raw.fields ?? {}).flatMap(([field, { type: expression, ...facts }]) => {
      const fieldType = typeOf(expression, file.span([...at, "fields", field, "type"]), report);
      const place = [...at, "fields", field];
      return fieldType
        ? [{ ...facts, presence: facts.presence ?? "unstated", name: field, type: fieldType, origins: [origin(place)] }]
        : [];
    }),
  });
  switch (raw.kind) {
    case "message":
      return [message(name)];
    case "alias":
      return [{ ...common, kind: "alias", system, type: type("type") ?? { kind: "json" } }];
    case "external": {
      const as = type("type");
      return [{ ...common, kind: "external", system, ...(raw.url && { url: raw.url }), ...(as && { as }) }];
    }
    case "topic":
      return [
        {
          ...common,
          kind: "topic",
          system,
          ...(raw.transport && { transport: raw.transport }),
          ...(raw.producers && { producers: raw.producers }),
        },
      ];
    case "event": {
      const { group, topic, identity, follows, envelope } = raw;
      const body = `${system}.${eventTypeName({ name, system })}${envelope ? "Body" : ""}`;
      const payload = raw.fields ? ({ kind: "named", name: `.${body}` } as const) : type("payload");
      return [
        ...(raw.fields ? [message(body)] : []),
        {
          ...common,
          kind: "event",
          system,
          payload: payload ?? { kind: "json" },
          ...(group && { group }),
          ...(topic && { topic }),
          ...(identity && { identity }),
          ...(follows && { follows }),
          ...(envelope && { envelope: { type: envelope, how: "merge" as const } }),
        },
      ];
    }
  }
}
