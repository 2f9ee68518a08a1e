/** Schemas of the reports that Concordat writes: the part of each format that it uses, closed, so that nothing else slips in. */
const text = { type: "string", minLength: 1 } as const;
const line = { type: "integer", minimum: 1 } as const;
const closed = <P extends Record<string, unknown>>(properties: P, optional: readonly (keyof P)[] = []) => ({
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
});
const message = closed({ text });
const physicalLocation = closed(
  {
    artifactLocation: closed({
      // A reference that is relative and has only characters that a URI may have.
      uri: { type: "string", pattern: "^(?!/)[A-Za-z0-9\\-._~!$&'()*+,;=:@/%]+$" },
      uriBaseId: { const: "%SRCROOT%" },
    }),
    region: closed({ startLine: line, startColumn: line, endLine: line, endColumn: line }),
  },
  ["region"],
);
const level = { enum: ["error", "warning", "note"] };

/** SARIF 2.1.0. */
export const sarifSchema = closed({
  $schema: text,
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    minItems: 1,
    maxItems: 1,
    items: closed({
      tool: closed({
        driver: closed(
          {
            name: { const: "concordat" },
            semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
            rules: {
              type: "array",
              uniqueItems: true,
              items: closed(
                { id: text, shortDescription: message, help: message, defaultConfiguration: closed({ level }) },
                ["shortDescription", "help", "defaultConfiguration"],
              ),
            },
          },
          ["semanticVersion"],
        ),
      }),
      columnKind: { const: "utf16CodeUnits" },
      results: {
        type: "array",
        items: closed(
          {
            ruleId: text,
            ruleIndex: { type: "integer", minimum: 0 },
            level,
            message,
            locations: { type: "array", minItems: 1, items: closed({ physicalLocation }) },
            relatedLocations: {
              type: "array",
              items: closed({ id: { type: "integer", minimum: 0 }, physicalLocation, message }),
            },
            partialFingerprints: closed({ "concordat/v1": text }),
            suppressions: {
              type: "array",
              items: closed({ kind: { const: "external" }, status: { const: "accepted" }, justification: text }),
            },
          },
          ["locations", "relatedLocations", "suppressions"],
        ),
      },
    }),
  },
});

/** A code quality report of GitLab. */
export const gitlabSchema = {
  type: "array",
  items: closed({
    description: text,
    check_name: text,
    fingerprint: { type: "string", pattern: "^[0-9a-f]{32}$" },
    severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
    location: closed({ path: { type: "string", pattern: "^(?!\\./|/)" }, lines: closed({ begin: line }) }),
  }),
};
