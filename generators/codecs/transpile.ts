/** JavaScript and declarations, of one text in TypeScript. */
export type Transpile = (text: string) => { readonly js: string; readonly dts: string };

/** Loads the one TypeScript whose compiler can be called: 5.9. */
export async function loadTranspile(): Promise<Transpile> {
  const { default: ts } = await import("typescript59");
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    newLine: ts.NewLineKind.LineFeed,
  };
  return (text) => {
    const options = { compilerOptions, fileName: "messages.ts", reportDiagnostics: true };
    const js = ts.transpileModule(text, options);
    const dts = ts.transpileDeclaration(text, options);
    const [problem] = [...(js.diagnostics ?? []), ...(dts.diagnostics ?? [])];
    if (problem) throw new Error(`The text of ts-proto: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
    return { js: js.outputText, dts: withoutLibrary(dts.outputText) };
  };
}

const libraryImport = /^import \{[^}]*\} from '@bufbuild\/protobuf\/wire';\n/m;
const libraryTypes = /^interface MessageFns<T> \{[^}]*\}$/m;

/** The declarations of the wire library need a newer TypeScript than ours do; of it only the bytes are seen. */
function withoutLibrary(dts: string): string {
  const text = dts.replace(libraryImport, "").replace(libraryTypes, messageFunctions);
  if (/BinaryReader|@bufbuild/.test(text))
    throw new Error("The declarations of ts-proto have another form than they had.");
  return text;
}

const messageFunctions = `/** What ts-proto makes for each message. */
interface MessageFns<T> {
    encode(message: T): {
        finish(): Uint8Array;
    };
    decode(input: Uint8Array): T;
}`;
