import { diagnostic } from "../../model/index.ts";

export const nameCollision = diagnostic<{ name: string; first: string; second: string }>(
  "avro/name-collision",
  "error",
  (a) => `${a.second} gets the Avro name ${a.name}, which ${a.first} has already.`,
  () => "Avro names hold letters, digits and underscores only. Rename one of the two with an overlay.",
);
export const fileCollision = diagnostic<{ path: string; first: string; second: string }>(
  "avro/file-collision",
  "error",
  (a) => `${a.second} and ${a.first} would both be written to ${a.path}.`,
  () => "Files are told apart by letters, digits and dots, and on many disks not by case. Rename one with an overlay.",
);
export const nameIsNamespace = diagnostic<{ name: string; first: string; second: string }>(
  "avro/name-is-namespace",
  "error",
  (a) => `${a.first} gets the Avro name ${a.name}, which is also the namespace of ${a.second}.`,
  () => "Languages that make packages of namespaces cannot hold both. Rename one of the two with an overlay.",
);
export const tooDeep = diagnostic<{ at: string; depth: number }>(
  "avro/too-deep",
  "error",
  (a) => `The type of ${a.at} nests more than ${a.depth} deep.`,
  () => "Readers of Avro give up long before that. Flatten the type, or treat a part of it as free-form JSON.",
);
