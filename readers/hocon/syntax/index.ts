export * from "./diagnostics.ts";
export { defaultLimits, type HoconLimits, type HoconOptions } from "./options.ts";
export { formatPath } from "./path-expression.ts";
export { hiddenPlacesOf, lastKeyOf, placesOf } from "./places.ts";
export { type Comment, type Substitution, substitutionsOf, type Via } from "./provenance.ts";
export { type HoconDocument, readHocon } from "./read-hocon.ts";
export * from "./value.ts";
