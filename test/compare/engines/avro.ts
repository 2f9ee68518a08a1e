import type { JsonObject } from "@bufbuild/protobuf";
import avsc from "avsc";
import { type Verdict, worst } from "../../../checks/index.ts";
import avro from "../../../generators/avro/index.ts";
import { avroCodec, avscOptions } from "../../../verify/index.ts";
import { attempt, counterpart, type Engine, isSameValue, isZero, rolesOf, type Side } from "./side.ts";

/** Resolution of a reader's schema against a writer's, by avsc. */
export function avroEngine(): Engine {
  const sides = new Map<Side, Schema>();
  const schema = (side: Side): Schema => {
    const found = sides.get(side) ?? schemaOf(side);
    sides.set(side, found);
    return found;
  };
  return (pair, direction) => {
    const [writer, reader] = rolesOf(pair, direction);
    const [from, to] = [schema(writer), schema(reader)];
    let resolver: never;
    try {
      resolver = to.type.createResolver(from.type) as never;
    } catch {
      return "breaking";
    }
    const places = writer.made.fields.map((field) => {
      const same = counterpart(field, writer, reader);
      return [field.name, same?.name] as const;
    });
    return worst(
      from.written.map(({ bytes, own }) =>
        attempt(() => {
          const back = to.codec.fromAvro(to.type.fromBuffer(bytes, resolver));
          return back.ok ? held(writer, own, back.value as JsonObject, places) : "breaking";
        }),
      ),
    );
  };
}

/** Whatever a reader's schema does not name it is meant to pass over; a value whose field it has under another name is lost. */
const held = (
  writer: Side,
  written: JsonObject,
  read: JsonObject,
  places: readonly (readonly [name: string, there: string | undefined])[],
): Verdict =>
  worst(
    places.map(([name, there]) => {
      const value = written[name];
      if (value === undefined || there === undefined) return "safe";
      const other = read[there];
      if (other === undefined && isZero(value, writer)) return "safe";
      return isSameValue(value, other) ? "safe" : "lossy";
    }),
  );

interface Schema {
  readonly type: avsc.Type;
  readonly codec: ReturnType<typeof avroCodec>;
  readonly written: readonly { readonly bytes: Buffer; readonly own: JsonObject }[];
}

function schemaOf({ view, samples }: Side): Schema {
  const { files } = avro.generate(view, { options: {}, report: () => undefined }) as {
    readonly files: readonly { readonly path: string; readonly content: string }[];
  };
  const schema = JSON.parse(files.find(({ path }) => path.endsWith("paid.avsc"))?.content ?? "{}");
  const codec = avroCodec(schema);
  const type = avsc.Type.forSchema(schema, avscOptions<avsc.Type>(avsc as never));
  const written = samples.flatMap((sample) => {
    const value = codec.toAvro(sample);
    if (!value.ok) return [];
    const bytes = type.toBuffer(value.value);
    const own = codec.fromAvro(type.fromBuffer(bytes));
    return own.ok ? [{ bytes, own: own.value as JsonObject }] : [];
  });
  return { type, codec, written };
}
