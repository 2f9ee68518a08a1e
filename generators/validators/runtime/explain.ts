/** The part of the runtime that turns the errors of ajv into violations. */
export const explainSource = `
/** How many choices may lie within one another before what is wrong in them is no longer looked for: each costs a validation. */
const maxChoices = 50;

/**
 * What is wrong with a value: every error once, and of several shapes only the one that was meant. What choices have been
 * found to be is kept in \`verdicts\` until all is explained.
 */
function explain(engine, validate, value, at, verdicts = new Map(), left = maxChoices) {
  if (validate.call(verdicts, value)) return [];
  const errors = validate.errors;
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const inChoice = coverage(engine, errors, choices);
  const outside = errors.filter((error) => !inChoice(error));
  // What is of the wrong type altogether is nothing else besides: no value of an enum, no object with one field of a group.
  const mistyped = new Set(outside.filter(({ keyword }) => keyword === "type").map(({ instancePath }) => instancePath));
  const found = outside
    .filter(({ keyword, instancePath }) => keyword === "type" || !mistyped.has(instancePath))
    .flatMap((error) =>
      error.keyword === "anyOf" ? explainChoice(engine, error, at, verdicts, left) : violation(engine, error, at),
    );
  return found.length > 0 ? found : errors.slice(-1).flatMap((error) => violation(engine, error, at));
}

/** Tells the errors that only say why one of several shapes did not fit. */
function coverage(engine, errors, choices) {
  const byPath = new Map(choices.map((choice) => [choice.instancePath, []]));
  for (const choice of choices) byPath.get(choice.instancePath).push(choice);
  const places = new Map(errors.map((error, place) => [error, place]));
  const parts = new Map(choices.map((choice) => [choice, engine.reach(choice.schema)]));
  return (error) => {
    if (error.propertyName !== undefined && error.keyword !== "propertyNames") return true;
    for (let path = error.instancePath; ; path = path.slice(0, path.lastIndexOf("/"))) {
      for (const choice of byPath.get(path) ?? []) {
        if (choice === error) continue;
        // A choice is reported after the errors of its shapes; what is left over is counted after the choice.
        const isPart = places.get(choice) > places.get(error) && parts.get(choice).has(error.parentSchema);
        const isRest = error.keyword === "unevaluatedProperties" && path === error.instancePath;
        if (isPart || (isRest && choice.keyword === "anyOf")) return true;
      }
      if (path === "") return false;
    }
  };
}

/** Where several shapes are possible: the errors of the one that the tag or the kind of value decides for. */
function explainChoice(engine, { schema, data, instancePath }, at, verdicts, left) {
  const path = at + instancePath;
  const shapes = schema.filter(({ type }) => type !== "null" || data === null);
  const explainAs = (shape) => explain(engine, engine.part(shape), data, path, verdicts, left - 1);
  if (left > 0 && shapes.length === 1) return explainAs(shapes[0]);
  const tag = tagOf(engine, shapes);
  if (tag !== undefined && isRecord(data)) {
    const value = own(data, tag);
    const meant = shapes.filter((shape) => takesTag(engine, shape, tag, value));
    if (left > 0 && meant.length === 1) return explainAs(meant[0]);
    const tags = shapes.flatMap((shape) => literals(engine, shape).get(tag).values);
    if (meant.length === 0) return [tagViolation(path, tag, value, tags)];
  }
  const meant = shapes.filter((shape) => takesKind(engine, shape, data));
  if (left > 0 && meant.length === 1) return explainAs(meant[0]);
  const kinds = [...new Set(schema.map((shape) => describe(engine, shape)))];
  if (meant.length === 0)
    return [makeViolation(path, kinds.length === 1 ? "type" : "anyOf", listed(kinds, "or"), foundText(data))];
  const names = [...new Set(schema.map((shape) => shapeName(engine, shape)))];
  return [makeViolation(path, "anyOf", listed(names, "or"), foundText(data) + " that fits none of them")];
}

/** A tag that is missing, or that stands for nothing. */
function tagViolation(path, tag, found, tags) {
  const words = oneOf([...new Set(tags)]);
  if (found === undefined) return makeViolation(path, "required", field(tag) + ": " + words, "none", { property: tag });
  return makeViolation(path + "/" + escapeKey(tag), "enum", words, foundText(found), { near: nearest(found, tags) });
}

/** What one of several shapes is called: an object by its title, anything else by what it is. */
function shapeName(engine, shape) {
  const { type, title } = typeof shape.$ref === "string" ? engine.target(shape) : shape;
  return (type === "object" && title) || describe(engine, shape);
}

/** The first key for which every shape has literals, and not all the same. */
function tagOf(engine, shapes) {
  const all = shapes.map((shape) => literals(engine, shape));
  for (const key of all[0]?.keys() ?? []) {
    if (!all.every((keys) => keys.has(key))) continue;
    if (new Set(all.flatMap((keys) => [...keys.get(key).values])).size > 1) return key;
  }
  return undefined;
}

/** The keys of an object's shape that take literals only, with the literals. */
function literals(engine, shape, found = new Map(), seen = new Set()) {
  if (seen.has(shape)) return found;
  seen.add(shape);
  for (const [key, { const: literal, enum: several }] of Object.entries(shape.properties ?? {})) {
    const values = literal !== undefined ? [literal] : several;
    if (values && !found.has(key)) found.set(key, { values, required: shape.required?.includes(key) ?? false });
  }
  if (typeof shape.$ref === "string") literals(engine, engine.target(shape), found, seen);
  return found;
}

function takesTag(engine, shape, tag, value) {
  const { values, required } = literals(engine, shape).get(tag);
  return value === undefined ? !required : values.includes(value);
}

/** True when a value is of the kind that a shape describes, whatever is wrong inside it. */
function takesKind(engine, shape, value, seen = new Set()) {
  if (seen.has(shape)) return true;
  seen.add(shape);
  if (shape.not && Object.keys(shape.not).length === 0) return false;
  if ("const" in shape) return value === shape.const;
  if (shape.enum) return shape.enum.includes(value);
  if (shape.type && ![shape.type].flat().some((type) => isKind(type, value))) return false;
  if (typeof shape.$ref === "string" && !takesKind(engine, engine.target(shape), value, seen)) return false;
  return !shape.anyOf || shape.anyOf.some((part) => takesKind(engine, part, value, seen));
}

function isKind(type, value) {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return typeof value === "number";
    default:
      return typeof value === type;
  }
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The violations that one error of ajv stands for. */
function violation(engine, { keyword, params, schema, parentSchema, data, instancePath }, at) {
  const path = at + instancePath;
  const expectedHere = (words, found = foundText(data), more) => [makeViolation(path, keyword, words, found, more)];
  switch (keyword) {
    case "required": {
      const key = params.missingProperty;
      const properties = parentSchema.properties ?? {};
      const words = Object.hasOwn(properties, key) ? ": " + describe(engine, properties[key]) : "";
      return expectedHere(field(key) + words, "none", { property: key });
    }
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = params.additionalProperty ?? params.unevaluatedProperty;
      const found = foundText(data[key]);
      return [makeViolation(path, "additionalProperties", "no " + field(key), found, { property: key })];
    }
    case "propertyNames":
      return expectedHere("every key to be " + describe(engine, schema), quote(params.propertyName));
    case "oneOf": {
      const keys = schema.flatMap(({ required }) => required ?? []);
      const present = keys.filter((key) => own(data, key) !== undefined);
      const words = (keys.length === schema.length ? "exactly one of " : "at most one of ") + listed(keys, "and");
      return expectedHere(words, present.length > 0 ? listed(present, "and") : "none of them");
    }
    case "pattern": {
      const words = describe(engine, formatOf(parentSchema) ? parentSchema : { pattern: schema });
      // Where the pattern itself is content, it is the format that wants more: a day that its month has.
      const isFormat = testsByPattern.has(schema) && matches(new RegExp(schema, "u"), data);
      return [makeViolation(path, isFormat ? "format" : keyword, words, foundText(data))];
    }
    case "minLength":
      return expectedHere("a string of at least " + counted(schema, "character"));
    case "maxLength":
      return expectedHere("a string of at most " + counted(schema, "character"));
    case "minItems":
      return expectedHere("an array of at least " + counted(schema, "item"));
    case "maxItems":
      return expectedHere("an array of at most " + counted(schema, "item"));
    case "uniqueItems":
      return expectedHere("items that differ", "item " + params.j + " again as item " + params.i);
    default:
      return expectedHere(describe(engine, parentSchema));
  }
}

/** \`property\` is the field that is missing or not declared, \`near\` what was probably meant. */
function makeViolation(path, keyword, expected, found, { property, near } = {}) {
  const hint = near === undefined ? "" : " Did you mean " + quote(near) + "?";
  const message = "Expected " + expected + ", found " + found + "." + hint;
  return Object.freeze({ path, keyword, ...(property !== undefined && { property }), message, expected });
}

/** A schema in words: "a UUID", "an integer from 0 to 10". */
function describe(engine, schema, seen = new Set()) {
  if (seen.has(schema)) return "a value";
  seen.add(schema);
  if ("const" in schema) return quote(schema.const);
  if (schema.enum) return oneOf(schema.enum);
  if (typeof schema.$ref === "string")
    return schema.type === "object" ? "an object" : describe(engine, engine.target(schema), seen);
  const format = formatOf(schema);
  if (format) return orNull(schema, format);
  if (schema.pattern !== undefined) return orNull(schema, "text that matches /" + schema.pattern + "/");
  if (schema.anyOf && schema.type === undefined)
    return listed([...new Set(schema.anyOf.map((shape) => describe(engine, shape, new Set(seen))))], "or");
  if (schema.not) return "nothing";
  const types = [schema.type ?? "any"].flat();
  return types.map((type) => kindWords(type, schema)).join(" or ");
}

/** The words for the format of a string; the keyword that names it depends on the format. */
const formatOf = (schema) =>
  formatWords.get(schema.format ?? schema["x-format"] ?? schema.contentEncoding ?? schema.contentMediaType);

const orNull = (schema, words) => (Array.isArray(schema.type) ? words + " or null" : words);

function kindWords(type, { minimum, maximum }) {
  switch (type) {
    case "null":
      return "null";
    case "boolean":
      return "true or false";
    case "array":
      return "an array";
    case "object":
      return "an object";
    case "string":
      return "a string";
    case "any":
      return "a value";
    default: {
      // The ends of 64 bits have no digits that help anyone: as doubles they are not even exact.
      const isInteger = type === "integer";
      const isUnsigned = isInteger && maximum === 2 ** 64 - 2048;
      const least = isInteger && minimum === -(2 ** 63) ? undefined : minimum;
      const most = isUnsigned || (isInteger && maximum === 2 ** 63 - 1024) ? undefined : maximum;
      if (least !== minimum && most !== maximum) return "a 64-bit integer";
      if (least === 0 && isUnsigned) return "an unsigned 64-bit integer";
      const kind = isInteger ? "an integer" : "a number";
      if (least !== undefined && most !== undefined) return kind + " from " + least + " to " + most;
      if (least !== undefined) return kind + " of at least " + least;
      return most === undefined ? kind : kind + " of at most " + most;
    }
  }
}

const field = (key) => "field " + quote(key);

const counted = (count, unit) => count + " " + unit + (count === 1 ? "" : "s");

const oneOf = (values) => (values.length > 2 ? "one of " : "") + listed(values.map(quote), "or");

/** A list in words: at most twelve, then how many more there are. */
function listed(words, last) {
  const shown = words.length > 12 ? [...words.slice(0, 12), words.length - 12 + " others"] : words;
  return shown.length < 2 ? shown.join("") : shown.slice(0, -1).join(", ") + " " + last + " " + shown.at(-1);
}

/** A value in a few words; text that is longer than \`most\` is not repeated. */
function foundText(value, most = 40) {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array of " + counted(value.length, "item");
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string" && value.length > most) return "a string of " + counted(value.length, "character");
  return ["function", "symbol", "bigint"].includes(typeof value) ? "a " + typeof value : quote(value);
}

const quote = (value) => (typeof value === "string" ? JSON.stringify(value) : String(value));

/** The one of some names that was probably meant: the nearest by a few changes, or one that lacks only what is before it. */
function nearest(word, names) {
  if (typeof word !== "string") return undefined;
  const known = names.filter((name) => typeof name === "string");
  const lower = word.toLowerCase();
  let best;
  let limit = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const name of known) {
    const changes = changesBetween(lower, name.toLowerCase(), limit);
    if (changes < limit) [best, limit] = [name, changes];
  }
  return best ?? (word === "" ? undefined : known.find((name) => name.endsWith("." + word)));
}

/** How many characters must be put in, taken out or replaced; not counted beyond the limit. */
function changesBetween(a, b, limit) {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    above = row;
  }
  return above[b.length];
}
`;
