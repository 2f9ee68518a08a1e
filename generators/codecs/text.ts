/** A string as a literal of JavaScript. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);

/** Text on one line, as it may stand in a comment. */
export const commentLine = (text: string): string =>
  text.replace(/[\s\u0000-\u001f\u0085\u2028\u2029]+/g, " ").replaceAll("*/", "*\\/");

/** A key of an object literal. `__proto__` in brackets is a key like any other. */
export const propertyKey = (name: string): string =>
  name === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
