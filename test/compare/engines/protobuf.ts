import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createFileRegistry,
  type DescMessage,
  fromBinary,
  fromJson,
  fromJsonString,
  type JsonObject,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type Verdict, worst } from "../../../checks/index.ts";
import { type Enum, type Field, type Message, type Model, printProto, type TypeDecl } from "../../../model/index.ts";
import { wireText } from "../../../verify/index.ts";
import { modelOf } from "../random-models.ts";
import { attempt, counterpart, type Engine, isSameValue, isZero, rolesOf, type Side } from "./side.ts";

/** Protobuf in binary and as JSON, by one run of the compiler over all sides. */
export function protobufEngines(sides: readonly Side[]): Readonly<Record<"protobuf" | "protobuf-json", Engine>> {
  const registry = compiled(sides);
  const typeOf = (side: Side): DescMessage => {
    const found = registry.getMessage(`${side.id}.Paid`);
    if (!found) throw new Error(`${side.id} is not compiled.`);
    return found;
  };
  const written = new Map<Side, readonly Written[]>();
  const writtenOf = (side: Side): readonly Written[] => {
    const found = written.get(side) ?? write(side, typeOf(side));
    written.set(side, found);
    return found;
  };
  return {
    protobuf: (pair, direction) => {
      const [writer, reader] = rolesOf(pair, direction);
      const to = typeOf(reader);
      const places = writer.made.fields.map((field) =>
        placeOf(field, byNumber(field, writer, reader), typeOf(writer), to),
      );
      return worst(
        writtenOf(writer).map(({ bytes, json }) =>
          attempt(() => held(writer, json, toJson(to, fromBinary(to, bytes)) as JsonObject, places)),
        ),
      );
    },
    "protobuf-json": (pair, direction) => {
      const [writer, reader] = rolesOf(pair, direction);
      const to = typeOf(reader);
      const names = new Set(reader.made.fields.map(({ name }) => name));
      const places = writer.made.fields.map((field) =>
        placeOf(field, names.has(field.name) ? field.name : "unknown-field", typeOf(writer), to),
      );
      return worst(
        writtenOf(writer).map(({ json }) =>
          attempt(() => {
            if (hasStrangeName(to, json)) return "breaking";
            const read = toJson(to, fromJson(to, json, { ignoreUnknownFields: true })) as JsonObject;
            return held(writer, json, read, places);
          }),
        ),
      );
    },
  };
}

interface Written {
  readonly bytes: Uint8Array;
  readonly json: JsonObject;
}

/** The samples that the side's own schema can hold. */
const write = ({ samples }: Side, type: DescMessage): readonly Written[] =>
  samples.flatMap((sample) => {
    try {
      const bytes = toBinary(type, fromJsonString(type, wireText(sample)));
      return [{ bytes, json: toJson(type, fromBinary(type, bytes)) as JsonObject }];
    } catch {
      return [];
    }
  });

/** Some parsers that pass over unknown keys pass over unknown names of enums as well, and some refuse them. */
function hasStrangeName(type: DescMessage, json: JsonObject): boolean {
  try {
    fromJson(type, json);
    return false;
  } catch (error) {
    return /decode enum/.test(String(error));
  }
}

/** What becomes of a field: of its value, and of its absence. */
interface Place {
  readonly name: string;
  readonly there: string | Verdict;
  readonly absent: Verdict;
}

/** The absence of a field that tells it from zero is lost on a reader whose field cannot tell. */
function placeOf({ name }: Field, there: string | Verdict, from: DescMessage, to: DescMessage): Place {
  const [own, other] = [from.fields, to.fields].map((fields, side) =>
    fields.find((field) => field.name === (side === 0 ? name : there)),
  );
  const tells = own?.presence === EXPLICIT;
  const isZeroThere = other?.presence === IMPLICIT && (other.fieldKind === "scalar" || other.fieldKind === "enum");
  return { name, there, absent: tells && isZeroThere ? "lossy" : "safe" };
}

const { EXPLICIT, IMPLICIT } = FeatureSet_FieldPresence;

/** Under which name the bytes of a field are found again, or what becomes of them when they are not. */
function byNumber(field: Field, writer: Side, reader: Side): string | Verdict {
  const same = counterpart(field, writer, reader);
  const there = reader.made.fields.find(({ number }) => number === field.number);
  if (!there) return same ? "lossy" : "unknown-field";
  return there === same ? there.name : "lossy";
}

/** Whether what was written is what is read, field by field. */
function held(writer: Side, written: JsonObject, read: JsonObject, places: readonly Place[]): Verdict {
  return worst(
    places.map(({ name, there, absent }): Verdict => {
      const value: JsonValue | undefined = written[name];
      if (value === undefined) return absent;
      if (there === "lossy" || there === "unknown-field") return there;
      const other = read[there];
      if (other === undefined && isZero(value, writer)) return "safe";
      return isSameValue(value, other) ? "safe" : "lossy";
    }),
  );
}

/** All sides in one run of the compiler, each a package of its own. */
function compiled(sides: readonly Side[]) {
  const folder = mkdtempSync(join(tmpdir(), "concordat-pairs-"));
  try {
    for (const side of sides) writeFileSync(join(folder, `${side.id}.proto`), protoOf(side));
    const script = join(import.meta.dirname, "../../../node_modules/protoc/protoc.cjs");
    const names = sides.map((side) => `${side.id}.proto`);
    const { status, stderr } = spawnSync(
      process.execPath,
      [script, `-I${folder}`, `--descriptor_set_out=${folder}/image`, "--include_imports", ...names],
      { encoding: "utf8", cwd: folder },
    );
    if (status !== 0) throw new Error(stderr);
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(join(folder, "image"))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function protoOf(side: Side): string {
  // A field without a word about absence needs an enum that is open in Protobuf.
  const text = JSON.stringify(modelOf(side.made)).replaceAll('"shop.', `"${side.id}.`);
  const model = JSON.parse(text.replaceAll('"open":false', '"open":true').replaceAll(',"default":1', "")) as Model;
  const decls = model.decls.filter((decl): decl is Message | Enum => decl.kind === "message" || decl.kind === "enum");
  const types = new Map<string, TypeDecl>(decls.map((decl) => [decl.name, decl]));
  return printProto({ package: side.id, decls, type: (name) => types.get(name) }).text;
}
