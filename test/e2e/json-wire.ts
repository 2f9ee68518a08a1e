import type { View } from "../../pipeline/index.ts";
import { wireText } from "../../verify/index.ts";
import type { BadClass } from "./slots.ts";
import { chapterOf, eventOf, type Story } from "./stories.ts";
import { badEvent, inTurn, leftOut, type Wire, without } from "./wire.ts";

/** Events as JSON text. */
export function jsonWire(view: View): Wire {
  const bad = (story: Story, badClass: BadClass, nth: number): Buffer => {
    const json = badEvent(story, nth, view);
    switch (badClass) {
      case "unparsable":
        return inTurn(unparsable, nth)(wireText(json));
      case "unknown-event":
        return Buffer.from(wireText({ ...json, event_type: inTurn(otherEvents, nth) }));
      case "unknown-version":
        return Buffer.from(wireText({ ...json, version: inTurn(otherVersions, nth) }));
      case "missing-field":
        return Buffer.from(wireText(without(json, leftOut(story, nth, view))));
      case "wrong-value":
        return Buffer.from(wireText(inTurn(chapterOf(story, nth).wrong, nth)));
    }
  };
  return {
    event: (story, nth) => Buffer.from(wireText(eventOf(story, nth, view))),
    bad,
    isTextOf: (raw, story, badClass, nth) => raw.equals(bad(story, badClass, nth)),
  };
}

const otherEvents = ["xumi.weights.load.finish", "assets.access", "clearml.log", "x", " "];
const otherVersions: readonly (string | number | null)[] = ["2.0", "1.1", "1", 1, "", null];

const unparsable: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text.slice(0, text.length / 2)),
  (text) => Buffer.concat([Buffer.from([0xff, 0x00, 0x7f]), Buffer.from(text.slice(0, 20))]),
  (text) => Buffer.from(`[${text}]`),
  (text) => Buffer.from(JSON.stringify(text)),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`${text}}`),
  (text) => Buffer.from(text.replace("{", '{"source":"another",')),
  (text) => Buffer.from(text.replace("{", '{"a":18446744073709551616,')),
  (text) => Buffer.from(text.replace("{", '{"a":NaN,')),
  () => Buffer.from(" "),
];
