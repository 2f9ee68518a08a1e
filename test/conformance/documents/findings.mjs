import { keyOf } from "./projects.mjs";

const placeOf = ({ at, code }) => `${at} ${code}`;

/** The digits of the document that a place is in. */
export const documentOf = ({ at }) => at.slice(0, at.indexOf(":"));

/** The places of a run's findings in the documents themselves, by their digits. */
export function placed({ findings, store }, files) {
  return findings.flatMap((finding) => {
    if (!finding.span) return [];
    const { path, line, column } = store.locate(finding.span);
    const file = keyOf(path, files);
    return file === path ? [] : [{ ...finding, at: `${file}:${line}:${column}` }];
  });
}

/** What a document had to cause and did not, and what it caused without being asked: notes are not counted there. */
export function compareFindings(expected, found) {
  const wanted = new Map(expected.map((entry) => [placeOf(entry), entry]));
  const got = new Set(found.map(placeOf));
  return {
    missing: [...wanted].filter(([place]) => !got.has(place)).map(([place, { why }]) => `${place}: ${why}`),
    unexpected: found
      .filter((finding) => finding.severity !== "info" && !wanted.has(placeOf(finding)))
      .map((finding) => `${placeOf(finding)}: ${finding.message}`),
  };
}
