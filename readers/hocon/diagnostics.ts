export * from "./clearml/diagnostics.ts";
export * from "./syntax/diagnostics.ts";
