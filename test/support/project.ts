import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { findingsText, generate, type RunOptions, type RunResult } from "../../pipeline/index.ts";

/** A folder with these files, gone when the test is. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "concordat-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Runs `generate` in a folder. */
export const generateIn = (
  folder: string,
  options: Partial<RunOptions & { mode: "write" | "check" | "dry-run" }> = {},
) => generate({ folder, mode: "write", ...options });

/** The findings as they are printed in that folder. */
export const textOf = (folder: string, { findings, store }: RunResult): string =>
  findingsText(findings, { store, folder, workingFolder: folder });

/** A small project that is in order: one event in a table. */
export const smallProject = {
  "concordat.yaml": [
    "systems:",
    "  shop:",
    "    defaults: { presence: required }",
    "    sources:",
    "      - { files: docs/events.md, reader: markdown, overlay: docs/events.overlay.yaml }",
    "generators:",
    "  typescript: {}",
    "",
  ].join("\n"),
  "docs/events.md": [
    "# Shop events",
    "",
    "## Core Event Structure",
    "",
    "```json",
    '{ "event_id": "uuid", "event_type": "string", "timestamp": "ISO 8601 datetime" }',
    "```",
    "",
    "## EVENTS | ORDERS",
    "",
    "### Order placed",
    "",
    "Topic: orders",
    "",
    "| Name | Type | Description |",
    "| --- | --- | --- |",
    "| event_type | “orders.order.placed” | |",
    "| order_id | uuid | The order |",
    "| total | number | What it costs |",
    "| note | string | |",
    "",
  ].join("\n"),
  "docs/events.overlay.yaml": [
    "entries:",
    "  - at: shop.OrdersOrderPlacedBody.note",
    "    set: { presence: optional }",
    "    why: Most orders have none.",
    "",
  ].join("\n"),
} as const;
