/**
 * A short name for a list of facts: FNV-1a over 64 bits of their UTF-16 units, as 16 hexadecimal digits. It names things, and
 * secures nothing: a waiver only has to miss the next change.
 */
export function fingerprint(parts: readonly (string | undefined)[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
