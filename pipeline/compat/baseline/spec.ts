/** What a baseline is, as it is written on the command line and in the configuration. */
export type BaselineSpec =
  | { readonly kind: "git"; readonly label: string; readonly ref: string }
  /** The commit at which this branch left the one it goes to; without a name, the one that CI or the remote says. */
  | { readonly kind: "merge-base"; readonly label: string; readonly branch?: string }
  | { readonly kind: "dir"; readonly label: string; readonly path: string }
  | { readonly kind: "file"; readonly label: string; readonly path: string }
  | { readonly kind: "npm"; readonly label: string; readonly name: string; readonly range: string };

const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;
/** Nothing that a shell, or npm in the place of a name, would take for something else. */
const packageRange = /^[\w.^~<>=|*+ -]*$/;

/** Reads the name of a baseline; `undefined`, when it is of no form there is. */
export function baselineSpec(label: string): BaselineSpec | undefined {
  // No name of a ref, a file or a package has any of these.
  if (/[\u0000-\u001f\u007f]/.test(label)) return undefined;
  const [, form, rest = ""] = /^(git|dir|file|npm):(.+)$/s.exec(label) ?? [];
  switch (form) {
    case "git": {
      const [, branch] = /^merge-base:(.+)$/.exec(rest) ?? [];
      if (rest === "merge-base") return { kind: "merge-base", label };
      return branch === undefined ? { kind: "git", label, ref: rest } : { kind: "merge-base", label, branch };
    }
    case "dir":
    case "file":
      return { kind: form, label, path: rest };
    case "npm": {
      const at = rest.indexOf("@", 1);
      const [name, range] = at < 0 ? [rest, "*"] : [rest.slice(0, at), rest.slice(at + 1).trim()];
      return packageName.test(name) && packageRange.test(range) ? { kind: "npm", label, name, range } : undefined;
    }
    default:
      return undefined;
  }
}
