import {
  compareText,
  type Generated,
  type Generator,
  type Json,
  type Operation,
  type OperationVersion,
  type OutputFile,
  type Report,
  type System,
  topicMessages,
  type View,
} from "../../model/index.ts";
import { canonicalForm, fingerprint } from "./canonical.ts";
import type { AvroOptions, Context } from "./context.ts";
import { fileCollision } from "./diagnostics.ts";
import { createLedger, omittedRow } from "./ledger.ts";
import { createNames, type Owner, seeAlso } from "./names.ts";
import { printFingerprints, printSchema } from "./print.ts";
import { emptiness, eventRecord, topicRecord, typeRecord } from "./root.ts";
import type { AvroRecord } from "./schema.ts";

/** A self-contained Avro schema per event, per topic, and per request and response that has a shape. */
const avro: Generator<AvroOptions> = {
  title: "Avro schemas, one record per event",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      namespace: {
        type: "string",
        pattern: "^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*$",
        description: "Stands before the namespace of every type.",
      },
      timestamps: {
        enum: ["micros", "millis", "string"],
        description: "What holds an RFC 3339 timestamp: timestamp-micros (the default), timestamp-millis, or its text.",
      },
    },
  },

  generate(view, { options, report: reportAny }): Generated {
    const ledger = createLedger();
    const report = once(reportAny);
    const names = createNames(view.model, options?.namespace ?? "", report);
    const files = createFiles();
    for (const system of view.systems) {
      const context: Context = {
        view,
        system: system.name,
        profile: system.json,
        timestamps: options?.timestamps ?? "micros",
        names,
        ledger,
        report,
        reached: new Set(),
      };
      for (const event of view.events(system.name))
        files.add(
          fileName(event.name),
          eventRecord(event, context),
          { id: event.name, origins: event.origins },
          context,
        );
      for (const message of topicMessages(view, system.name))
        files.add(
          `topics/${fileName(message.topic.name)}`,
          topicRecord(message, context),
          { id: message.topic.name, origins: message.origins },
          context,
        );
      for (const operation of view.operations(system.name))
        for (const version of operation.versions) addOperation(operation, version, files, context);
      addUnreached(system, view, context);
      files.finish(context);
    }
    names.finish();
    return { files: files.all(), projections: ledger.rows() };
  },
};
export default avro;

interface Files {
  readonly add: (name: string, schema: AvroRecord, owner: Owner, context: Context) => void;
  /** Adds the list of the system's schemas by their fingerprints. */
  readonly finish: (context: Context) => void;
  readonly all: () => readonly OutputFile[];
}

/** Paths are compared without case: on many disks two that differ only in it are one file. */
function createFiles(): Files {
  const files = new Map<string, Owner & OutputFile>();
  let prints = new Map<string, { readonly canonical: string; readonly files: string[] }>();
  return {
    add(name, schema, owner, { system, view, report }) {
      const path = `${system}/avro/${name}.avsc`;
      const known = files.get(path.toLowerCase());
      const canonical = canonicalForm(schema);
      const print = fingerprint(canonical);
      const head = { $comment: view.header(system), fingerprint: print };
      const content = printSchema({ ...head, ...schema } satisfies { [key: string]: Json });
      if (!known) {
        files.set(path.toLowerCase(), { ...owner, path, content });
        const entry = prints.get(print) ?? { canonical, files: [] };
        entry.files.push(`${name}.avsc`);
        prints.set(print, entry);
      } else {
        const related = seeAlso(known, "The other is here.");
        report(fileCollision(owner.origins[0]?.span, { path, first: known.id, second: owner.id }, related));
      }
    },
    finish({ system, view }) {
      const path = `${system}/avro/fingerprints.json`;
      const schemas = Object.fromEntries([...prints].sort(([a], [b]) => compareText(a, b)));
      const content = printFingerprints({ $comment: view.header(system), schemas });
      if (prints.size > 0) files.set(path, { id: path, origins: [], path, content });
      prints = new Map();
    },
    all: () => [...files.values()].map(({ path, content }) => ({ path, content })),
  };
}

/** A type is looked at in every file that holds it, merged into an event as well, and has something to say only once. */
function once(report: Report): Report {
  const said = new Set<string>();
  return (finding) => {
    const { code, message, span, related } = finding;
    const isPair = related?.some((other) => other.span.start !== span?.start);
    const key = JSON.stringify(isPair ? [code, span, related] : [code, message, span]);
    if (!said.has(key)) report(finding);
    said.add(key);
  };
}

/** Names come from sources: no separators, no dots in front. */
const fileName = (name: string): string => name.replace(/[^\w.-]/g, "_").replace(/^\.+/, "_");

function addOperation(operation: Operation, version: OperationVersion, files: Files, context: Context): void {
  const label = `${operation.name}.v${version.version}`;
  const { batchOf, origins } = version;
  if (batchOf && !version.request)
    context.ledger.add(
      omittedRow(
        `${label}.request`,
        version,
        `It is a stream of requests of ${batchOf.operation} ${batchOf.version}: each of them has that schema.`,
      ),
    );
  for (const side of ["request", "response"] as const) {
    const type = version[side];
    if (!type) continue;
    const wireName = `${label}.${side}`;
    const why = emptiness(type, context);
    if (why !== undefined) {
      context.ledger.add(omittedRow(wireName, version, why));
      if (type.kind === "named") context.reached.add(type.name);
      continue;
    }
    const name = context.names.ofEvent({ name: wireName, system: context.system });
    const { doc, deprecated } = version;
    const said = { ...(doc !== undefined && { doc }), ...(deprecated && { deprecated }) };
    files.add(
      `operations/${fileName(wireName)}`,
      typeRecord(type, { ...said, wireName, name, aliases: [], origins }, context),
      { id: wireName, origins },
      context,
    );
  }
}

/** Types that no file holds. */
function addUnreached(system: System, view: View, { reached, ledger }: Context): void {
  for (const decl of view.types(system.name))
    if ((decl.kind === "message" || decl.kind === "enum" || decl.kind === "union") && !reached.has(decl.name))
      ledger.add(omittedRow(decl.name, decl, "No event leads to it, and no operation that Avro holds."));
}
