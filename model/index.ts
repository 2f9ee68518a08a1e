export * from "./build-model.ts";
export * from "./decl.ts";
export * from "./diagnostic.ts";
export { type EdgeDocument, type Edges, edgesOf } from "./edges/edges.ts";
export type { Environment, FeedingVariable, UndecidedFeed } from "./edges/environment.ts";
export type { ProducedTopic } from "./edges/produce.ts";
export type { TextForm } from "./edges/text-form.ts";
export * from "./formats.ts";
export * from "./json.ts";
export * from "./json-form.ts";
export * from "./json-projections.ts";
export * from "./migration.ts";
export * from "./model.ts";
export * from "./names.ts";
export * from "./overlay.ts";
export * from "./plugins.ts";
export {
  type FieldDescriptor,
  type FileDescriptor,
  type MessageDescriptor,
  memberName,
  type SystemDescriptor,
  systemDescriptor,
} from "./proto/descriptor.ts";
export { isIdentifier } from "./proto/names.ts";
export { type ProtoInput, type ProtoText, printProto } from "./proto/print.ts";
export { type WireField, type WireMessage, type WireType, type WireTypes, wireTypes } from "./proto/wire.ts";
export { keyKind, type ValueKind, valueKind } from "./proto/wire-kind.ts";
export * from "./topic-message.ts";
export * from "./type-expression.ts";
export * from "./type-ref.ts";
export * from "./view.ts";
