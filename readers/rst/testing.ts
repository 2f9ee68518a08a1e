import type { Decl, Diagnostic, Span } from "../../model/index.ts";
import rst from "./index.ts";

/** What the reader makes of a text, and the part of it behind a span. */
export interface Read {
  readonly decls: readonly Decl[];
  readonly findings: readonly Diagnostic[];
  readonly at: (span: Span | undefined) => string;
}

/** Reads a text. */
export function readText(text: string): Read {
  const findings: Diagnostic[] = [];
  const decls = rst.read(
    { path: "reference.rst", text },
    {
      system: "harbour",
      options: undefined,
      report: (finding) => void findings.push(finding),
      include: () => undefined,
      compileProto: () => Promise.reject(new Error("No Protobuf is compiled here.")),
    },
  ) as readonly Decl[];
  return { decls, findings, at: (span) => (span ? text.slice(span.start, span.end) : "") };
}
