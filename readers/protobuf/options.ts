import type { AnyDesc, DescFile, DescMessage } from "@bufbuild/protobuf";
import type { Name, Span } from "../../model/index.ts";
import { readOptions } from "./constraints.ts";
import * as say from "./diagnostics.ts";
import { elements } from "./elements.ts";
import type { FileContext } from "./file-context.ts";
import type { DescriptorPath } from "./source-info.ts";

/** True for the messages whose extensions are options: instructions for the compiler and its plug-ins, no fields. */
export const isOptions = (typeName: Name): boolean => /^google\.protobuf\.(?:\w+Options|FeatureSet)$/.test(typeName);

/**
 * Reports the options of a file that somebody declared for tools of their own: each once, however often it is used. As only
 * those tools know what they mean, they are not made into documentation either: people would read settings as statements.
 */
export function reportOptions(file: DescFile, context: FileContext): void {
  const uses = new Map<string, { readonly span: Span; readonly at: string; count: number }>();
  for (const { desc, path } of elements(file)) {
    const options = desc.proto.options;
    for (const number of new Set(options?.$unknown?.map(({ no }) => no))) {
      const name = optionName(options?.$typeName ?? "", number, context);
      const known = uses.get(name);
      if (known) known.count++;
      else uses.set(name, { span: placeOf(desc, path, number, context), at: nameOf(desc), count: 1 });
    }
  }
  for (const [name, { span, at, count }] of uses)
    if (!readOptions.has(name))
      context.report(say.customOption(span, { name, on: count === 1 ? at : `${at} and ${others(count - 1)}` }));
}

const others = (count: number): string => `${count} other${count === 1 ? "" : "s"}`;

function optionName(of: Name, number: number, { registry }: FileContext): string {
  const extension = registry.getExtensionFor({ typeName: of } as DescMessage, number);
  return extension?.typeName ?? `number ${number} of ${of}`;
}

function nameOf(desc: AnyDesc): string {
  if (desc.kind === "file") return desc.proto.name;
  return "typeName" in desc ? desc.typeName : `${"parent" in desc ? desc.parent.typeName : ""}.${desc.name}`;
}

/** The place of an option where the compiler tells one, else that of what it stands on. */
function placeOf(desc: AnyDesc, path: DescriptorPath, number: number, { info }: FileContext): Span {
  const option = [...path, optionsField[desc.kind], number];
  if (info.has(option)) return info.span(option);
  return info.declared(path).origins[0]?.span ?? info.span(path);
}

// Where the options stand in the descriptor of each kind.
const optionsField: Readonly<Record<AnyDesc["kind"], number>> = {
  file: 8,
  message: 7,
  field: 8,
  extension: 8,
  oneof: 2,
  enum: 3,
  enum_value: 3,
  service: 3,
  rpc: 4,
};
