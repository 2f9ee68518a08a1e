import type { FileDescriptor } from "../../model/index.ts";

/** The text that ts-proto makes of the descriptors of one file: TypeScript. */
export type CodecText = (file: FileDescriptor) => string;

/**
 * 64 bits are a bigint, a moment is its seconds and nanoseconds, a map is a Map, a one-of holds one of its fields, keys are
 * the names as declared. What ts-proto knows of JSON is left out: it does not know the profile of a system.
 */
const parameter = [
  "forceLong=bigint",
  "useDate=false",
  "useMapType=true",
  "oneof=unions-value",
  "snakeToCamel=false",
  "outputJsonMethods=false",
  "outputPartialMethods=false",
  "outputServices=none",
  "exportCommonSymbols=false",
  "useOptionals=none",
  "esModuleInterop=true",
  "importSuffix=.js",
  "annotateFilesWithVersion=false",
].join(",");

/** Loads ts-proto. It is a plug-in of the Protobuf compiler; what it does for the compiler is done here in process. */
export async function loadTsProto(): Promise<CodecText> {
  const [main, types, context, options] = await Promise.all([
    import("ts-proto/build/src/main.js"),
    import("ts-proto/build/src/types.js"),
    import("ts-proto/build/src/context.js"),
    import("ts-proto/build/src/options.js"),
  ]);
  const chosen = options.optionsFromParameter(parameter);
  return (descriptor) => {
    // The descriptor is plain data of the form that ts-proto's own decoder makes.
    const file = descriptor as unknown as Parameters<typeof main.generateFile>[1];
    const request = { fileToGenerate: [file.name], parameter, protoFile: [file] } as unknown as Parameters<
      typeof types.createTypeMap
    >[0];
    const typeMap = types.createTypeMap(request, chosen);
    const [path, code] = main.generateFile(
      { options: chosen, typeMap, utils: main.makeUtils(chosen), currentFile: context.createFileContext(file) },
      file,
    );
    return code.toString({ path, format: false });
  };
}
