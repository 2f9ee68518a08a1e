import { createHash } from "node:crypto";
import { type PrintedFinding, placeOf, type Surroundings } from "./printed.ts";

/**
 * Names findings so that the next run knows them again: by code, file and message, and not by lines, which move. What is
 * told several times is counted.
 */
export function fingerprintOf(surroundings: Surroundings): (finding: PrintedFinding) => string {
  const seen = new Map<string, number>();
  return ({ code, message, span, fingerprint }) => {
    const path = span ? placeOf(span, surroundings).path : "";
    const key = JSON.stringify([code, path, fingerprint ?? message]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return createHash("sha256").update(`${key}\n${count}`).digest("hex").slice(0, 32);
  };
}
