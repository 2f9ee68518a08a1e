import { describe, expect, it } from "vitest";
import {
  type Component,
  type Decl,
  type Diagnostic,
  type Event,
  formatTypeRef,
  type Message,
  type Topic,
} from "../../model/index.ts";
import { pageContext } from "../event-pages/context.ts";
import { readPage } from "../event-pages/read-page.ts";
import { parseDocument, sectionsUnder } from "./document.ts";
import { pageOf } from "./page.ts";

function read(text: string) {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic) => void findings.push(finding);
  const document = parseDocument("events.md", text);
  const options = { groups: { "Asset Storage": "assets" } };
  const context = pageContext("events.md", { system: "telemetry", reader: "markdown", report, options });
  const decls = readPage(pageOf(document, [document.root, ...sectionsUnder(document.root)], report), context);
  const said = findings.map(({ code, span, hint }) => ({ code, at: text.slice(span?.start, span?.end), hint }));
  return { decls, findings, said, ...byKind(decls) };
}

function byKind(decls: readonly Decl[]) {
  const of = <K extends Decl["kind"]>(kind: K) => decls.filter((decl) => decl.kind === kind);
  return {
    events: of("event") as readonly Event[],
    messages: of("message") as readonly Message[],
    topics: of("topic") as readonly Topic[],
    components: of("component") as readonly Component[],
  };
}

const fieldsOf = (message: Message | undefined) =>
  message?.fields.map((field) => `${field.name}: ${formatTypeRef(field.type)}`);

/** A section with one event; the rows are `name | type | description`. */
const event = (...rows: string[]) => `
### Door opened

Topic: doors

| Name | Type | Description |
| --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}
`;

const named = "event_type | “house.door.opened” |";

describe("an event", () => {
  it("is a heading, a topic and a table", () => {
    const { events, messages, topics, said } = read(
      event(named, "room | string | Which room", "opened_at | timestamp |"),
    );
    expect(said).toEqual([]);
    expect(events).toMatchObject([
      {
        name: "house.door.opened",
        group: "house",
        topic: "doors",
        doc: "Door opened",
        payload: { kind: "named", name: ".telemetry.HouseDoorOpenedBody" },
      },
    ]);
    expect(events[0]).not.toHaveProperty("envelope");
    expect(fieldsOf(messages[0])).toEqual([
      'event_type: "house.door.opened"',
      "room: string",
      "opened_at: timestamp(rfc3339)",
    ]);
    expect(messages[0]?.fields[1]).toMatchObject({ doc: "Which room", presence: "unstated" });
    expect(topics).toMatchObject([{ name: "doors", transport: "kafka", system: "telemetry" }]);
  });

  it.each(["“a.b.c”", '"a.b.c"', "`a.b.c`", "a.b.c", "„a.b.c“", "'a.b.c'"])("takes its name from %s", (constant) => {
    expect(read(event("room | string |", `event_type | ${constant} |`)).events[0]?.name).toBe("a.b.c");
  });

  it("takes its name from the description when the type cell has a type", () => {
    expect(read(event("event_type | string | “a.b.c”")).events[0]?.name).toBe("a.b.c");
  });

  it("keeps names as they are written", () => {
    const { messages } = read(event(named, "resource_Id | uuid |", "resource_id | uuid |", "IP | string |"));
    expect(messages[0]?.fields.map((field) => field.name)).toEqual(["event_type", "resource_Id", "resource_id", "IP"]);
  });

  it("finds columns by their headers", () => {
    const text =
      "### T\n\nTopic: t\n\n| Description | Owner | type | Name |\n| - | - | - | - |\n| | x | “a.b.c” | event_type |\n| Far | x | float | distance |\n";
    const { messages, said } = read(text);
    expect(fieldsOf(messages[0])).toEqual(['event_type: "a.b.c"', "distance: float64"]);
    expect(said).toMatchObject([{ code: "pages/unread-column", at: "Owner" }]);
  });

  it("takes over the prose above its table", () => {
    const { events } = read(event(named).replace("Topic: doors", "Somebody came in.\n\nTopic: `doors`"));
    expect(events[0]).toMatchObject({ doc: "Door opened\n\nSomebody came in.", topic: "doors" });
  });

  it("may be a dotted prefix of another one", () => {
    const { messages } = read(event("event_type | “a.b” |") + event("event_type | “a.b.c” |"));
    expect(messages.map((message) => message.name)).toEqual(["telemetry.ABBody", "telemetry.ABCBody"]);
  });
});

describe("types", () => {
  it.each([
    ["number", "number"],
    ["bool", "bool"],
    ["Boolean", "bool"],
    ["float", "float64"],
    ["integer", "int64"],
    ["int32", "int32"],
    ["uuid", "uuid"],
    ["date-time", "timestamp(rfc3339)"],
    ["object", "object"],
    ["json", "json"],
    ["uuid[]", "list<uuid>"],
    ["list<float>", "list<float64>"],
    ["map<string, number[]>", "map<string, list<number>>"],
    ["“on”", '"on"'],
  ])("reads %s as %s", (written, expected) => {
    const { messages, said } = read(event(named, `x | ${written} |`));
    expect(fieldsOf(messages[0])?.[1]).toBe(`x: ${expected}`);
    expect(said).toEqual([]);
  });

  it("reads timestump as timestamp, with a warning", () => {
    const { messages, said } = read(event(named, "created | timestump |"));
    expect(fieldsOf(messages[0])?.[1]).toBe("created: timestamp(rfc3339)");
    expect(said).toEqual([{ code: "pages/misspelt-type", at: "timestump", hint: "Write timestamp." }]);
  });

  it("leaves a missing type to the overlay", () => {
    const { messages, said } = read(event(named, "description | |"));
    expect(fieldsOf(messages[0])?.[1]).toBe("description: unstated");
    expect(said).toEqual([]);
  });

  it("reports a word it does not know, with the nearest that it does", () => {
    const { said } = read(
      event(named, "x | strnig |", "y | Which one | string", `z | ${"list<".repeat(40)}int${">".repeat(40)} |`),
    );
    expect(said).toMatchObject([
      { code: "pages/unknown-type", at: "strnig", hint: "Did you mean string?" },
      { code: "pages/unknown-type", at: "Which one" },
      { code: "pages/unknown-type" },
    ]);
  });
});

describe("a table that lacks something", () => {
  it("names no topic", () => {
    const { events, said } = read(event(named).replace("Topic: doors", ""));
    expect(events).toHaveLength(1);
    expect(said).toMatchObject([{ code: "pages/missing-topic", at: "Door opened" }]);
  });

  it("names a topic that Kafka would refuse", () => {
    expect(read(event(named).replace("doors", "front doors")).said).toMatchObject([
      { code: "pages/topic-name", at: "front doors" },
    ]);
  });

  it("names no event", () => {
    const { decls, said } = read(event("room | string |"));
    expect(decls).toEqual([]);
    expect(said).toMatchObject([{ code: "pages/missing-event-type", at: "Door opened" }]);
  });

  it("says that the event type is a string, and not which", () => {
    expect(read(event("event_type | string |")).said).toMatchObject([
      { code: "pages/missing-event-type", at: "event_type" },
    ]);
  });

  it("names a row in the type column only", () => {
    expect(read(event(named, " | string | nameless")).said).toMatchObject([{ code: "pages/unnamed-row" }]);
  });

  it("is none of ours", () => {
    expect(read("# T\n\n| Nam | Type |\n| - | - |\n| x | y |\n").said).toMatchObject([
      { code: "pages/unread-table", at: "Nam", hint: "Did you mean the column name?" },
    ]);
  });
});

describe("the envelope", () => {
  const sample = (json: string) => `## Core Event Structure\n\n\`\`\`json\n${json}\n\`\`\`\n`;

  it("is a JSON sample whose values are types", () => {
    const { messages, said } = read(
      sample(
        '{\n  "id": "uuid", \n  "at": "ISO 8601 datetime",\n  "version": "1.0",\n  "tags": {},\n  "who": ["string"]\n}',
      ),
    );
    expect(said).toEqual([]);
    expect(messages[0]?.name).toBe("telemetry.Envelope");
    expect(fieldsOf(messages[0])).toEqual([
      "id: uuid",
      "at: timestamp(rfc3339)",
      'version: "1.0"',
      "tags: object",
      "who: list<string>",
    ]);
  });

  it("carries every event of its document", () => {
    expect(read(event(named) + sample("{}")).events[0]?.envelope).toEqual({ type: "telemetry.Envelope", how: "merge" });
  });

  it("keeps what stands before a fault", () => {
    const { messages, said } = read(sample('{ "id": "uuid", at: "timestamp" }'));
    expect(fieldsOf(messages[0])).toEqual(["id: uuid"]);
    expect(said).toMatchObject([{ code: "pages/sample-syntax", at: "at" }]);
  });

  it.each([
    "",
    "[]",
    '{"a"',
    '{"a" "b"}',
    '{"a":',
    '{"a": }',
    '{"a": 1} 2',
    '{"a": 1 "b": 2}',
    `{"a": ${"[".repeat(9_999)}`,
  ])("reports fault %# without an exception", (json) => {
    expect(read(sample(json)).said.map(({ code }) => code)).toContain("pages/sample-syntax");
  });

  it("reports values that name no type", () => {
    const { messages, said } = read(sample('{ "__proto__": "uuid", "x": { "y": "uuid" }, "z": "uid" }'));
    expect(fieldsOf(messages[0])).toEqual(["__proto__: uuid", "x: json", "z: json"]);
    expect(said).toMatchObject([
      { code: "pages/sample-value", at: '{ "y": "uuid" }' },
      { code: "pages/unknown-type", at: '"uid"', hint: "Did you mean uuid?" },
    ]);
  });
});

describe("components", () => {
  const table = (...rows: string[]) =>
    `## Asset Storage Telemetry Specification\n\n| Component | Description | Owner |\n| - | - | - |\n${rows.map((row) => `| ${row} |`).join("\n")}\n`;

  it("are producers and proxies with the variables of their table", () => {
    const { components, said } = read(
      table(
        "Kafka REST Proxy | REST in front of Kafka | devops",
        "NODE_ID | The node, a UUID | Devops, ml",
        "VM_TYPE | | devops",
        "Python Event Service | Writes to the REST interface | ml",
        ".NET Event Service | Writes to Kafka | backend",
        "Events | | ml",
      ),
    );
    expect(said).toEqual([]);
    expect(components).toMatchObject([
      { name: "telemetry.assets.kafka_rest_proxy", role: "proxy", owners: ["devops"], env: [] },
      { name: "telemetry.assets.python_event_service", language: "python", transport: "rest-proxy", group: "assets" },
      { name: "telemetry.assets.dotnet_event_service", language: "dotnet", transport: "direct", owners: ["backend"] },
    ]);
    expect(components[1]?.env.map((field) => `${field.name}: ${formatTypeRef(field.type)}`)).toEqual([
      "NODE_ID: uuid",
      "VM_TYPE: string",
    ]);
    expect(components[1]?.env[1]?.origins[0]?.basis).toBe("inferred");
  });

  it.each([
    "Kafka Topics | a_load, a_task: What is loaded | devops",
    "Kafka Topics a_load, a_task | What is loaded | devops",
  ])("write to the topics of %s", (row) => {
    const text = table("Golang Event Service | | backend", row);
    const { topics } = read(text);
    expect(topics).toMatchObject([
      { name: "a_load", producers: ["telemetry.assets.go_event_service"], doc: "What is loaded" },
      { name: "a_task", producers: ["telemetry.assets.go_event_service"], doc: "What is loaded" },
    ]);
    expect(topics.map(({ origins: [origin] }) => text.slice(origin?.span.start, origin?.span.end))).toEqual([
      "a_load",
      "a_task",
    ]);
  });

  it("report rows that fit no pattern", () => {
    const { said } = read(
      table("Event Servce | | ml", "NODE_ID | | ml", "Kafka Topics | All of them | ml", "Kafka Topics a(b | | ml"),
    );
    expect(said).toMatchObject([
      { code: "pages/unknown-row", at: "Event Servce" },
      { code: "pages/no-topics-listed", at: "Kafka Topics" },
      { code: "pages/topic-name", at: "a(b" },
      { code: "pages/variables-without-producer", at: "NODE_ID" },
    ]);
  });
});
