const mark = /^(?:[•‣◦▪●○·⁃–—*+-]|\d{1,3}[.)]|[a-z][.)])\s+/;

/** True for an item of a list, whatever mark it begins with. */
export const isBullet = (text: string): boolean => mark.test(text);

/** The words of an item without its mark. */
export const withoutBullet = (text: string): string => text.replace(mark, "");
