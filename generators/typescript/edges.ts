import { type Environment, localName, type ProducedTopic } from "../../model/index.ts";
import { writeDoc } from "./docs.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { propertyKey, quote } from "./text.ts";

/** The names under which the edges are found, where there are any. */
export const edgeNames = ({ edges }: Scope): readonly string[] => [
  ...(edges.topics.length > 0 ? ["ProduceMap", "produceRequests"] : []),
  ...(edges.environments.length > 0 ? ["EnvironmentMap"] : []),
  ...(edges.environments.some(feeds) ? ["environmentFields"] : []),
];

/** Writes the ways into the edges: what is sent to the proxy, and what producers are told by their environment. */
export function writeEdgeMaps(out: Printer, { edges }: Scope): void {
  const { topics, environments } = edges;
  if (topics.length > 0) {
    out.line();
    writeDoc(out, {
      text: "What is sent to the Kafka REST Proxy for the topics that are written through it, by topic.",
    });
    writeMap(
      out,
      "ProduceMap",
      topics.map(({ topic, request }) => [topic.name, localName(request)]),
    );
    out.line();
    writeDoc(out, { text: "How it is sent." });
    writeConstants(out, "produceRequests", topics.map(requestRow));
  }
  if (environments.length > 0) {
    out.line();
    writeDoc(out, { text: "The environment of each producer, by the producer's name." });
    writeMap(
      out,
      "EnvironmentMap",
      environments.map(({ name, type }) => [name, localName(type)]),
    );
  }
  if (!environments.some(feeds)) return;
  out.line();
  writeDoc(out, { text: "The field of its events that each variable of a producer's environment feeds." });
  writeConstants(out, "environmentFields", environments.filter(feeds).map(feedRow));
}

/** Writes what of the edges exists at run time. */
export function writeEdgeTables(out: Printer, { edges }: Scope, freeze: string): void {
  const { topics, environments } = edges;
  const tables: readonly (readonly [string, readonly Row[]])[] = [
    ["produceRequests", topics.map(requestRow)],
    ["environmentFields", environments.filter(feeds).map(feedRow)],
  ];
  for (const [name, rows] of tables) {
    if (rows.length === 0) continue;
    out.line();
    out.line(`export const ${name} = /* @__PURE__ */ ${freeze}({`);
    out.indented(() => {
      for (const [key, members] of rows) {
        out.line(`${ownKey(key)}: /* @__PURE__ */ ${freeze}({`);
        out.indented(() => {
          for (const [member, value] of members) out.line(`${ownKey(member)}: ${quote(value)},`);
        });
        out.line("}),");
      }
    });
    out.line("});");
  }
}

/** A key, and what stands under it. */
type Row = readonly [key: string, members: readonly (readonly [name: string, value: string])[]];

const requestRow = ({ topic, method, path, contentType, accept }: ProducedTopic): Row => [
  topic.name,
  Object.entries({ method, path, contentType, accept }),
];

const feeds = ({ variables }: Environment): boolean => variables.length > 0;

const feedRow = ({ name, variables }: Environment): Row => [
  name,
  variables.map(({ variable, key }) => [variable, key] as const),
];

function writeMap(out: Printer, name: string, rows: readonly (readonly [string, string])[]): void {
  out.line(`export interface ${name} {`);
  out.indented(() => {
    for (const [key, type] of rows) out.line(`${propertyKey(key)}: ${type};`);
  });
  out.line("}");
}

function writeConstants(out: Printer, name: string, rows: readonly Row[]): void {
  out.line(`export declare const ${name}: {`);
  out.indented(() => {
    for (const [key, members] of rows) {
      out.line(`readonly ${propertyKey(key)}: {`);
      out.indented(() => {
        for (const [member, value] of members) out.line(`readonly ${propertyKey(member)}: ${quote(value)};`);
      });
      out.line("};");
    }
  });
  out.line("};");
}

/** Any other spelling of this key sets the prototype. */
const ownKey = (name: string): string => (name === "__proto__" ? '["__proto__"]' : propertyKey(name));
