/** Types that a file declares for itself when something in it uses them. */
export type HelperName = "AtMostOne" | "ExactlyOne" | "Int64String" | "JsonObject" | "Uint64String";

/**
 * Their declarations.
 *
 * The one-ofs only rule out: the properties themselves, with their comments, stay in the object they are intersected with.
 * Editors lose the comments of properties that come out of a mapped type, and pairing each alternative with its own object
 * takes the square of the lines.
 *
 * The strings that hold 64-bit integers are plain strings and not `${bigint}`: that template would refuse the result of
 * `String(n)` and of `n.toString()`, which is what producers have at hand, and would still accept numbers beyond 64 bits.
 */
export const helperDeclarations: Readonly<Record<HelperName, readonly string[]>> = {
  AtMostOne: [
    "/** Rules out that more than one of these properties is there. */",
    "export type AtMostOne<K extends string> = {",
    "  [P in K]: { [Q in K as Q extends P ? never : Q]?: never };",
    "}[K];",
  ],
  ExactlyOne: [
    "/** Rules out that more than one of these properties is there, or none. */",
    "export type ExactlyOne<K extends string> = {",
    "  [P in K]: { [Q in P]: {} | null } & { [Q in K as Q extends P ? never : Q]?: never };",
    "}[K];",
  ],
  Int64String: [
    "/** A 64-bit integer in decimal digits, which a JSON number would round. Read it with `BigInt(…)`. */",
    "export type Int64String = string;",
  ],
  JsonObject: ["/** Any JSON object. */", "export type JsonObject = { [key: string]: unknown };"],
  Uint64String: [
    "/** An unsigned 64-bit integer in decimal digits, which a JSON number would round. Read it with `BigInt(…)`. */",
    "export type Uint64String = string;",
  ],
};
