import type { OutputFile, View } from "../model/index.ts";
import type { PackageConfig } from "./config.ts";
import type { TargetProjections } from "./ledger.ts";
import { commonJsFiles } from "./package/commonjs.ts";
import { packageManifest, printManifest } from "./package/manifest.ts";
import { packageReadme } from "./package/readme.ts";

/**
 * The files that make the output folder an npm package: its manifest, with an export per part of each system, the doors for
 * CommonJS, and a page about it. Without a configured package only what Node needs to take the generated modules for modules.
 */
export function packageFiles(
  config: PackageConfig | undefined,
  view: View,
  files: readonly OutputFile[],
  targets: readonly TargetProjections[],
): readonly OutputFile[] {
  if (!config)
    return [{ path: "package.json", content: printManifest({ private: true, type: "module" }), givesWay: true }];
  return [
    ...commonJsFiles(files),
    { path: "package.json", content: packageManifest(config, files) },
    { path: "README.md", content: packageReadme(config, view, files, targets) },
  ];
}
