// The folders of plug-ins as modules; build/plugin-folders.mjs lists them for the bundle and for the tests.
declare module "concordat:readers" {
  const plugins: Readonly<Record<string, import("../model/index.ts").Reader>>;
  export default plugins;
}
declare module "concordat:generators" {
  type Generated = import("../model/index.ts").Generated;
  const plugins: Readonly<
    Record<string, import("../model/index.ts").Generator<unknown, Generated | Promise<Generated>>>
  >;
  export default plugins;
}
declare module "concordat:diagnostics" {
  /** What each file that declares findings exports. */
  const files: readonly Readonly<Record<string, unknown>>[];
  export default files;
}
declare module "concordat:rules" {
  const plugins: Readonly<Record<string, import("../model/index.ts").Rule>>;
  export default plugins;
}
