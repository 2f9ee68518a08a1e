/** The part of the runtime that asks ajv. */
export const engineSource = `
const annotations = [
  "x-aliases",
  "x-deprecation",
  "x-enum-descriptions",
  "x-enum-names",
  "x-format",
  "x-unit",
  "x-url",
];

/** The pattern of a format is tested by the same function that guards call. */
const regExp = Object.assign(
  (pattern, flags) => {
    const test = testsByPattern.get(pattern);
    return test ? { test, toString: () => pattern } : new RegExp(pattern, flags);
  },
  { code: "regExp" },
);

/** The schemas of one system in one form, ready to be compiled one by one. The definitions come first among them. */
function createEngine(documents) {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    allowUnionTypes: true,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    logger: false,
    passContext: true,
    code: { regExp },
  });
  ajv.removeKeyword("contentMediaType");
  ajv.addKeyword({
    keyword: "contentMediaType",
    type: "string",
    validate: (type, text) => type !== "application/json" || isJsonText(text),
  });
  // The engine's own comparison calls \`valueOf\` and \`toString\`, which in JSON are keys like any other.
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({ keyword: "uniqueItems", type: "array", schemaType: "boolean", validate: areUnique });
  for (const keyword of annotations) ajv.addKeyword(keyword);
  ajv.addSchema([...documents]);
  const ids = new Map(documents.map(({ title, $id }) => [title, $id]));
  const definitions = documents[0]?.$defs ?? {};
  const pointers = once(() => pointersInto(documents));
  const reached = new WeakMap();
  const anyOf = ajv.getKeyword("anyOf");
  ajv.removeKeyword("anyOf");
  ajv.addKeyword({
    ...anyOf,
    before: "oneOf",
    code: (context) => (repeats(engine, context) ? choose(engine, context) : anyOf.code(context)),
  });
  const target = (node) => definitions[decodeURIComponent(node.$ref.slice(node.$ref.indexOf("#/$defs/") + 8))];
  const engine = {
    /** The compiled schema of an event, or of one side of an operation's version. */
    schema: (name) => ajv.getSchema(ids.get(name)),
    /** The compiled form of a part of a schema. */
    part: (node) => ajv.getSchema(pointers().get(node)),
    /** What a reference refers to. */
    target,
    /** Every part of some schemas, behind references too. */
    reach(nodes) {
      const known = reached.get(nodes);
      if (known) return known;
      const found = new Set();
      const pending = [nodes];
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (typeof node !== "object" || node === null || found.has(node)) continue;
        found.add(node);
        if (typeof node.$ref === "string") pending.push(target(node));
        pending.push(...Object.values(node));
      }
      reached.set(nodes, found);
      return found;
    },
  };
  return engine;
}

/**
 * True for a choice that several of its shapes lead back to: each would validate what lies below again, twice as often with
 * every level. Where one shape does, what stands beside the choice may do the same.
 */
function repeats(engine, { schema, parentSchema }) {
  const back = schema.filter((shape) => engine.reach(shape).has(schema));
  return back.length > (parentSchema.properties ? 0 : 1);
}

/** Writes the code of such a choice: whether a shape fits, asked once per object; why none does is not listed. */
function choose(engine, context) {
  const { gen, data, schema } = context;
  const judge = gen.scopeValue("keyword", { ref: judgeOf(engine, schema) });
  const verdict = gen.const("verdict", _\`\${judge}(this, \${data})\`);
  context.mergeEvaluated({ props: gen.var("props", _\`\${verdict}.props\`) });
  context.pass(_\`\${verdict}.valid\`);
}

/** Says whether one of some shapes fits, and which properties are then accounted for. */
function judgeOf(engine, shapes) {
  const parts = once(() => shapes.map((shape) => engine.part(shape)));
  const judge = (verdicts, value) => {
    const verdict = { valid: false, props: {} };
    for (const part of parts()) {
      if (!part.call(verdicts, value)) continue;
      verdict.valid = true;
      const props = part.evaluated?.props;
      if (props === true) verdict.props = true;
      else if (verdict.props !== true) Object.assign(verdict.props, props);
    }
    return verdict;
  };
  return (verdicts, value) => {
    if (typeof value !== "object" || value === null) return judge(verdicts, value);
    const known = verdicts.get(shapes) ?? new Map();
    if (known.size === 0) verdicts.set(shapes, known);
    const { valid, props } = known.get(value) ?? judge(verdicts, value);
    known.set(value, { valid, props });
    // The engine adds to the properties that it is given.
    return { valid, props: props === true || { ...props } };
  };
}

function areUnique(isAsked, items) {
  if (!isAsked) return true;
  const places = new Map();
  for (const [i, item] of items.entries()) {
    const text = canonical(item);
    const j = places.get(text);
    if (j !== undefined) {
      areUnique.errors = [{ keyword: "uniqueItems", params: { i, j } }];
      return false;
    }
    places.set(text, i);
  }
  return true;
}

/** The address of every part of some documents. */
function pointersInto(documents) {
  const pointers = new Map();
  const visit = (node, address) => {
    if (typeof node !== "object" || node === null) return;
    pointers.set(node, address);
    for (const key of Object.keys(node)) visit(node[key], address + "/" + encodeURIComponent(escapeKey(key)));
  };
  for (const document of documents) visit(document, document.$id + "#");
  return pointers;
}

/** A key as a step of a JSON pointer. */
const escapeKey = (key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1");

function once(make) {
  let made;
  return () => (made ??= make());
}
`;
