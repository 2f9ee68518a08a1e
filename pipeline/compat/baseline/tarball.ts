import { gunzipSync } from "node:zlib";

/** The files of some names in a packed npm package, by their path inside of it; throws for what is no such package. */
export function filesInTarball(packed: Uint8Array, names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const archive = gunzipSync(packed, { maxOutputLength: 256_000_000 });
  const found = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + 512 <= archive.length; ) {
    const field = (start: number, length: number): string =>
      archive.toString("utf8", at + start, at + start + length).replace(/\0.*$/s, "");
    if (archive[at] === 0) break;
    const size = Number.parseInt(field(124, 12).trim() || "0", 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + 512 + size > archive.length)
      throw new Error("the archive is cut off");
    const type = field(156, 1);
    const content = archive.subarray(at + 512, at + 512 + size);
    const prefix = field(345, 155);
    const name = longName ?? (prefix === "" ? field(0, 100) : `${prefix}/${field(0, 100)}`);
    // Paths that are too long for a header stand in a record before it.
    longName = type === "x" ? /(?:^|\n)\d+ path=([^\n]+)\n/.exec(content.toString("utf8"))?.[1] : undefined;
    // The first folder is `package`, or whatever the packer called it.
    const inside = name.replace(/^[^/]+\//, "");
    if ((type === "0" || type === "") && names.includes(inside)) found.set(inside, new Uint8Array(content));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}
