import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, smallProject } from "./support/project.ts";

/** The shipped bundle, as people run it; `npm test` builds it first. */
const bundle = join(import.meta.dirname, "..", "dist", "concordat.js");

function concordat(folder: string, ...args: readonly string[]) {
  const { status, stdout } = spawnSync(process.execPath, [bundle, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout };
}

const withConfig = (lines: string) => ({
  ...smallProject,
  "concordat.yaml": `${smallProject["concordat.yaml"]}${lines}\n`,
});

describe("concordat explain", () => {
  const project = (): string => folderWith(smallProject);

  test("explains a rule: what holds, why, where it comes from, what it says and how to silence it", () => {
    const { status, stdout } = concordat(project(), "explain", "event-name-prefix");
    expect(status).toBe(0);
    expect(stdout).toContain("event-name-prefix · rule");
    expect(stdout).toContain("No event name is the dotted beginning of another.");
    expect(stdout).toMatch(/source {4}Namespaces, folders/);
    expect(stdout).toContain("warning The event name <at> is also the beginning of <longer>.");
    expect(stdout).toContain("suppress: [{ rule: event-name-prefix, at:");
    expect(concordat(project(), "explain", "checks/event-name-prefix").stdout).toBe(stdout);
  });

  test("explains a finding by its code, without a project", () => {
    const { status, stdout } = concordat(folderWith({}), "explain", "model/unstated-type");
    expect(status).toBe(0);
    expect(stdout).toContain("The document names the field and not its type");
    expect(stdout).toContain("error The type of <at> is not stated.");
    expect(stdout).not.toContain("suppress");
  });

  test("explains a field: each fact with the place that says it, and what became of it", () => {
    const { status, stdout } = concordat(project(), "explain", "orders.order.placed.note");
    expect(status).toBe(0);
    expect(stdout).toContain("orders.order.placed.note · field of event orders.order.placed");
    expect(stdout).toMatch(/type +string +docs\/events\.md:20:3\n/);
    expect(stdout).toMatch(/presence +optional +docs\/events\.overlay\.yaml:2:5 overlay\n/);
    expect(stdout).toMatch(/docs\/events\.overlay\.yaml:2:5 +overlay: Most orders have none\.\n/);
    expect(stdout).toMatch(/In the targets\n {2}typescript +exact\n/);
  });

  test("tells defaults of the configuration from what a document says", () => {
    const { stdout } = concordat(project(), "explain", "total");
    expect(stdout).toMatch(/type +float64 +docs\/events\.md:19:3 default\n/);
    expect(stdout).toContain("default: Its document says number; the system's default is float64.");
    expect(stdout).toMatch(/presence +required +concordat\.yaml:2:3 default: Its document does not say/);
  });

  test("explains an event: its fields, its names in the targets, and what was found about it", () => {
    const { stdout } = concordat(project(), "explain", "orders.order.placed");
    expect(stdout).toMatch(/topic +orders +docs\/events\.md:17:16/);
    expect(stdout).toMatch(/Fields\n {2}event_id +uuid, required +docs\/events\.md:6:3\n/);
    expect(stdout).toMatch(/typescript +.*OrdersOrderPlaced in shop\/index\.d\.ts:\d+/);
  });

  test("explains types by their short names, and says which there are when there are several", () => {
    expect(concordat(project(), "explain", "Envelope").stdout).toContain("shop.Envelope · message");
    const second =
      "\n### Order sent\n\nTopic: orders\n\n| Name | Type |\n| --- | --- |\n| event_type | “orders.order.sent” |";
    const files = {
      ...smallProject,
      "docs/events.md": `${smallProject["docs/events.md"]}${second}\n| order_id | uuid |\n`,
    };
    const { status, stdout } = concordat(folderWith(files), "explain", "order_id");
    expect(status).toBe(2);
    expect(stdout).toContain("2 things are called order_id.");
    expect(stdout).toContain("Ask for one of them: orders.order.placed.order_id, orders.order.sent.order_id.");
  });

  test("names the nearest of all kinds for a name that nothing has", () => {
    const hint = (name: string) => concordat(project(), "explain", name).stdout;
    expect(hint("evnt-naming")).toContain("Did you mean event-naming?");
    expect(hint("orders.order.plased")).toContain("Did you mean orders.order.placed?");
    expect(hint("order_idd")).toContain("Did you mean order_id?");
    expect(concordat(project(), "explain", "qqqqqq").status).toBe(2);
  });

  test("answers as JSON, with paths relative to the configuration", () => {
    const { stdout } = concordat(join(project(), "docs"), "explain", "orders.order.placed.total", "--format", "json");
    const [{ name, facts }] = JSON.parse(stdout);
    expect(name).toBe("orders.order.placed.total");
    expect(facts).toContainEqual({
      name: "type",
      value: "float64",
      from: {
        path: "docs/events.md",
        line: 19,
        column: 3,
        basis: "default",
        why: "Its document says number; the system's default is float64.",
      },
    });
    expect(concordat(join(project(), "docs"), "explain", "total").stdout).toMatch(/float64 +events\.md:19:3/);
  });

  test("has an example in its help, and the lists it points to exist", () => {
    expect(concordat(project(), "explain", "--help").stdout).toContain("Example:\n  concordat explain");
    expect(concordat(project(), "list", "rules").stdout).toMatch(
      /^name +severity +purpose +source\nbare-number +info +/,
    );
    const rows = JSON.parse(concordat(project(), "list", "findings", "--format", "json").stdout);
    expect(rows).toContainEqual({
      name: "model/unstated-type",
      severity: "error",
      message: "The type of <at> is not stated.",
    });
  });
});

describe("suppress", () => {
  const entry = (text: string) => withConfig(`suppress:\n  - ${text}`);

  test("hides a finding by the name it is about, and counts it", () => {
    const files = entry('{ rule: bare-number, at: "shop.Orders*", why: Money has a type of its own soon. }');
    const { stdout } = concordat(folderWith(files), "generate");
    expect(stdout).not.toContain("checks/bare-number");
    expect(stdout).toContain("1 note, 1 suppressed.");
  });

  test("hides findings by the path of their file", () => {
    const files = entry('{ code: checks/undocumented-field, at: "docs/*.md", why: The team writes them next. }');
    const { stdout } = concordat(folderWith(files), "check", "--format", "json");
    const { findings, suppressed } = JSON.parse(stdout);
    expect(suppressed).toBe(1);
    expect(findings.map(({ code }: { code: string }) => code)).not.toContain("checks/undocumented-field");
  });

  test("warns of an entry that hides nothing, at its place, when everything was looked at", () => {
    const files = entry('{ rule: bare-number, at: "shop.Other", why: Not there any more. }');
    const folder = folderWith(files);
    const { status, stdout } = concordat(folder, "generate");
    expect(status).toBe(0);
    expect(stdout).toContain("concordat.yaml:9:5 - warning config/unused-suppression");
    expect(stdout).toContain("The suppression of checks/bare-number at shop.Other hides nothing.");
    expect(concordat(folder, "generate", "--system", "shop").stdout).not.toContain("unused-suppression");
  });

  test("does not take errors", () => {
    const { status, stdout } = concordat(
      folderWith(entry('{ code: drift/missing, at: "*", why: It is only a file. }')),
      "check",
    );
    expect(status).toBe(2);
    expect(stdout).toContain("concordat.yaml:9:13 - error config/suppressed-error");
    const raised = withConfig(
      'suppress:\n  - { rule: bare-number, at: "*", why: Later. }\nrules: { checks/bare-number: error }',
    );
    expect(concordat(folderWith(raised), "generate").stdout).toContain("error checks/bare-number");
  });

  test("knows its rules and findings", () => {
    const { status, stdout } = concordat(folderWith(entry("{ rule: bare-numbr, at: x, why: y }")), "generate");
    expect(status).toBe(2);
    expect(stdout).toContain("There is no finding checks/bare-numbr.");
    expect(stdout).toContain("Did you mean checks/bare-number?");
    expect(concordat(folderWith(entry("{ at: x, why: y }")), "generate").stdout).toContain("rule is missing");
    expect(concordat(folderWith(withConfig("rules: { checks/bare: off }")), "generate").status).toBe(2);
  });
});
