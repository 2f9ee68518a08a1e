/** The part of the runtime that a system's module is made with, and its only part that users meet. */
export const validatorsSource = `
/** How deep a value may nest where its type refers to itself. */
const maxDepth = 1000;

/** Thrown by assertions; says all that is wrong. */
export class ValidationError extends Error {
  constructor(name, violations) {
    const [first] = violations;
    const more = violations.length > 1 ? " (and " + (violations.length - 1) + " more)" : "";
    super(name + (first.path === "" ? "" : " at " + first.path) + ": " + first.message + more);
    this.name = "ValidationError";
    this.violations = violations;
  }
}

const none = Object.freeze([]);

/**
 * Makes the validators of one system. Each has a guard: when it says true, the value is valid; when it says false, the
 * schema tells what is wrong. Schemas are loaded when they are first asked, and compiled one by one. Where a type contains
 * itself there is no \`is\` that decides alone: how deep is too deep is for the schema to say.
 */
export function createDefine({ closed, open }) {
  const engines = { closed: once(() => createEngine(closed)), open: once(() => createEngine(open)) };

  const check = (form, name, isRecursive, value) => {
    if (isRecursive && nestsDeeperThan(value, maxDepth)) return [tooDeep()];
    const engine = engines[form]();
    return unique(explain(engine, engine.schema(name), value, ""));
  };

  return (name, guard, decides) => {
    const isRecursive = decides === undefined;
    const validate = retriedOnCopy((value, options) => {
      if (options?.unknown === "error") return check("closed", name, isRecursive, value);
      return guard(value) ? none : check("open", name, isRecursive, value);
    });
    const is = decides ?? ((value) => validate(value).length === 0);
    const assert = (value) => {
      const violations = validate(value);
      if (violations.length > 0) throw new ValidationError(name, violations);
    };
    return Object.freeze({ name, is, validate, assert });
  };
}

/** The parts of a validator, for the exports of a module. */
export const isOf = ({ is }) => is;
export const validateOf = ({ validate }) => validate;
export const assertOf = ({ assert }) => assert;

/**
 * A value may resist being read: getters and proxies can throw, even when they are asked for a field that they lack. Then
 * a copy of what it has stands for it. What goes wrong with the copy as well is no fault of the value.
 */
const retriedOnCopy = (validate) => (value, options) => {
  try {
    return validate(value, options);
  } catch {
    let copy;
    try {
      copy = plainCopy(value);
    } catch {
      return [makeViolation("", "read", "a value that can be read", "one that throws")];
    }
    try {
      return validate(copy, options);
    } catch (error) {
      // The engine recurses where types do; that it runs out of stack says something about the value alone.
      if (error instanceof RangeError) return [tooDeep()];
      throw error;
    }
  }
};

const tooDeep = () => makeViolation("", "depth", "at most " + maxDepth + " levels", "more");

/** Level by level, so that the depth costs no stack and a value that stands in two places is looked at once per level. */
function nestsDeeperThan(value, limit) {
  let level = new Set(typeof value === "object" ? [value] : []);
  for (let depth = 0; depth <= limit; depth++) {
    const next = new Set();
    for (const item of level)
      for (const part of Object.values(item ?? {})) if (typeof part === "object") next.add(part);
    if (next.size === 0) return false;
    level = next;
  }
  return true;
}

function unique(violations) {
  const byText = new Map(violations.map((item) => [JSON.stringify([item.path, item.keyword, item.expected]), item]));
  return Object.freeze([...byText.values()]);
}

/** Validates by a name that is only known at run time. */
export const validateNamed = (validators) => (name, value, options) => {
  const validator = validators.get(name);
  if (validator) return validator.validate(value, options);
  const names = [...validators.keys()];
  const near = nearest(name, names);
  // A list is of help when it is whole.
  const expected = near === undefined && names.length <= 12 ? oneOf(names) : "the name of an event";
  const found = typeof name === "string" ? foundText(name, 200) : typeof name;
  return [makeViolation("", "name", expected, found, { near })];
};

/** Validates by the value's own tag. */
export const validateTagged = (tag, validators) =>
  retriedOnCopy((value, options) => {
    if (!isRecord(value)) return [makeViolation("", "type", "an object", foundText(value))];
    const found = own(value, tag);
    const validator = validators.get(found);
    if (validator) return validator.validate(value, options);
    return [tagViolation("", tag, found, [...validators.keys()])];
  });
`;
