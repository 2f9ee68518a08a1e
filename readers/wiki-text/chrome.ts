const chrome: readonly RegExp[] = [
  /^(?:skip|jump) to (?:(?:main )?content|navigation|main|footer|search)$/i,
  /^(?:back|scroll|return) to top$/i,
  /^on this page$/i,
  /^edit (?:this|on) (?:page|github|gitlab)$/i,
  /^(?:was this (?:page|article) helpful\?|give feedback|report (?:an issue|a problem)|copy (?:link|page link))$/i,
  /^(?:page )?(?:created by .+, )?last (?:updated|modified|edited|changed)\b.{0,80}$/i,
  /^powered by \S.{0,60}$/i,
];

/** True for a line that belongs to the site around a page and not to the page. */
export const isChrome = (line: string): boolean => chrome.some((pattern) => pattern.test(line));
