import { jsonForm, type Operation, type OperationVersion, type TypeRef } from "../../model/index.ts";
import { declaredDoc, writeDoc } from "./docs.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { codeSpan, propertyKey } from "./text.ts";
import { typeText } from "./types.ts";

/** Writes the map from an operation's name and version to what is asked and answered. */
export function writeOperationMap(out: Printer, scope: Scope, operations: readonly Operation[]): void {
  const bodies = bodiesByVersion(operations);
  writeDoc(out, {
    text: "What each operation takes and returns, by its name and version; `undefined` stands for no body.",
  });
  out.line("export interface OperationMap {");
  out.indented(() => {
    for (const operation of operations) {
      writeDoc(out, declaredDoc(operation, scope.view));
      out.line(`${propertyKey(operation.name)}: {`);
      out.indented(() => {
        for (const version of operation.versions) writeVersion(out, scope, version, bodies);
      });
      out.line("};");
    }
  });
  out.line("}");
  out.line();
  writeDoc(out, { text: "The name of an operation." });
  out.line("export type OperationName = keyof OperationMap;");
}

function writeVersion(
  out: Printer,
  scope: Scope,
  version: OperationVersion,
  bodies: ReadonlyMap<string, TypeRef>,
): void {
  const { batchOf } = version;
  const remarks = batchOf
    ? [
        `Takes requests of ${codeSpan(batchOf.operation)} ${batchOf.version} as lines of JSON. The type lists them; schemas and validators are for one line.`,
      ]
    : [];
  const text = (type: TypeRef | undefined): string =>
    type ? typeText(jsonForm(type, scope.profile), scope) : "undefined";
  const item = batchOf && bodies.get(key(batchOf.operation, batchOf.version));
  const request = text(item ? { kind: "list", item } : version.request);
  writeDoc(out, { ...declaredDoc(version, scope.view), remarks });
  const members = [`request: ${request};`, `response: ${text(version.response)};`];
  const line = `${propertyKey(version.version)}: { ${members.join(" ").slice(0, -1)} };`;
  if (line.length <= out.room()) {
    out.line(line);
    return;
  }
  out.line(`${propertyKey(version.version)}: {`);
  out.indented(() => {
    for (const member of members) out.line(member);
  });
  out.line("};");
}

/** The request of each version, for the batches that consist of them. */
function bodiesByVersion(operations: readonly Operation[]): ReadonlyMap<string, TypeRef> {
  return new Map(
    operations.flatMap((operation) =>
      operation.versions.flatMap(({ version, request }) =>
        request ? [[key(operation.name, version), request] as const] : [],
      ),
    ),
  );
}

const key = (operation: string, version: string): string => `${operation} ${version}`;
