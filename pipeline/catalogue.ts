import files from "concordat:diagnostics";
import { compareText, type DiagnosticKind } from "../model/index.ts";

/** Everything that can be found, by code; a code may have several messages. */
export function catalogue(): ReadonlyMap<string, readonly DiagnosticKind<never>[]> {
  const byCode = new Map<string, DiagnosticKind<never>[]>();
  // A catalogue that hands on the catalogues of its parts says the same thing twice.
  const kinds = new Set(files.flatMap((exports) => Object.values(exports)).filter(isKind));
  for (const kind of kinds) {
    const others = byCode.get(kind.code);
    if (others) others.push(kind);
    else byCode.set(kind.code, [kind]);
  }
  return new Map([...byCode].sort(([a], [b]) => compareText(a, b)));
}

const isKind = (value: unknown): value is DiagnosticKind<never> =>
  typeof value === "function" && "code" in value && "template" in value;
