import type { DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";
import type { Operation, OperationVersion, Span, TypeRef } from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import { typeOf } from "./field-type.ts";
import { deprecation, type FileContext } from "./file-context.ts";
import type { DescriptorPath } from "./source-info.ts";

const inService = { methods: 2 } as const;
const inMethod = { input: 2, output: 3 } as const;
const streamed = {
  client_streaming: "requests",
  server_streaming: "responses",
  bidi_streaming: "requests and responses",
} as const;

/**
 * The methods of a service, each an operation named after both. Protobuf versions whole packages: a package such as
 * `acme.billing.v2` gives version 2, every other one version 1.
 */
export function operations(desc: DescService, path: DescriptorPath, context: FileContext): readonly Operation[] {
  const version = /(?:^|\.)v(\d\w*)$/.exec(desc.file.proto.package)?.[1] ?? "1";
  return desc.methods.map((method, index) => operation(method, [...path, inService.methods, index], version, context));
}

function operation(desc: DescMethod, path: DescriptorPath, version: string, context: FileContext): Operation {
  const declared = context.info.declared(path);
  const name = `${desc.parent.typeName}.${desc.name}`;
  const deprecated = deprecation({ deprecated: desc.deprecated || desc.parent.deprecated });
  if (desc.methodKind !== "unary")
    context.report(say.streaming(declared.origins[0]?.span, { name, streams: streamed[desc.methodKind] }));
  const request = body(desc.input, context.info.span([...path, inMethod.input]));
  const response = body(desc.output, context.info.span([...path, inMethod.output]));
  const only: OperationVersion = {
    version,
    ...deprecated,
    ...(request && { request }),
    ...(response && { response }),
    origins: declared.origins,
  };
  return { kind: "operation", name, system: context.system, ...declared, ...deprecated, versions: [only] };
}

/** Empty says that there is nothing to send. */
const body = (desc: DescMessage, span: Span): TypeRef | undefined =>
  desc.typeName === "google.protobuf.Empty" ? undefined : typeOf(desc, span);
