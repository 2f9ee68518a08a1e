/** What is used of the package `avsc`, so that nothing here depends on it. */
export interface AvscLike<Type> {
  readonly types: { readonly LongType: { readonly __with: (methods: AvscLongMethods) => Type } };
}

interface AvscLongMethods {
  readonly fromBuffer: (bytes: { readBigInt64LE: (offset?: number) => bigint }) => bigint;
  readonly toBuffer: (value: bigint) => Uint8Array;
  readonly fromJSON: (value: number | bigint) => bigint;
  readonly toJSON: (value: bigint) => number;
  readonly isValid: (value: unknown) => boolean;
  readonly compare: (a: bigint, b: bigint) => number;
}

/**
 * Options for `avsc.Type.forSchema` under which it takes and gives the values of `avroCodec`: longs as `bigint`, unions
 * wrapped.
 *
 * @example
 * const type = avsc.Type.forSchema(schema, avscOptions(avsc));
 * const bytes = type.toBuffer(avroCodec(schema).toAvro(event).value);
 */
export function avscOptions<Type>(avsc: AvscLike<Type>): {
  readonly wrapUnions: "always";
  readonly typeHook: (schema: unknown) => Type | undefined;
} {
  const long = avsc.types.LongType.__with({
    fromBuffer: (bytes) => bytes.readBigInt64LE(),
    toBuffer: (value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return bytes;
    },
    fromJSON: BigInt,
    toJSON: Number,
    isValid: (value) => typeof value === "bigint" && BigInt.asIntN(64, value) === value,
    compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  });
  // A registry would know the bare name only, and not a long with attributes.
  const isLong = (schema: unknown): boolean =>
    schema === "long" || (typeof schema === "object" && schema !== null && "type" in schema && schema.type === "long");
  return { wrapUnions: "always", typeHook: (schema) => (isLong(schema) ? long : undefined) };
}
