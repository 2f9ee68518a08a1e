import { diagnostic } from "../../model/index.ts";

export const nameCollision = diagnostic<{ name: string; first: string; second: string }>(
  "protobuf/name-collision",
  "error",
  (a) => `${a.second} gets the Protobuf name ${a.name}, which ${a.first} has already.`,
  () => "Names of Protobuf hold letters, digits and underscores only. Rename one of the two with an overlay.",
);
export const fileCollision = diagnostic<{ path: string; first: string; second: string }>(
  "protobuf/file-collision",
  "error",
  (a) => `The packages ${a.first} and ${a.second} would both be written to ${a.path}.`,
  () => "On many disks files are not told apart by case. Rename one scope with an overlay.",
);
export const withoutNumbers = diagnostic<{ system: string; at: string; count: number }>(
  "protobuf/without-numbers",
  "info",
  (a) =>
    a.count === 1
      ? `${a.at} has members without numbers, and is not in the Protobuf files.`
      : `${a.count} types of ${a.system}, ${a.at} among them, have members without numbers, and are not in the Protobuf files.`,
  (a) => `\`concordat lock --system ${a.system} --all\` gives numbers to all, with \`--message\` to some.`,
  "Protobuf tells fields and values apart by their numbers. No number is made up, since data written with one number could " +
    "never be read with another: it comes from the source or from the number lock.",
);
export const topicWithoutNumbers = diagnostic<{ system: string; at: string; message: string }>(
  "protobuf/topic-without-numbers",
  "info",
  (a) => `The topic ${a.at} has no message in the Protobuf files: its members have no numbers.`,
  (a) => `\`concordat lock --system ${a.system} --message ${a.message}\` gives them numbers.`,
  "All events of a topic travel in one message, which has the fields of their envelope and a field per event. Its numbers " +
    "come from the number lock.",
);
