import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { findingsSchema } from "../pipeline/index.ts";
import { commit, git, write } from "./support/git.ts";
import { folderWith, smallProject } from "./support/project.ts";

const bundle = join(import.meta.dirname, "..", "dist", "concordat.js");

function concordat(folder: string, ...args: readonly string[]) {
  const env = { ...process.env, CI: "", GITHUB_BASE_REF: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

/** A repository in whose working tree the total has become a text. */
function changed(): string {
  const folder = folderWith({});
  git(folder, "init", "-q", "-b", "main");
  commit(folder, {
    ...smallProject,
    "concordat.yaml": `${smallProject["concordat.yaml"]}package: { name: shop-events, version: 1.0.0 }\n`,
  });
  write(folder, { "docs/events.md": smallProject["docs/events.md"].replace("total | number", "total | string") });
  return folder;
}

describe("concordat breaking", () => {
  test("ends with 0 for what is safe, 1 for what is not, 2 for a baseline that is not there", () => {
    const folder = changed();
    const avro = ["--target", "avro"];
    expect(concordat(folder, "breaking", "--against", "git:main", ...avro).status).toBe(1);
    expect(concordat(folder, "breaking", "--against", "git:main", "--target", "protobuf").status).toBe(0);
    expect(concordat(folder, "breaking", "--against", "git:release").status).toBe(2);
    expect(concordat(folder, "breaking").status).toBe(2);
    expect(concordat(folder, "breaking", "--against", "git:main", "--mode", "sideways").status).toBe(2);
    expect(concordat(folder, "breaking", "--against", "git:main", "--today", "2025-02-30").status).toBe(2);
  });

  test("names paths of baselines from where it was started", () => {
    const folder = changed();
    write(folder, { "docs/old/concordat.yaml": smallProject["concordat.yaml"] });
    write(join(folder, "docs/old"), {
      "docs/events.md": smallProject["docs/events.md"],
      "docs/events.overlay.yaml": smallProject["docs/events.overlay.yaml"],
    });
    const { stdout } = concordat(join(folder, "docs"), "breaking", "--against", "dir:old", "--format", "json");
    expect(JSON.parse(stdout).comparison).toMatchObject({ baselines: ["dir:old"], changes: 1 });
  });

  test("prints every format", () => {
    const folder = changed();
    const print = (format: string): string =>
      concordat(folder, "breaking", "--against", "git:main", "--target", "avro", "--format", format).stdout;
    expect(print("github")).toContain("::error file=docs/events.md,line=19,col=3,");
    expect(print("markdown")).toContain("| Change | avro |");
    expect(print("junit")).toContain('classname="compat&#47;avro&#47;field-type"'.replaceAll("&#47;", "/"));
    expect(JSON.parse(print("sarif")).runs[0].tool.driver.rules[0].id).toBe("compat/avro/field-type");
    expect(JSON.parse(print("gitlab"))[0].check_name).toBe("compat/avro/field-type");
  });
});

describe("beside it", () => {
  test("diff, changelog and semver tell the same change", () => {
    const folder = changed();
    const against = ["--against", "git:main"];
    expect(concordat(folder, "diff", ...against).stdout).toContain("docs/events.md:19:3 - field.type: ");
    expect(concordat(folder, "changelog", ...against).stdout).toContain("### orders.order.placed");
    const { status, stdout } = concordat(folder, "semver", ...against);
    expect(status).toBe(0);
    expect(stdout).toContain("A major release after git:main: 1.0.0 -> 2.0.0, and it has 1.0.0.");
    expect(concordat(folder, "semver", ...against, "--check").status).toBe(1);
    expect(concordat(folder, "diff", "--against", "git:gone").status).toBe(2);
  });

  test("all that is JSON fits the published schema", () => {
    const folder = changed();
    const ajv = new Ajv2020({ strict: false });
    for (const command of ["breaking", "diff", "semver", "check"]) {
      const against = command === "check" ? [] : ["--against", "git:main"];
      const { stdout } = concordat(folder, command, ...against, "--format", "json");
      expect({ command, valid: ajv.validate(findingsSchema, JSON.parse(stdout)), errors: ajv.errors }).toEqual({
        command,
        valid: true,
        errors: null,
      });
    }
  });

  test("list and explain know the rules", () => {
    const folder = folderWith({});
    expect(concordat(folder, "list", "rules").stdout).toContain("compat/protobuf/field-type");
    const { status, stdout } = concordat(folder, "explain", "compat/protobuf/lock-renumbered");
    expect(status).toBe(0);
    expect(stdout).toContain("a number is never changed");
  });
});
