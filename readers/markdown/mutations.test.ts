import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lostInSilence } from "../../test/support/mutations.ts";
import reader from "./index.ts";

const folder = join(import.meta.dirname, "../..");

test.each([
  "schemas/telemetry/service.md",
  "readers/markdown/cases/tables-other-teams/page.md",
  "readers/markdown/cases/tables-references/page.md",
  "readers/markdown/cases/tables-envelope/events.md",
  "readers/markdown/cases/list-payloads/events.md",
])("500 slips in %s neither crash nor lose a fact in silence", (path) => {
  expect(lostInSilence(reader, path, readFileSync(join(folder, path), "utf8"), 500)).toEqual([]);
});
