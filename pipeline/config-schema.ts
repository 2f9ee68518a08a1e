import type { OptionsSchema } from "../model/index.ts";
import { failOnChoices } from "./compat/report.ts";

const text = { type: "string", minLength: 1 } as const;
const texts = { type: "array", items: text } as const;

/** The JSON Schema of `concordat.yaml`; published as `config.schema.json`. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/config.schema.json",
  title: "concordat.yaml",
  description:
    "What Concordat reads, what holds where documents are silent, and what it writes. Paths are relative to this file.",
  type: "object",
  required: ["systems"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    output: { ...text, default: "generated", description: "The folder that generated files are written to." },
    package: {
      type: "object",
      description: "The npm package that the output folder is, when it is one.",
      required: ["name", "version"],
      additionalProperties: false,
      properties: { name: text, version: text, description: text, license: text, repository: text },
    },
    systems: {
      type: "object",
      description: "The systems whose events are described, by name.",
      minProperties: 1,
      propertyNames: { pattern: "^[a-z][a-z0-9_]*$" },
      additionalProperties: {
        type: "object",
        required: ["sources"],
        additionalProperties: false,
        properties: {
          title: text,
          owners: texts,
          json: {
            type: "object",
            description: "How values of this system are written as JSON.",
            additionalProperties: false,
            properties: {
              fieldNames: { enum: ["declared", "lowerCamel"], default: "declared" },
              int64: { enum: ["string", "number"], default: "number" },
              enums: { enum: ["name", "number"], default: "name" },
              timestamp: { enum: ["rfc3339", "epoch-seconds", "epoch-millis"], default: "rfc3339" },
              duration: { enum: ["seconds-string", "iso8601", "seconds", "millis"], default: "seconds-string" },
            },
          },
          defaults: {
            type: "object",
            description: "What holds where the documents are silent.",
            additionalProperties: false,
            properties: {
              presence: { enum: ["required", "optional", "implicit"], default: "optional" },
              number: { enum: ["float64", "float32", "int32", "int64", "uint32", "uint64"], default: "float64" },
            },
          },
          sources: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              required: ["files", "reader"],
              additionalProperties: false,
              properties: {
                files: { anyOf: [text, { ...texts, minItems: 1 }], description: "One path, or several." },
                reader: text,
                root: {
                  ...text,
                  description: "The tree that includes and imports stay inside; by default the folder of the file.",
                },
                overlay: { ...text, description: "Corrections to the source, kept beside it." },
                options: { type: "object" },
              },
            },
          },
          numbers: {
            ...text,
            description:
              "The lock of field and enum numbers; by default `contracts/numbers/<system>.yaml`, if it exists.",
          },
          events: {
            type: "object",
            description: "Events that are types of the source, by event name.",
            additionalProperties: {
              anyOf: [
                text,
                {
                  type: "object",
                  required: ["payload"],
                  additionalProperties: false,
                  properties: { payload: text, group: text, topic: text, identity: texts },
                },
              ],
            },
          },
        },
      },
    },
    generators: {
      type: "object",
      description: "The targets, each with its options.",
      additionalProperties: { type: ["object", "null"] },
    },
    rules: {
      type: "object",
      description: "Another severity for a finding, by its code.",
      additionalProperties: { enum: ["error", "warning", "info", "off"] },
    },
    suppress: {
      type: "array",
      description:
        "Findings that are known and not to be told, each at its place and with the reason. Errors are always told.",
      items: {
        type: "object",
        required: ["at", "why"],
        anyOf: [{ required: ["rule"] }, { required: ["code"] }],
        additionalProperties: false,
        maxProperties: 3,
        properties: {
          rule: { ...text, description: "A rule by its id: all it finds." },
          code: { ...text, description: "A finding by its code." },
          at: {
            ...text,
            description:
              "The name of what the finding is about, or the path of the file it stands in, with `*` for any part.",
          },
          why: text,
        },
      },
    },
    breaking: {
      type: "object",
      description:
        "What `concordat breaking` compares with and asks about; with `against`, `concordat check` includes it.",
      additionalProperties: false,
      properties: {
        against: {
          anyOf: [text, { ...texts, minItems: 1 }],
          description:
            "The baseline, or several: git:<ref>, git:merge-base, dir:<folder>, file:<model.json>, npm:<package>@<range>.",
        },
        mode: { enum: ["backward", "forward", "full"], default: "backward" },
        transitive: { type: "boolean", default: false, description: "Also compare with every version before it." },
        targets: { ...texts, minItems: 1, description: "The targets that count; all, when nothing is said." },
        failOn: { enum: failOnChoices, default: "breaking", description: "The least verdict that is an error." },
        waivers: {
          ...text,
          description: "Changes that are agreed upon; by default `contracts/waivers.yaml`, if it exists.",
        },
      },
    },
    accept: {
      type: "array",
      description: "What a target may lose or guess without a finding, and why that is well.",
      items: {
        type: "object",
        required: ["target", "fidelity", "why"],
        additionalProperties: false,
        properties: {
          target: { anyOf: [text, { ...texts, minItems: 1 }], description: "A generator, or several." },
          fidelity: { enum: ["lossy", "guessed"] },
          at: { ...text, description: "A name with `*` for any part of it; by default everything." },
          why: text,
        },
      },
    },
  },
} as const satisfies OptionsSchema;
