import type { DescEnum, DescExtension, DescField, DescFile, DescMessage } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import {
  type Decl,
  type Enum,
  type EnumValue,
  type Field,
  lowerCamelCase,
  type Message,
  type Oneof,
} from "../../model/index.ts";
import { wellKnownType } from "../protobuf-common/well-known.ts";
import { isRequiredOneof, readConstraints } from "./constraints.ts";
import { defaultValue } from "./default-value.ts";
import * as say from "./diagnostics.ts";
import { fieldType } from "./field-type.ts";
import { deprecation, type FileContext } from "./file-context.ts";
import { operations } from "./operations.ts";
import { isOptions, reportOptions } from "./options.ts";
import type { DescriptorPath } from "./source-info.ts";
import { wireOf } from "./wire.ts";

// Field numbers of descriptor.proto: the steps of a descriptor path.
const inFile = { messages: 4, enums: 5, services: 6, extensions: 7 } as const;
const inMessage = { fields: 2, messages: 3, enums: 4, extensions: 6, oneofs: 8 } as const;
const inField = { type: 5, typeName: 6 } as const;
const inEnum = { values: 2 } as const;

/** Everything that one file declares. */
export function declarations(file: DescFile, context: FileContext): readonly Decl[] {
  const { proto } = file;
  const decls = [
    ...file.messages.flatMap((desc) =>
      messages(desc, [inFile.messages, proto.messageType.indexOf(desc.proto)], context),
    ),
    ...file.enums.map((desc) => enumeration(desc, [inFile.enums, proto.enumType.indexOf(desc.proto)], context)),
    ...file.services.flatMap((desc) => operations(desc, [inFile.services, proto.service.indexOf(desc.proto)], context)),
    ...extensions(file, [inFile.extensions], context),
  ];
  reportOptions(file, context);
  return file.deprecated ? decls.map((decl) => ({ ...decl, deprecated: {} })) : decls;
}

/** A message and all that is declared inside it. */
function messages(desc: DescMessage, path: DescriptorPath, context: FileContext): readonly (Message | Enum)[] {
  const { proto } = desc;
  return [
    message(desc, path, context),
    ...desc.nestedMessages.flatMap((nested) =>
      messages(nested, [...path, inMessage.messages, proto.nestedType.indexOf(nested.proto)], context),
    ),
    ...desc.nestedEnums.map((nested) =>
      enumeration(nested, [...path, inMessage.enums, proto.enumType.indexOf(nested.proto)], context),
    ),
    ...extensions(desc, [...path, inMessage.extensions], context),
  ];
}

function message(desc: DescMessage, path: DescriptorPath, context: FileContext): Message {
  const { proto } = desc;
  const oneofs = desc.oneofs.map((oneof): Oneof => {
    const declared = context.info.declared([...path, inMessage.oneofs, proto.oneofDecl.indexOf(oneof.proto)]);
    const required = isRequiredOneof(oneof, context.registry);
    return { name: oneof.name, fields: oneof.fields.map((item) => item.name), required, ...declared };
  });
  const names = proto.reservedName;
  // The descriptor's ranges exclude their end, the model's include it.
  const numbers = proto.reservedRange.map(({ start, end }) => [start, end - 1] as const);
  return {
    kind: "message",
    name: desc.typeName,
    system: context.system,
    ...context.info.declared(path),
    ...deprecation(desc),
    fields: desc.fields.map((item) =>
      field(item, [...path, inMessage.fields, proto.field.indexOf(item.proto)], context),
    ),
    ...(oneofs.length > 0 && { oneofs }),
    ...((names.length > 0 || numbers.length > 0) && {
      reserved: { ...(names.length > 0 && { names }), ...(numbers.length > 0 && { numbers }) },
    }),
  };
}

/** A field of a message, or one that is added to a message elsewhere: its key in JSON is then its full name in brackets. */
function field(desc: DescField | DescExtension, path: DescriptorPath, context: FileContext): Field {
  const name = desc.kind === "extension" ? desc.jsonName : desc.name;
  const of = desc.kind === "extension" ? desc.extendee : desc.parent;
  const declared = context.info.declared(path);
  const typeSpan = context.info.span([
    ...path,
    desc.message || desc.enum || desc.fieldKind === "map" ? inField.typeName : inField.type,
  ]);
  const constraints = readConstraints(desc, fieldType(desc, typeSpan), context.registry);
  if (constraints.unread.length > 0)
    context.report(
      say.constraint(declared.origins[0]?.span, { field: `${of.typeName}.${name}`, names: constraints.unread }),
    );
  const value = defaultValue(desc);
  if (desc.proto.defaultValue !== "" && value === undefined)
    context.report(
      say.defaultValue(declared.origins[0]?.span, {
        field: `${of.typeName}.${name}`,
        value: desc.proto.defaultValue,
      }),
    );
  const renamed = desc.jsonName !== lowerCamelCase(name);
  return {
    name,
    ...declared,
    ...deprecation(desc),
    ...(renamed && { jsonName: desc.jsonName }),
    type: constraints.type,
    presence: constraints.required ? "required" : presence(desc),
    ...(desc.fieldKind === "message" && wellKnownType(desc.message.typeName)?.nullable && { nullable: true }),
    ...(value !== undefined && { default: value }),
    number: desc.number,
    ...wireOf(desc),
    ...(constraints.limits && { limits: constraints.limits }),
  };
}

/** The compiler resolves `required`, `optional`, the syntax and the features of an edition to one idea. */
function presence(desc: DescField | DescExtension): Field["presence"] {
  switch (desc.presence) {
    case FeatureSet_FieldPresence.LEGACY_REQUIRED:
      return "required";
    case FeatureSet_FieldPresence.EXPLICIT:
      return "optional";
    default:
      return "implicit";
  }
}

function enumeration(desc: DescEnum, path: DescriptorPath, context: FileContext): Enum {
  const values = new Map<number, EnumValue>();
  for (const [index, { name, number, deprecated }] of desc.values.entries()) {
    const known = values.get(number);
    // Under `allow_alias` one number has several names: the first is written, the others are read as well.
    if (known) values.set(number, { ...known, aliases: [...(known.aliases ?? []), name] });
    else {
      const declared = context.info.declared([...path, inEnum.values, index]);
      values.set(number, { name, ...declared, ...deprecation({ deprecated }), number });
    }
  }
  return {
    kind: "enum",
    name: desc.typeName,
    system: context.system,
    ...context.info.declared(path),
    ...deprecation(desc),
    values: [...values.values()],
    open: desc.open,
  };
}

/** Fields that are added to messages declared elsewhere; options of the compiler are no fields. */
function extensions(of: DescFile | DescMessage, path: DescriptorPath, context: FileContext): readonly Message[] {
  const found = of.kind === "file" ? of.extensions : of.nestedExtensions;
  return found.flatMap((desc): readonly Message[] => {
    if (isOptions(desc.extendee.typeName)) return [];
    const added = field(desc, [...path, of.proto.extension.indexOf(desc.proto)], context);
    const { origins } = added;
    return [
      {
        kind: "message",
        name: desc.extendee.typeName,
        system: context.system,
        fields: [added],
        extends: true,
        origins,
      },
    ];
  });
}
