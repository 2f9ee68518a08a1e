import { diagnostic } from "../../model/index.ts";

export const noMessage = diagnostic<{ at: string; why: string }>(
  "verify/protobuf-no-message",
  "error",
  (a) => `${a.at} has no form in Protobuf: ${a.why}`,
  () => "Give every field a number, in the source or with `concordat lock`.",
);
export const malformed = diagnostic<{ at: string; said: string }>(
  "verify/protobuf-malformed",
  "error",
  (a) => `The bytes are no message ${a.at}: ${a.said}.`,
  () =>
    "Look at what wrote them: another message, another format, or a frame around the message that has to be taken off.",
);
export const tooLarge = diagnostic<{ at: string; bytes: number; limit: number }>(
  "verify/protobuf-too-large",
  "error",
  (a) => `The message ${a.at} has ${a.bytes} bytes, of which ${a.limit} are read at most.`,
  () => "Raise the limit, or send less in one message.",
);
export const notJson = diagnostic<{ at: string; path: string; said: string }>(
  "verify/protobuf-not-json",
  "error",
  (a) => `${a.path === "" ? "The message" : a.path} of ${a.at} ${a.said}.`,
  () => "The bytes can be read, but the JSON of the system has no value for what they hold: mend what wrote them.",
);
