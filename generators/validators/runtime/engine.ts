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
  const target = (node) => definitions[decodeURIComponent(node.$ref.slice(node.$ref.indexOf("#/$defs/") + 8))];
  return {
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
