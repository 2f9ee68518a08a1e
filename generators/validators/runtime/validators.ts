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
 * schema decides. Schemas are loaded when they are first asked, and compiled one by one.
 */
export function createDefine({ closed, open }) {
  const engines = { closed: once(() => createEngine(closed)), open: once(() => createEngine(open)) };

  const check = (form, name, isRecursive, value) => {
    if (isRecursive && nestsDeeperThan(value, maxDepth)) return [tooDeep()];
    try {
      const engine = engines[form]();
      return unique(explain(engine, engine.schema(name), value, ""));
    } catch (error) {
      // The engine recurses where types do; that it runs out of stack says something about the value alone.
      if (error instanceof RangeError) return [tooDeep()];
      throw error;
    }
  };

  return (name, guard, isRecursive = false) => {
    const validate = (value, options) => {
      if (options?.unknown === "error") return check("closed", name, isRecursive, value);
      return guard(value) ? none : check("open", name, isRecursive, value);
    };
    const is = (value) => guard(value) || check("open", name, isRecursive, value).length === 0;
    const assert = (value) => {
      const violations = validate(value);
      if (violations.length > 0) throw new ValidationError(name, violations);
    };
    return Object.freeze({ name, is, validate, assert });
  };
}

const tooDeep = () => makeViolation("", "depth", "at most " + maxDepth + " levels", "more");

/** Level by level, so that the depth costs no stack and a value that stands in two places is looked at once per level. */
function nestsDeeperThan(value, limit) {
  let level = new Set([value]);
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
  return [makeViolation("", "name", oneOf([...validators.keys()]), quote(name))];
};

/** Validates by the value's own tag. */
export const validateTagged = (tag, validators) => (value, options) => {
  if (!isRecord(value)) return [makeViolation("", "type", "an object", foundText(value))];
  const found = own(value, tag);
  const validator = validators.get(found);
  if (validator) return validator.validate(value, options);
  return [tagViolation("", tag, found, [...validators.keys()])];
};
`;
