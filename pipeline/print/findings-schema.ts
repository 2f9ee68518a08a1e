import { verdicts } from "../../checks/index.ts";
import type { OptionsSchema } from "../../model/index.ts";
import { failOnChoices } from "../compat/report.ts";

const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const count = { type: "integer", minimum: 0 } as const;
const point = {
  type: "object",
  required: ["line", "column"],
  additionalProperties: false,
  properties: { line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } },
} as const;
const severity = { enum: ["error", "warning", "info"] } as const;
const span = {
  type: "object",
  description:
    "A stretch of a file, in UTF-16 offsets: `start` included, `end` excluded. `from` and `to` are the same as lines and columns counted from 1, where the text is at hand.",
  required: ["path", "start", "end"],
  additionalProperties: false,
  properties: { path: text, start: count, end: count, from: point, to: point },
} as const;
const audience = {
  type: "object",
  description:
    "The events and bodies of endpoints that carry it, the topics of those, and the teams that answer for them.",
  required: ["carriers", "topics", "owners"],
  additionalProperties: false,
  properties: { carriers: texts, topics: texts, owners: texts },
} as const;
const waived = {
  type: "object",
  description: "Accepted for a while: it is told, and does not count.",
  required: ["reason", "owner", "expires"],
  additionalProperties: false,
  properties: { reason: text, owner: text, expires: text },
} as const;

/** The JSON Schema of what `--format json` prints; published as `findings.schema.json`. */
export const findingsSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/findings.schema.json",
  title: "Findings of Concordat",
  description:
    "What every command that finds something prints with `--format json`. Paths are relative to concordat.yaml.",
  type: "object",
  required: ["schemaVersion", "findings", "suppressed"],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: 1 },
    findings: {
      type: "array",
      items: {
        type: "object",
        required: ["code", "severity", "message"],
        additionalProperties: false,
        properties: {
          code: { ...text, description: "Stable across releases: `concordat explain <code>` says more." },
          severity,
          message: text,
          at: { ...text, description: "The name of what it is about." },
          span,
          related: {
            type: "array",
            items: {
              type: "object",
              required: ["message", "span"],
              additionalProperties: false,
              properties: { message: text, span },
            },
          },
          hint: { ...text, description: "The way out." },
        },
      },
    },
    suppressed: { ...count, description: "How many findings the configuration keeps from being told." },
    comparison: {
      type: "object",
      description: "What a comparison with a baseline found.",
      required: ["baselines", "mode", "failOn", "targets", "changes", "entries"],
      additionalProperties: false,
      properties: {
        baselines: texts,
        mode: { enum: ["backward", "forward", "full"] },
        failOn: { enum: failOnChoices },
        targets: texts,
        changes: { ...count, description: "How many facts differ, harmless ones included." },
        entries: {
          type: "array",
          description: "The changes that are not safe for every target and direction that was asked about.",
          items: {
            type: "object",
            required: ["fact", "at", "message", "fingerprint", "baseline", "severity", "audience", "judgements"],
            additionalProperties: false,
            properties: {
              fact: { ...text, description: "The kind of the change: `field.type`." },
              at: text,
              was: text,
              now: text,
              message: text,
              fingerprint: { ...text, description: "The same for the same change: what a waiver names." },
              baseline: text,
              severity,
              span,
              old: {
                type: "object",
                description: "Where it stood in the baseline.",
                required: ["path"],
                additionalProperties: false,
                properties: { path: text, line: point.properties.line, column: point.properties.column },
              },
              audience,
              judgements: {
                type: "array",
                items: {
                  type: "object",
                  required: ["target", "direction", "verdict", "rule", "why"],
                  additionalProperties: false,
                  properties: {
                    target: text,
                    direction: { enum: ["backward", "forward", "reader", "writer", "exhaustive"] },
                    verdict: { enum: verdicts },
                    rule: text,
                    why: text,
                    fix: text,
                    severity,
                    waiver: waived,
                  },
                },
              },
            },
          },
        },
      },
    },
    differences: {
      type: "array",
      description: "What `concordat diff` prints: every fact that differs, by baseline, without a verdict.",
      items: {
        type: "object",
        required: ["baseline", "facts"],
        additionalProperties: false,
        properties: {
          baseline: text,
          facts: {
            type: "array",
            items: {
              type: "object",
              required: ["fact", "at", "message", "fingerprint", "audience"],
              additionalProperties: false,
              properties: {
                fact: text,
                at: text,
                was: text,
                now: text,
                message: text,
                fingerprint: text,
                old: span,
                span,
                audience,
              },
            },
          },
        },
      },
    },
    release: {
      type: "object",
      description: "What `concordat semver` prints: the release that the types package needs.",
      required: ["baseline", "bump", "because"],
      additionalProperties: false,
      properties: {
        baseline: text,
        bump: { enum: ["none", "patch", "minor", "major"] },
        because: {
          type: "array",
          description: "The changes that ask for that much.",
          items: {
            type: "object",
            required: ["at", "fact", "message"],
            additionalProperties: false,
            properties: { at: text, fact: text, message: text },
          },
        },
        from: { ...text, description: "The version of the baseline." },
        needed: { ...text, description: "The least version that may follow." },
        version: { ...text, description: "The version that the configuration gives the package." },
      },
    },
  },
} as const satisfies OptionsSchema;
