import { compareText, type Decl, type Name, nearest, type Report } from "../../model/index.ts";
import { declarations } from "./declarations.ts";
import * as say from "./diagnostics.ts";
import { filesToRead } from "./image-files.ts";
import { openImage } from "./image-registry.ts";
import { sourceInfo } from "./source-info.ts";

/** A file that a compiler wrote, and what of it is wanted. */
export interface Image {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Files and folders as the image names them; without, whatever it is about. */
  readonly include: readonly string[] | undefined;
}

/** Everything that a compiled image declares, file by file in the order of their names, whoever made it. */
export function readImage({ path, bytes, include }: Image, system: Name, report: Report): readonly Decl[] {
  const span = { path, start: 0, end: 0 };
  const contents = openImage(bytes);
  if (typeof contents === "string") {
    report(say.image(span, { file: path, said: contents }));
    return [];
  }
  const { files, complete, registry, missing } = contents;
  for (const { file, path: imported } of missing) report(say.imageImport(span, { file, image: path, path: imported }));
  const names = files.map(({ name }) => name);
  for (const entry of include ?? [])
    if (!names.some((name) => isAt(name, entry)))
      report(say.imageInclude(span, { image: path, path: entry, near: nearest(entry, names) }));
  const wanted = include
    ? complete.filter(({ name }) => include.some((entry) => isAt(name, entry)))
    : filesToRead(complete);
  if (wanted.length === 0 && !include && missing.length === 0)
    report(say.image(span, { file: path, said: "it holds nothing but what came with the compiler." }));
  return wanted
    .map(({ name }) => name)
    .sort(compareText)
    .flatMap((name) => {
      const file = registry.getFile(name);
      return file ? declarations(file, { system, report, registry, info: sourceInfo(file.proto, { path }) }) : [];
    });
}

/** True for a file that an entry names, or that lies in the folder it names. */
const isAt = (name: string, entry: string): boolean =>
  name === entry || name.startsWith(entry.endsWith("/") ? entry : `${entry}/`);
